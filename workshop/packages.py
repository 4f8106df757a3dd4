"""Which system packages are missing, and can they be installed?"""

import importlib.util
import shutil
import subprocess
from ctypes.util import find_library
from pathlib import Path

from workshop import broker, cluster
from workshop.obstacles import Obstacle
from workshop.progress import run_logged, step
from workshop.system_account import is_root

POSTGIS = Path("/usr/share/postgresql/15/extension/postgis.control")
# What the tests and the storm need besides.
CHROMIUM = Path("/usr/bin/chromium")
RABBITMQ = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")
LIBRARIES = Path("/usr/lib")
# The libraries that set a letter's text.
SET_BY = {"libpango-1.0-0": "pango-1.0", "libpangoft2-1.0-0": "pangoft2-1.0"}


def missing(*, own_database: bool = False, own_broker: bool = False, for_tests: bool = False) -> list[str]:
    """The Debian packages still to be installed for what is asked for."""
    absent = []
    if not own_database and not (POSTGIS.exists() and (cluster.PROGRAMS / "postgres").exists()):
        absent.append("postgresql-15-postgis-3")
    if not own_broker and not broker.PROGRAM.exists():
        absent.append("redis-server")
    absent += [package for package, library in SET_BY.items() if find_library(library) is None]
    absent += _missing_for_tests() if for_tests else []
    if not _can_make_virtual_environment():
        absent.append("python3-venv")
    return absent


def _missing_for_tests() -> list[str]:
    absent = [] if CHROMIUM.exists() else ["chromium"]
    absent += [] if RABBITMQ.exists() else ["rabbitmq-server"]
    return absent + ([] if any(LIBRARIES.glob("*/faketime/libfaketimeMT.so.1")) else ["libfaketime"])


def install(names: list[str], *, log: Path) -> None:
    """Install packages by apt, as root or by sudo, or say which are to be installed."""
    if not names:
        return
    listed = " ".join(names)
    if not shutil.which("apt-get"):
        raise Obstacle(f"This machine has no apt-get: install what Debian 12 calls {listed}, and start again.")
    if not _may_install():
        raise Obstacle(
            "System packages are missing and this account may not install them: ask somebody "
            f"with root to run `apt-get install --no-install-recommends {listed}`, and start again."
        )
    before = [] if is_root() else ["sudo", "--non-interactive"]
    apt = [*before, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet"]
    with step(f"Installing from apt: {listed}"):
        for action in (["update"], ["install", "--yes", "--no-install-recommends", *names]):
            run_logged([*apt, *action], log=log, failure=f"apt-get could not install {listed}")


def _can_make_virtual_environment() -> bool:
    """Debian packs the standard library's venv apart; uv needs none of it."""
    return bool(shutil.which("uv") or importlib.util.find_spec("ensurepip"))


def _may_install() -> bool:
    if is_root():
        return True
    ask = ["sudo", "--non-interactive", "true"]
    return bool(shutil.which("sudo") and subprocess.run(ask, stderr=subprocess.DEVNULL).returncode == 0)
