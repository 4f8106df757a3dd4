"""How is style put right by machine? `bin/fix`."""

import subprocess

from workshop.folders import CHECKOUT, PYTHON
from workshop.obstacles import run_command
from workshop.test import install


def main() -> int:
    """Run ruff's fixers over the project; 1 where something is left for a person."""
    install()
    ruff = str(PYTHON.parent / "ruff")
    subprocess.run([ruff, "format"], cwd=CHECKOUT, check=True)
    return subprocess.run([ruff, "check", "--fix"], cwd=CHECKOUT).returncode


if __name__ == "__main__":
    run_command(main)
