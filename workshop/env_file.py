"""How are variables kept in a file that only its owner may read? One `NAME=value` a line."""

import os
from collections.abc import Mapping
from pathlib import Path


def read(file: Path) -> dict[str, str]:
    """The variables in the file, none where it is missing."""
    if not file.exists():
        return {}
    return dict(line.split("=", 1) for line in file.read_text().splitlines() if line)


def write(file: Path, values: Mapping[str, str]) -> None:
    """Replace the file at once: a crash leaves the old one or the new one, never half a key."""
    beside = file.with_suffix(".new")
    beside.unlink(missing_ok=True)
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as target:
        target.writelines(f"{name}={value}\n" for name, value in values.items())
        target.flush()
        os.fsync(target.fileno())
    beside.rename(file)
