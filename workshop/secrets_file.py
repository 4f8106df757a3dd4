"""Which passwords and keys does this machine's private set-up use?

Made once, kept in the state folder, readable by its owner only.
"""

import base64
import os
import secrets
from pathlib import Path

PASSWORDS = (
    "SUPERUSER_PASSWORD",
    "OWNER_PASSWORD",
    "APP_PASSWORD",
    "WORKER_PASSWORD",
    "CLOCK_PASSWORD",
    "BACKUP_PASSWORD",
    "BROKER_PASSWORD",
    "SUPERVISOR_PASSWORD",
    "SECRET_KEY",
)


def read_or_make(file: Path) -> dict[str, str]:
    """The secrets by name; those missing from the file are made and added."""
    known = read(file)
    made = {name: secrets.token_urlsafe(32) for name in PASSWORDS if name not in known}
    if "FIELD_KEY" not in known:
        made["FIELD_KEY"] = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
    if made:
        _write(file, known | made)
    return known | made


def read(file: Path) -> dict[str, str]:
    """The secrets in the file, none where it is missing."""
    if not file.exists():
        return {}
    return dict(line.split("=", 1) for line in file.read_text().splitlines() if line)


def _write(file: Path, values: dict[str, str]) -> None:
    # Written beside and renamed: a crash leaves the old file or the new one, never half a key.
    beside = file.with_suffix(".new")
    beside.unlink(missing_ok=True)
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as target:
        target.writelines(f"{name}={value}\n" for name, value in values.items())
    beside.rename(file)
