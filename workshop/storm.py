"""Is anything lost when everything fails? `bin/storm [--seed N] [--short]`, on servers of its own."""

import subprocess
import sys

from workshop import environment, folders
from workshop.obstacles import run_command
from workshop.test import install


def main() -> int:
    """Install what is missing, and run the storm."""
    install()
    variables = environment.of_machine() | {
        "PYTHONPATH": str(folders.CHECKOUT),
        "PLACEWATCH_STATE": str(folders.service_state().path),
    }
    storm = [str(folders.PYTHON), "-m", "storm", *sys.argv[1:]]
    return subprocess.run(storm, cwd=folders.CHECKOUT, env=variables).returncode


if __name__ == "__main__":
    run_command(main)
