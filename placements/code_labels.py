"""What does a code of the return mean, in words?"""

import tomllib
from functools import cache
from pathlib import Path

LABELS = Path(__file__).parent / "reference" / "code_labels.toml"


@cache
def labels(kind: str) -> dict[str, str]:
    """Codes and their words for `place`, `provider` or `legal_status`."""
    with open(LABELS, "rb") as file:
        return tomllib.load(file)[kind]


def in_words(kind: str, code: str) -> str:
    """The words for a code; "not recorded" without one, the code itself where it is not in the table."""
    return labels(kind).get(code, code) if code else "not recorded"
