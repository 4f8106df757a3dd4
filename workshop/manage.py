"""How does an operator run a management command? `bin/manage COMMAND [ARGUMENTS]`."""

import os
import sys
from typing import NoReturn

from workshop import environment, folders
from workshop.folders import CHECKOUT, PYTHON
from workshop.obstacles import Obstacle, run_command
from workshop.service import Service


def main() -> NoReturn:
    """Become manage.py with the running service's variables, in the caller's folder."""
    service = Service(folders.service_state(), {})
    if service.supervisor.pid() is None:
        raise Obstacle("Placewatch is not running, and bin/manage starts nothing: start it with bin/start --detach.")
    variables = environment.of_machine() | environment.of_operator(service.variables())
    os.execve(PYTHON, [str(PYTHON), str(CHECKOUT / "manage.py"), *sys.argv[1:]], variables)  # noqa: S606


if __name__ == "__main__":
    run_command(main)
