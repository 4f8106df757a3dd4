"""Which matching is this: its version, how it works in words, and what it is known not to see?"""

import hashlib
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
# What decides which areas are told of a place. A change of any of them is another version.
DECIDED_BY = (
    HERE.parent / "db" / "definers" / "hotspots_near.sql",
    HERE.parent / "db" / "definers" / "hotspots_sharing.sql",
    HERE.parent / "geo" / "reach.py",
)


@dataclass(frozen=True)
class Method:
    """The matching of a version. `files` is the hash of what it is decided by."""

    version: str
    since: date
    changed: str
    files: str
    how: tuple[str, ...]
    blind_spots: tuple[str, ...]


@cache
def method() -> Method:
    """The matching that is in use."""
    told = tomllib.loads((HERE / "method.toml").read_text(encoding="utf-8"))
    return Method(**told | {"how": tuple(told["how"]), "blind_spots": tuple(told["blind_spots"])})


def hash_of_files() -> str:
    """The hash of the files by which the matching is decided, as they stand."""
    digest = hashlib.sha256()
    for path in DECIDED_BY:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
