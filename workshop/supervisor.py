"""How is every part kept running, and how is the one supervisor asked and stopped?"""

import http.client
import os
import socket
import subprocess
import sys
import time
import xmlrpc.client
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from workshop import broker, cluster, environment, processes
from workshop.folders import CHECKOUT, PYTHON, StateFolder
from workshop.obstacles import Obstacle
from workshop.progress import tail
from workshop.system_account import is_root

HEADER = """\
[supervisord]
nodaemon = true
{user}
pidfile = {state}/supervisor.pid
logfile = {logs}/supervisor.log
childlogdir = {logs}

[unix_http_server]
file = {state}/supervisor.sock
chmod = 0700

[rpcinterface:supervisor]
supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface
"""
# A part killed at any moment comes back. Should the supervisor itself die, the kernel ends its parts
# (pdeathsig), so that no orphan holds a port or a lock.
PROGRAM = """
[program:{name}]
command = setpriv --pdeathsig={signal} {command}
directory = {folder}
{user}
priority = {priority}
autostart = {autostart}
autorestart = true
startretries = 30
stopsignal = {signal}
stopwaitsecs = 30
killasgroup = true
redirect_stderr = true
stdout_logfile = {logs}/{name}.log
stdout_logfile_maxbytes = 10MB
stdout_logfile_backups = 2
"""


@dataclass(frozen=True)
class Part:
    """One program under the supervisor."""

    name: str
    command: list[str]
    folder: Path = CHECKOUT
    account: str = ""
    stop_signal: str = "TERM"
    starts_first: bool = False


def database_part(private: cluster.Cluster) -> Part:
    """The private database; INT is its quick and orderly end."""
    folder = private.state.cluster
    return Part("database", private.command(), folder, cluster.ACCOUNT, stop_signal="INT", starts_first=True)


def broker_part(private: broker.Broker) -> Part:
    """The private broker."""
    return Part("broker", private.command(), private.state.redis, broker.ACCOUNT, starts_first=True)


def service_part(name: str) -> Part:
    """A program of the service's own code (workshop/programs.py)."""
    return Part(name, [sys.executable, "-P", "-m", "workshop.programs", name])


def configuration(parts: Iterable[Part], state: StateFolder, *, root: bool) -> str:
    """The supervisor's file; `%` is its own sign and is therefore doubled."""
    text = HEADER.format(state=state.path, logs=state.logs, user="user = root" if root else "")
    for part in parts:
        text += PROGRAM.format(
            name=part.name,
            signal=part.stop_signal,
            command=" ".join(f'"{word}"' for word in part.command),
            folder=part.folder,
            user=f"user = {part.account}" if root and part.account else "",
            priority=1 if part.starts_first else 2,
            autostart="true" if part.starts_first else "false",
            logs=state.logs,
        )
    return text.replace("%", "%%")


class Supervisor:
    """The supervisor of one state folder."""

    def __init__(self, state: StateFolder) -> None:
        self.state = state

    def start(self, parts: list[Part]) -> subprocess.Popen:
        """Start the supervisor with the parts that start first."""
        self._file.write_text(configuration(parts, self.state, root=is_root()))
        variables = environment.of_machine() | {
            "PLACEWATCH_STATE": str(self.state.path),
            "PYTHONPATH": str(CHECKOUT),
            "PYTHONUNBUFFERED": "1",
        }
        with (self.state.logs / "supervisor-output.log").open("wb") as log:
            started = subprocess.Popen(
                [str(PYTHON.parent / "supervisord"), "-c", str(self._file)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=variables,
                cwd="/",
                start_new_session=True,
            )
        deadline = time.monotonic() + 20
        while not self.states():
            if started.poll() is not None or time.monotonic() > deadline:
                raise Obstacle("The supervisor did not start.", log_tail=tail(Path(log.name)))
            time.sleep(0.05)
        return started

    def pid(self) -> int | None:
        """The supervisor's process id, none where it does not run."""
        file = self.state.path / "supervisor.pid"
        pid = int(file.read_text()) if file.exists() else 0
        return pid if pid and str(self._file) in processes.command_of(pid) else None

    def states(self) -> dict[str, str]:
        """Each part's state by name, as the supervisor calls it; empty where it does not run."""
        return {one["name"]: one["statename"] for one in self._parts()}

    def pids(self) -> dict[str, int]:
        """Each part's process id by name, 0 where it does not run."""
        return {one["name"]: one["pid"] for one in self._parts()}

    def _parts(self) -> list[dict]:
        try:
            with self._ask() as supervisor:
                return supervisor.getAllProcessInfo()
        except (OSError, xmlrpc.client.Fault):
            return []

    def start_parts(self, names: Iterable[str]) -> None:
        """Start parts that did not start by themselves."""
        with self._ask() as supervisor:
            for name in names:
                supervisor.startProcess(name, False)

    def restart_part(self, name: str) -> None:
        """Stop one part and start it again."""
        with self._ask() as supervisor:
            supervisor.stopProcess(name)
            supervisor.startProcess(name)

    def stop(self) -> bool:
        """Stop every part, then the supervisor; false where none was running."""
        pid = self.pid()
        if pid is None:
            return False
        # It refuses where somebody else has just asked it to stop.
        with suppress(OSError, xmlrpc.client.Fault), self._ask() as supervisor:
            supervisor.shutdown()
        if not processes.wait_for_end([pid], seconds=60):
            processes.end([pid], seconds=5)
        return True

    def end_orphans(self) -> None:
        """End what a supervisor that died has left: for a moment it would still hold its port."""
        mark = f"SUPERVISOR_SERVER_URL=unix://{self.state.socket}"
        processes.end(processes.holding_variable(mark), seconds=5)

    @property
    def _file(self) -> Path:
        return self.state.path / "supervisord.conf"

    @contextmanager
    def _ask(self) -> Iterator:
        transport = _SocketTransport(self.state.socket)
        with xmlrpc.client.ServerProxy("http://supervisor", transport=transport) as proxy:
            yield proxy.supervisor


class _SocketTransport(xmlrpc.client.Transport):
    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def make_connection(self, host: str) -> http.client.HTTPConnection:
        return _SocketConnection(self._path)


class _SocketConnection(http.client.HTTPConnection):
    def __init__(self, path: Path) -> None:
        super().__init__("supervisor", timeout=60)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(os.fspath(self._path))
