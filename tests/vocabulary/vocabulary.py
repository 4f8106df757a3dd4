"""Which words are refused, and where does one of them say something else?"""

import re
import tomllib
from pathlib import Path

TABLE = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
REFUSED = re.compile(rf"\b({'|'.join(TABLE['refused'])})s?\b", re.IGNORECASE)
ORDERS = set(TABLE["orders"])


def refused_in(words: str) -> list[str]:
    """The refused words of a text, the allowed phrases left out."""
    for one in TABLE["allowed_phrases"]:
        words = words.replace(one["phrase"], " ")
    return [found[0] for found in REFUSED.finditer(words)]


def refused_names(names: set[str], of: str) -> set[str]:
    """Those of some names that hold a refused word as one of their parts, without those allowed there."""
    allowed = {one["name"] for one in TABLE["allowed_names"] if of in one["of"]}
    return {name for name in names - allowed if refused_in(in_words(name))}


def in_words(name: str) -> str:
    """A name of a program as words: `riskLevel` and `risk_level` are both "risk level"."""
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name)
    return re.sub(r"[^A-Za-z]+", " ", parted).lower()
