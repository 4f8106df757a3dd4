"""Under which system account does a program run?

PostgreSQL refuses to run as root, so as root its programs (and Redis) run under the accounts
that their packages made; as an ordinary user everything runs as that user.
"""

import os
import shutil
from collections.abc import Sequence
from pathlib import Path


def is_root() -> bool:
    """Whether this process may become another account."""
    return os.geteuid() == 0


def as_account(account: str, command: Sequence[str]) -> list[str]:
    """The command, run under the account where we are root."""
    if not is_root():
        return list(command)
    return ["setpriv", f"--reuid={account}", f"--regid={account}", "--init-groups", *command]


def give_to(account: str, folder: Path) -> None:
    """Hand a folder to the account where we are root, and close it to everybody else."""
    if is_root():
        shutil.chown(folder, account, account)
    folder.chmod(0o700)
