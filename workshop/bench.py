"""How close to the raw limit of the machine is each path? `bin/bench [NAME ...]`, on the tests' own services."""

import subprocess
import sys

from workshop import environment, folders
from workshop.obstacles import run_command
from workshop.test import install
from workshop.testing import TestingServices


def main() -> int:
    """Run the benchmarks named, or all, beside a database and a broker of the tests' own."""
    install()
    with TestingServices().in_use() as variables:
        bench = [str(folders.PYTHON), "-m", "bench", *sys.argv[1:]]
        return subprocess.run(bench, cwd=folders.CHECKOUT, env=environment.of_machine() | variables).returncode


if __name__ == "__main__":
    run_command(main)
