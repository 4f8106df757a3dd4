"""What has to be on the machine before anything can start?"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from workshop import folders, front_end, packages, python_packages
from workshop.folders import CHECKOUT
from workshop.obstacles import Obstacle
from workshop.service import Service

GIGABYTE = 10**9


def install_for_service(*, own_database: bool, own_broker: bool, log: Path) -> None:
    """The system's, Python's and the front end's packages that the service needs."""
    _check_writable()
    with _alone():
        absent = packages.missing(own_database=own_database, own_broker=own_broker)
        packages.install(absent, log=log)
        python_packages.install(python_packages.FOR_THE_SERVICE, log=log)
        front_end.install(log=log)


def install_for_tests(*, log: Path) -> None:
    """The same, with what the tests need besides."""
    _check_writable()
    with _alone():
        packages.install(packages.missing(for_tests=True), log=log)
        Service(folders.service_state(), {}).renew_replaced_database()
        python_packages.install(python_packages.FOR_THE_SERVICE, python_packages.FOR_THE_TESTS, log=log)
        front_end.install(log=log)


def check_disk(*places: Path, gigabytes: float) -> None:
    """Refuse to begin what would end in a full disk."""
    for place in places:
        free = shutil.disk_usage(place).free / GIGABYTE
        if free < gigabytes:
            raise Obstacle(
                f"The disk of {place} has {free:.1f} GB free and Placewatch needs {gigabytes:g} GB: make room "
                "there, or set PLACEWATCH_STATE to a folder on another disk."
            )


def _check_writable() -> None:
    if not os.access(CHECKOUT, os.W_OK):
        raise Obstacle(f"You may not write into {CHECKOUT}, where the packages go: use a checkout of your own.")


@contextmanager
def _alone() -> Iterator[None]:
    """One installation at a time in a checkout, whoever asks for it."""
    checkout = os.open(CHECKOUT, os.O_RDONLY)
    try:
        fcntl.flock(checkout, fcntl.LOCK_EX)
        yield
    finally:
        os.close(checkout)
