"""Does the database hold the tables, the reference data and the example of this version?"""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from workshop import environment, programs, stamps
from workshop.cluster import ROLES
from workshop.folders import CHECKOUT, PYTHON, StateFolder
from workshop.obstacles import Obstacle
from workshop.progress import run_logged, say, step

# Each is safe to repeat: it changes nothing where its work is done.
STEPS = (
    ("Migrating the database", ("migrate", "--database", "owner")),
    ("Loading reference data", ("load_reference",)),
    ("Measuring how often the matching is wrong", ("measure_matching", "--if-new")),
    ("Collecting static files", ("collectstatic", "--no-input")),
)
# It shows its own progress.
POSTCODES = ("import_postcodes",)
EXAMPLE = ("Making the example", ("make_example",))


def is_done(state: StateFolder, whole: Mapping[str, str]) -> bool:
    """Whether this version was prepared on this database, so that nothing has to be repeated."""
    return stamps.is_current(_stamp(state), _print(whole))


def prepare(state: StateFolder, whole: Mapping[str, str]) -> None:
    """Migrate, load and make whatever this version needs."""
    variables = environment.of_machine() | environment.of_operator(whole)
    for what, command in STEPS:
        _run_step(what, command, variables, state)
    if programs.has_command(POSTCODES[0]):
        say("Loading the postcode directory:")
        if subprocess.run(_manage(POSTCODES), env=variables, cwd=CHECKOUT).returncode:
            raise Obstacle("The postcode directory could not be loaded: what it says stands above.")
    if whole["PLACEWATCH_EXAMPLE"] == "1":
        _run_step(*EXAMPLE, variables, state)
    stamps.set_stamp(_stamp(state), _print(whole))


def _run_step(what: str, command: tuple[str, ...], variables: dict[str, str], state: StateFolder) -> None:
    if command[0] not in {"migrate", "collectstatic"} and not programs.has_command(command[0]):
        return
    with step(what):
        run_logged(
            _manage(command),
            log=state.logs / "setup.log",
            failure=f"`bin/manage {' '.join(command)}` did not succeed",
            environment=variables,
            folder=CHECKOUT,
        )


def _manage(command: tuple[str, ...]) -> list[str]:
    return [str(PYTHON), "manage.py", *command]


def _stamp(state: StateFolder) -> Path:
    return state.stamps / "prepared"


def _print(whole: Mapping[str, str]) -> str:
    databases = "\n".join(whole.get(name, "") for name in environment.DATABASE_ROLES)
    # The example registers its receiver at this port.
    example = f"{whole['PLACEWATCH_EXAMPLE']} {whole['PLACEWATCH_RECEIVER_PORT']}"
    return stamps.fingerprint([ROLES, *_sources()], also=f"{databases}\n{example}")


def _sources() -> list[Path]:
    """Every file that the service is made of."""
    files = [CHECKOUT / "requirements.txt", CHECKOUT / "package-lock.json", CHECKOUT / "manage.py"]
    for package in sorted(CHECKOUT.glob("*/__init__.py")):
        if package.parent.name not in {"tests", "workshop"}:
            for folder, inner, names in os.walk(package.parent):
                inner[:] = sorted(name for name in inner if name != "__pycache__")
                files += [Path(folder) / name for name in sorted(names)]
    return files
