"""Which kinds of place are there in plain words, and which codes of the return are they a first reading of?"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

KINDS = Path(__file__).parent.parent / "reference" / "kinds_of_place.toml"


@dataclass(frozen=True)
class KindOfPlace:
    words: str
    place_code: str
    provider_code: str


@cache
def kinds_of_place() -> dict[str, KindOfPlace]:
    """Every kind by its name, in the order in which they are offered."""
    with open(KINDS, "rb") as file:
        return {name: KindOfPlace(**row) for name, row in tomllib.load(file).items()}
