"""How is a private Redis, which carries Celery's messages, set up and started?"""

import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from workshop import ports, processes
from workshop.folders import StateFolder
from workshop.obstacles import Obstacle
from workshop.system_account import as_account, give_to

PROGRAM = Path("/usr/bin/redis-server")
ACCOUNT = "redis"

SETTINGS = """\
# Written by each start.
bind 127.0.0.1
port {port}
requirepass {password}
dir {folder}
save ""
appendonly {durable}
appendfsync everysec
daemonize no
"""


@dataclass(frozen=True)
class Broker:
    """A Redis in a state folder; one that is not durable is for tests."""

    state: StateFolder
    durable: bool

    @property
    def port(self) -> int:
        return ports.kept(self.state.ports)["broker"]

    @property
    def log(self) -> Path:
        return self.state.logs / "broker.log"

    @property
    def _settings_file(self) -> Path:
        return self.state.redis / "redis.conf"

    def prepare(self, password: str) -> None:
        """Make its folder and write its settings; it must not be running."""
        self.state.redis.mkdir(exist_ok=True)
        self._settings_file.write_text(
            SETTINGS.format(
                port=ports.keep_or_pick(self.state.ports, "broker"),
                password=password,
                folder=self.state.redis,
                durable="yes" if self.durable else "no",
            )
        )
        give_to(ACCOUNT, self.state.redis)
        self._settings_file.chmod(0o644)

    def command(self) -> list[str]:
        """The server as a foreground program."""
        return [str(PROGRAM), str(self._settings_file)]

    def start(self) -> None:
        """Start the server in the background, and wait until it takes connections."""
        with self.log.open("ab") as log:
            subprocess.Popen(
                as_account(ACCOUNT, self.command()),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                start_new_session=True,
            )
        self.wait()

    def wait(self, *, seconds: float = 30) -> None:
        """Wait until the server takes connections."""
        deadline = time.monotonic() + seconds
        while not self.answers():
            if time.monotonic() > deadline:
                raise Obstacle(f"The private Redis did not start in {seconds:.0f} seconds: see {self.log}.")
            time.sleep(0.05)

    def answers(self) -> bool:
        """Whether the server takes connections now."""
        try:
            socket.create_connection((ports.LOOPBACK, self.port), timeout=1).close()
        except OSError:
            return False
        return True

    def stop(self) -> None:
        """Stop every process of this Redis, the orphan of a crash too."""
        processes.end(self.processes(), seconds=10)

    def processes(self) -> list[int]:
        """The process ids of this Redis."""
        return processes.working_in(self.state.redis)
