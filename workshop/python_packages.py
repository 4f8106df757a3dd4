"""Does the virtual environment hold exactly the pinned packages?"""

import shutil
import subprocess
import sys
from pathlib import Path

from workshop.folders import CHECKOUT, PYTHON, VIRTUAL_ENVIRONMENT
from workshop.progress import run_logged, step
from workshop.stamps import fingerprint, is_current, set_stamp

FOR_THE_SERVICE = "requirements.txt"
FOR_THE_TESTS = "requirements-dev.txt"


def install(*requirement_files: str, log: Path) -> None:
    """Make `.venv` where it is missing, and install the files' packages where they changed."""
    if not _works():
        with step("Making the virtual environment"):
            _make(log)
    changed = [name for name in requirement_files if not is_current(_stamp(name), _print(name))]
    if not changed:
        return
    with step("Installing Python packages"):
        run_logged(
            [*_installer(), *(part for name in changed for part in ("-r", name))],
            log=log,
            failure="The Python packages could not be installed",
            folder=CHECKOUT,
        )
    for name in changed:
        set_stamp(_stamp(name), _print(name))


def _works() -> bool:
    if not PYTHON.exists():
        return False
    return subprocess.run([PYTHON, "-c", "import sys"], stderr=subprocess.DEVNULL).returncode == 0


def _make(log: Path) -> None:
    if VIRTUAL_ENVIRONMENT.exists():
        shutil.rmtree(VIRTUAL_ENVIRONMENT)
    uv = ["uv", "venv", "--quiet", "--python", sys.executable]
    command = uv if shutil.which("uv") else [sys.executable, "-m", "venv"]
    failure = "The virtual environment could not be made"
    run_logged([*command, str(VIRTUAL_ENVIRONMENT)], log=log, failure=failure)


def _installer() -> list[str]:
    if shutil.which("uv"):
        # Compiled once here, as pip does, rather than by every program at every start.
        return ["uv", "pip", "install", "--compile-bytecode", "--python", str(PYTHON)]
    return [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check"]


def _stamp(name: str) -> Path:
    return VIRTUAL_ENVIRONMENT / f".{name}.stamp"


def _print(name: str) -> str:
    return fingerprint([CHECKOUT / name])
