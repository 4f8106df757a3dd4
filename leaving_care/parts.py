"""Which parts does a handover have, which days may each name, and in which order are they read?"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

REFERENCE = Path(__file__).parent / "reference" / "handover_parts.toml"


@dataclass(frozen=True)
class Part:
    """One part. A `protective` one may go against the young person's wish, for a recorded reason of safety.

    Of an `authored` one the author and the day are compulsory. One `of_the_home` is written anew after a move. `dates`:
    what each day that it may name is called.
    """

    key: str
    title: str
    protective: bool = False
    authored: bool = False
    of_the_home: bool = False
    dates: Mapping[str, str] = field(default_factory=dict)


PARTS: dict[str, Part] = {
    key: Part(key=key, **row) for key, row in tomllib.loads(REFERENCE.read_text(encoding="utf-8")).items()
}
