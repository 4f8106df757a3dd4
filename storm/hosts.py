"""Can workers stand on several hosts, with nothing but database and broker between them? Each behind a wall of its own.

A host is a network namespace that holds nothing but its own loopback. The doors through its wall are those of the
database, the broker, and the world outside to which it delivers. Where a namespace may not be made, a host is a process
with a folder of its own.
"""

import subprocess
from pathlib import Path

from storm.child import Child
from storm.harness import Storm
from workshop.folders import PYTHON
from workshop.ports import LOOPBACK, any_free

IP = Path("/usr/bin/ip")
RELAY = [str(PYTHON), "-m", "storm.relay"]
KNOCK = "import socket, sys; socket.create_connection((sys.argv[1], int(sys.argv[2])), timeout=2)"


class Host:
    """One host, and the worker on it."""

    def __init__(self, storm: Storm, number: int):
        self.name = f"storm-{storm.ground.cluster.port}-{number}"
        self.folder = storm.run / f"host{number}"
        self.folder.mkdir()
        self.is_apart = _ip("netns", "add", self.name) and _ip("-n", self.name, "link", "set", "lo", "up")
        self._ports = [
            storm.ground.cluster.port,
            storm.ground.redis.port,
            storm.partner_port,
            storm.notify_port,
        ]
        self._partner_port, self._broker_port = storm.partner_port, storm.ground.redis.port
        self._relays = self._make_relays(storm, number) if self.is_apart else []
        self.worker = storm.worker(f"host{number}", before=self.inside, PLACEWATCH_STATE=str(self.folder))

    @property
    def inside(self) -> list[str]:
        """What a command runs under, to run on this host."""
        return [str(IP), "netns", "exec", self.name] if self.is_apart else []

    def start(self) -> None:
        """Open its doors, and start its worker."""
        self.open()
        self.worker.start()

    def open(self) -> None:
        """Let it reach database, broker and the world outside."""
        for relay in self._relays:
            relay.start()

    def cut_off(self) -> None:
        """Nothing of it reaches anybody, and it goes on working."""
        for relay in self._relays:
            relay.kill()

    def is_at_work(self) -> bool:
        """Whether its worker has found the broker."""
        return self._calls(self._broker_port) > 0

    def deliveries(self) -> int:
        """How often its worker called a partner; 1 where nothing is between them that could count."""
        return self._calls(self._partner_port)

    def reaches_what_is_no_door(self) -> bool:
        """Whether it reaches a server of this machine that it needs not."""
        with subprocess.Popen([*RELAY, f"{(port := any_free())}={port}"]) as server:
            try:
                knock = [*self.inside, str(PYTHON), "-c", KNOCK, LOOPBACK, str(port)]
                return self.is_apart and subprocess.run(knock, capture_output=True).returncode == 0
            finally:
                server.kill()

    def end(self) -> None:
        """Take it away."""
        self.worker.kill()
        self.cut_off()
        if self.is_apart:
            _ip("netns", "delete", self.name)

    def _calls(self, port: int) -> int:
        return self._relays[0].log.read_text().split().count(str(port)) if self.is_apart else 1

    def _make_relays(self, storm: Storm, number: int) -> list[Child]:
        doors = {port: self.folder / f"{port}.door" for port in self._ports}
        within = [*self.inside, *RELAY, *(f"{port}={door}" for port, door in doors.items())]
        without = [*RELAY, *(f"{door}={port}" for port, door in doors.items())]
        return [
            storm.child(f"within{number}", within, {}),
            storm.child(f"without{number}", without, {}),
        ]


def _ip(*command: str) -> bool:
    return IP.exists() and subprocess.run([str(IP), *command], capture_output=True).returncode == 0
