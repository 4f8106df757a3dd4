"""How are the tests run? `bin/test [PYTEST ARGUMENTS]`, `bin/test --env`, `bin/test --stop`."""

import shlex
import subprocess
import sys

from workshop import environment, folders, python_packages, setup
from workshop.obstacles import run_command
from workshop.progress import say
from workshop.testing import TestingServices

# Every test, in as many processes as the machine has cores; one process takes a whole file, whose tests may share a world.
# By name, not the fullest file first: the longest test (of the API against its description) stands alone in its file.
SIDE_BY_SIDE = ("--numprocesses", "auto", "--dist", "loadfile", "--no-loadscope-reorder")


def main() -> int:
    """Run pytest with these arguments, beside a database and a broker of the tests' own; without any, every test.

    `--env` prints the variables that the tests need and leaves both running, so that pytest
    can be run directly; `--stop` ends what `--env` left running.
    """
    arguments = sys.argv[1:]
    if arguments == ["--stop"]:
        return _stop()
    install()
    services = TestingServices()
    with services.in_use() as variables:
        if arguments == ["--env"]:
            services.keep_up()
            for name, value in variables.items():
                print(f"export {name}={shlex.quote(value)}")
            return 0
        python_packages.install_validator(log=folders.test_state().logs / "setup.log")
        variables["PLACEWATCH_VALIDATOR"] = str(folders.python_of(folders.VALIDATOR_ENVIRONMENT))
        pytest = [str(folders.PYTHON), "-m", "pytest", *(arguments or SIDE_BY_SIDE)]
        return subprocess.run(pytest, env=environment.of_machine() | variables).returncode


def install() -> None:
    """Make the tests' state folder, and install what tests and checks need."""
    state = folders.test_state()
    folders.make(folders.service_state())
    folders.make(state)
    setup.install_for_tests(log=state.logs / "setup.log")


def _stop() -> int:
    if TestingServices().stop():
        return 0
    say("A test run is using the tests' database and broker: they stop when it ends.")
    return 1


if __name__ == "__main__":
    run_command(main)
