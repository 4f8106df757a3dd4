"""Do the virtual environments hold exactly the pinned packages?"""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from workshop.folders import CHECKOUT, VALIDATOR_ENVIRONMENT, VIRTUAL_ENVIRONMENT, python_of
from workshop.progress import run_logged, step
from workshop.stamps import fingerprint, is_current, set_stamp

FOR_THE_SERVICE = "requirements.txt"
FOR_THE_TESTS = "requirements-dev.txt"
FOR_THE_VALIDATOR = "requirements-validator.txt"


def install(*requirement_files: str, log: Path) -> None:
    """Make `.venv` where it is missing, and install the files' packages where they changed."""
    _fill(VIRTUAL_ENVIRONMENT, requirement_files, log)


def install_validator(*, log: Path) -> None:
    """The sector's validator of the SSDA903 return, in an environment of its own: it needs an older pandas."""
    _fill(VALIDATOR_ENVIRONMENT, (FOR_THE_VALIDATOR,), log)


def _fill(environment: Path, requirement_files: Sequence[str], log: Path) -> None:
    if not _works(environment):
        with step(f"Making the virtual environment {environment.name}"):
            _make(environment, log)
    changed = [name for name in requirement_files if not is_current(_stamp(environment, name), _print(name))]
    if not changed:
        return
    with step(f"Installing Python packages into {environment.name}"):
        run_logged(
            [*_installer(environment), *(part for name in changed for part in ("-r", name))],
            log=log,
            failure="The Python packages could not be installed",
            folder=CHECKOUT,
        )
    for name in changed:
        set_stamp(_stamp(environment, name), _print(name))


def _works(environment: Path) -> bool:
    python = python_of(environment)
    if not python.exists():
        return False
    return subprocess.run([python, "-c", "import sys"], stderr=subprocess.DEVNULL).returncode == 0


def _make(environment: Path, log: Path) -> None:
    if environment.exists():
        shutil.rmtree(environment)
    uv = ["uv", "venv", "--quiet", "--python", sys.executable]
    command = uv if shutil.which("uv") else [sys.executable, "-m", "venv"]
    failure = "The virtual environment could not be made"
    run_logged([*command, str(environment)], log=log, failure=failure)


def _installer(environment: Path) -> list[str]:
    python = str(python_of(environment))
    if shutil.which("uv"):
        # Compiled once here, as pip does, rather than by every program at every start.
        return ["uv", "pip", "install", "--compile-bytecode", "--python", python]
    return [python, "-m", "pip", "install", "--disable-pip-version-check"]


def _stamp(environment: Path, name: str) -> Path:
    return environment / f".{name}.stamp"


def _print(name: str) -> str:
    return fingerprint([CHECKOUT / name])
