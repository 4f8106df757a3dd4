"""Which environment variables does each program of the service get?

A program gets only the database roles that it needs: neither the web nor the workers hold the
passwords of the owner (which could change any table) or of the clock.
"""

import os
from collections.abc import Mapping

from workshop.obstacles import Obstacle
from workshop.ports import LOOPBACK

DATABASE_ROLES = {
    "DATABASE_URL": "app",
    "WORKER_DATABASE_URL": "worker",
    "MIGRATION_DATABASE_URL": "owner",
    "CLOCK_DATABASE_URL": "clock",
}
OWN_DATABASE = ("DATABASE_URL", "WORKER_DATABASE_URL", "MIGRATION_DATABASE_URL")
# Programs that may not keep what they compiled compile the whole project at every start: seconds each.
NOT_PASSED_ON = {"PYTHONPATH", "PYTHONDONTWRITEBYTECODE"}
KEPT_FROM_SERVICES = ("WORKER_DATABASE_URL", "MIGRATION_DATABASE_URL", "CLOCK_DATABASE_URL")


def uses_own_database(given: Mapping[str, str]) -> bool:
    """Whether the person brings a database; refused where only some of its roles are given."""
    missing = [name for name in OWN_DATABASE if not given.get(name)]
    if len(missing) == len(OWN_DATABASE):
        return False
    if missing:
        raise Obstacle(
            f"A database of your own needs all of {', '.join(OWN_DATABASE)}: set "
            f"{' and '.join(missing)} too, or unset the others to use the private database."
        )
    return True


def uses_own_broker(given: Mapping[str, str]) -> bool:
    """Whether the person brings a broker."""
    return bool(given.get("BROKER_URL"))


def database_urls(database: str, port: int, secrets: Mapping[str, str]) -> dict[str, str]:
    """The private database's address for each role."""
    return {
        name: f"postgresql://placewatch_{role}:{secrets[role.upper() + '_PASSWORD']}@{LOOPBACK}:{port}/{database}"
        for name, role in DATABASE_ROLES.items()
    }


def broker_url(port: int, secrets: Mapping[str, str]) -> str:
    """The private broker's address."""
    return f"redis://:{secrets['BROKER_PASSWORD']}@{LOOPBACK}:{port}/0"


def keys(secrets: Mapping[str, str]) -> dict[str, str]:
    """The keys that sign sessions and that encrypt fields."""
    return {name: secrets[name] for name in ("SECRET_KEY", "FIELD_KEY")}


def is_the_services(name: str) -> bool:
    """Whether a variable is one that the service reads."""
    return name in DATABASE_ROLES or name in {"BROKER_URL", "SECRET_KEY", "FIELD_KEY"} or name.startswith("PLACEWATCH_")


def given_by_person() -> dict[str, str]:
    """The service's variables that were set before the command was called."""
    return {name: value for name, value in os.environ.items() if is_the_services(name) and value}


def of_machine() -> dict[str, str]:
    """This process's environment without the service's variables and the workshop's own."""
    return {
        name: value for name, value in os.environ.items() if not is_the_services(name) and name not in NOT_PASSED_ON
    }


def of_web(whole: Mapping[str, str]) -> dict[str, str]:
    """What the web gets: the app's role alone."""
    return {name: value for name, value in whole.items() if name not in KEPT_FROM_SERVICES}


def of_worker(whole: Mapping[str, str]) -> dict[str, str]:
    """What Celery's worker and beat get: the worker's role in the place of the app's."""
    return of_web(whole) | {"DATABASE_URL": whole["WORKER_DATABASE_URL"]}


def of_operator(whole: Mapping[str, str]) -> dict[str, str]:
    """What a management command gets: the app's role, and the owner's and the clock's beside it."""
    return {name: value for name, value in whole.items() if name != "WORKER_DATABASE_URL"}
