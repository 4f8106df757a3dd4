"""Where do the project and its state live on this machine?"""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from workshop.obstacles import Obstacle
from workshop.system_account import is_root

CHECKOUT = Path(__file__).resolve().parent.parent
VIRTUAL_ENVIRONMENT = CHECKOUT / ".venv"
VALIDATOR_ENVIRONMENT = CHECKOUT / ".venv-validator"


def python_of(environment: Path) -> Path:
    """The Python of a virtual environment."""
    return environment / "bin" / "python"


PYTHON = python_of(VIRTUAL_ENVIRONMENT)

# A Unix socket's path may have 107 bytes; supervisord adds its process id to it for a moment.
LONGEST_STATE_PATH = 75


@dataclass(frozen=True)
class StateFolder:
    """One set of a database, a broker, secrets, ports and logs."""

    path: Path

    @property
    def cluster(self) -> Path:
        return self.path / "cluster"

    @property
    def redis(self) -> Path:
        return self.path / "redis"

    @property
    def logs(self) -> Path:
        return self.path / "logs"

    @property
    def stamps(self) -> Path:
        return self.path / "stamps"

    @property
    def secrets(self) -> Path:
        return self.path / "secrets.env"

    @property
    def variables(self) -> Path:
        """The service's environment, as its last start composed it."""
        return self.path / "service.env"

    @property
    def ports(self) -> Path:
        return self.path / "ports.json"

    @property
    def socket(self) -> Path:
        return self.path / "supervisor.sock"

    @property
    def lock(self) -> Path:
        return self.path / "lock"


def service_state() -> StateFolder:
    """The folder of the running service: `PLACEWATCH_STATE`, or one for this checkout."""
    return StateFolder(state_path(CHECKOUT, environment=os.environ, root=is_root()))


def test_state() -> StateFolder:
    """The folder of the tests' own database and broker."""
    path = service_state().path
    # `bin/test --env` sets PLACEWATCH_STATE to this folder: asked again, it is the same one.
    return StateFolder(path if path.name == "test" else path / "test")


def state_path(checkout: Path, *, environment: dict, root: bool) -> Path:
    """Where state is kept for a checkout: outside it, and outside root's home.

    The database's system account cannot enter root's home, hence /var/lib for root.
    """
    if given := environment.get("PLACEWATCH_STATE"):
        return Path(given).expanduser().absolute()
    name = hashlib.sha256(str(checkout).encode()).hexdigest()[:8]
    if root:
        return Path("/var/lib/placewatch") / name
    return Path(environment.get("HOME", "~")).expanduser() / ".local/state/placewatch" / name


def make(state: StateFolder) -> None:
    """Make the folder and those in it, or say why it cannot be."""
    if len(os.fsencode(state.path)) > LONGEST_STATE_PATH:
        raise Obstacle(
            f"The state folder's path {state.path} is too long for a socket: set PLACEWATCH_STATE "
            f"to a folder whose path has at most {LONGEST_STATE_PATH} characters."
        )
    try:
        for folder in (state.path, state.logs, state.stamps):
            folder.mkdir(parents=True, exist_ok=True)
        state.logs.chmod(0o700)
    except OSError as error:
        raise Obstacle(
            f"The state folder {state.path} cannot be made ({error.strerror}): set PLACEWATCH_STATE "
            "to a folder that you may write to."
        ) from error
