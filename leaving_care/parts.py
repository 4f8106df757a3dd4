"""Which parts does a handover have, and in which order are they read?"""

import tomllib
from dataclasses import dataclass
from pathlib import Path

REFERENCE = Path(__file__).parent / "reference" / "handover_parts.toml"


@dataclass(frozen=True)
class Part:
    """One part. A `protective` one may go against the young person's wish, for a recorded reason of safety."""

    key: str
    title: str
    protective: bool = False


PARTS: dict[str, Part] = {
    key: Part(key, row["title"], row.get("protective", False))
    for key, row in tomllib.loads(REFERENCE.read_text(encoding="utf-8")).items()
}
