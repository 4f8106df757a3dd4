"""Has a step to be done again, or is what it was made from unchanged?"""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def fingerprint(files: Iterable[Path], *, also: str = "") -> str:
    """A hash over the files' contents (a missing file counts as empty) and a text."""
    total = hashlib.sha256(also.encode())
    for file in files:
        content = file.read_bytes() if file.exists() else b""
        total.update(hashlib.sha256(content).digest())
    return total.hexdigest()


def is_current(stamp: Path, print_now: str) -> bool:
    """Whether the step was last done for exactly this fingerprint."""
    return stamp.exists() and stamp.read_text() == print_now


def set_stamp(stamp: Path, print_now: str) -> None:
    """Remember that the step is done for this fingerprint."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(print_now)
