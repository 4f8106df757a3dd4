"""What is killed, and when? The seeded moments, while the service delivers."""

import time
from collections.abc import Callable
from random import Random

from storm import scene
from storm.child import Child
from storm.ground import Ground


class Weather:
    """Kills what the seed says at the moments that it says, and starts it again."""

    def __init__(self, ground: Ground, workers: list[Child], *, size: scene.Size, seed: int):
        self._ground, self._workers = ground, workers
        self._kills = scene.kills(size, seed)
        self._chance = Random(f"which {seed}")
        self.done = 0

    def rage(self, *, say: Callable[[str], None]) -> None:
        """Until every kill is done."""
        began = time.monotonic()
        for number, kill in enumerate(self._kills, start=1):
            time.sleep(max(0.0, began + kill.at - time.monotonic()))
            self._kill(kill.what)
            self.done += 1
            if number % 20 == 0:
                say(f"{number} of {len(self._kills)} kills")
            self.mend()

    def mend(self) -> None:
        """A worker that ended by itself comes back, as under any supervisor."""
        for worker in self._workers:
            if not worker.runs():
                worker.start()

    def _kill(self, what: str) -> None:
        match what:
            case "worker":
                worker = self._chance.choice(self._workers)
                worker.kill()
                worker.start()
            case "database":
                self._ground.kill_database()
            case "broker":
                self._ground.kill_broker()
