"""How does a storm go? Set up, write and kill, wait until all has come to its end, and judge."""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg

from storm import invariants, notify, scene
from storm.ground import Child, Ground
from storm.weather import Weather
from workshop import environment, ports
from workshop.folders import CHECKOUT, PYTHON

DRAIN_SECONDS = 300
SENDER_SECONDS = 300
# Nothing is being sent and nothing is due soon: the story's clock may go on to what is due next.
NEXT_DUE = """
select extract(epoch from min(next_at) - placewatch_now()) from notifications_delivery where state in ('queued', 'posted')
"""
SENDING = "select count(*) from notifications_delivery where state = 'sending'"
UNSEALED = "select count(*) from audit_unsealed"
GO_ON = "update db_clock set clock_offset = clock_offset + make_interval(secs => %s)"
WORTH_GOING_ON_SECONDS = 3.0
# Every receiver that rests may be called again.
REST_NO_MORE = "update notifications_endpoint set rests_until = placewatch_now() where rests_until > placewatch_now()"


class Storm:
    """One storm: its servers, its workers, the world outside, and its size."""

    def __init__(self, folder: Path, *, seed: int, size: scene.Size):
        self.seed, self.size = seed, size
        self.ground = Ground(folder)
        self.run = folder / "run"
        shutil.rmtree(self.run, ignore_errors=True)
        self.run.mkdir()
        self.partner_port, self.notify_port = ports.any_free(), ports.any_free()
        self.children: list[Child] = []

    def __enter__(self) -> "Storm":
        try:
            self.ground.start()
        except BaseException:
            self.ground.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        for child in self.children:
            child.kill()
        self.ground.stop()

    def variables(self) -> dict[str, str]:
        """What the service's programs get."""
        return self.ground.variables() | {
            "PLACEWATCH_STATE": str(self.run),
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "PLACEWATCH_NOTIFY_API_KEY": notify.API_KEY,
            "PLACEWATCH_NOTIFY_TEMPLATE_ID": notify.TEMPLATE_ID,
            "PLACEWATCH_NOTIFY_URL": f"http://{ports.LOOPBACK}:{self.notify_port}",
        }

    def child(self, name: str, command: list[str], variables: dict[str, str]) -> Child:
        """A process of the storm's, ended with it."""
        made = Child(name, command, self.run / f"{name}.log", variables)
        self.children.append(made)
        return made

    def prepare(self) -> None:
        """The partners, and the world outside."""
        self._sender("prepare", "--folder", str(self.run), "--port", str(self.partner_port))
        for name, port in (("partner", self.partner_port), ("notify", self.notify_port)):
            told = ["--port", str(port), "--folder", str(self.run), "--seed", str(self.seed)]
            self.child(name, [str(PYTHON), "-m", f"storm.{name}", *told], {}).start()

    def workers(self) -> list[Child]:
        """Workers and beat, as the service starts them; each a process of its own."""
        celery = [str(PYTHON.parent / "celery"), "-A", "config"]
        quiet = ["--loglevel", "WARNING"]
        variables = environment.of_worker(self.variables())
        made = [
            self.child(
                f"worker{number}",
                [*celery, "worker", "-Q", "post", "--concurrency", "1", "-n", f"{number}@storm", *QUIET_WORKER, *quiet],
                variables,
            )
            for number in range(1, self.size.workers + 1)
        ]
        made.append(self.child("beat", [*celery, "beat", f"--schedule={self.run / 'beat'}", *quiet], variables))
        return made

    def rage(self, say: Callable[[str], None]) -> int:
        """Write and kill; how many kills there were."""
        workers = self.workers()
        for worker in workers:
            worker.start()
        told = ["--seed", str(self.seed), "--notices", str(self.size.notices), "--seconds", str(self.size.seconds)]
        sender = self.child("sender", [str(PYTHON), "-m", "storm.sender", "send", *told], self._of_web())
        sender.start()
        weather = Weather(self.ground, workers, size=self.size, seed=self.seed)
        weather.rage(say=say)
        self._wait_for_sender(sender)
        say("Every notice is written; waiting until each has come to its end")
        self._drain(weather)
        return weather.done

    def go_through(self, module: str, *arguments: str) -> tuple[int, int, list[str]]:
        """Points or scenarios, in a program of their own: notices written, kills done, and what did not hold."""
        command = [str(PYTHON), "-m", f"storm.{module}", "--seed", str(self.seed), *arguments]
        whole = self.variables()
        variables = environment.of_machine() | environment.of_worker(whole)
        variables["CLOCK_DATABASE_URL"] = whole["CLOCK_DATABASE_URL"]
        done = subprocess.run(command, cwd=CHECKOUT, env=variables, stdout=subprocess.PIPE, text=True)
        if done.returncode:
            sys.exit(f"The {module} could not be gone through: what they say stands above.")
        told = json.loads(done.stdout.splitlines()[-1])
        return told["notices"], told["kills"], told["broken"]

    def judge(self, notices: int) -> invariants.Verdict:
        """Count, with the log-book's chains verified by the service's own command."""
        with self.ground.connect() as connection:
            verdict = invariants.judge(connection, self.run, seed=self.seed, notices=notices)
            self.first_tries = invariants.first_tries(connection)
        for child in self.children:
            child.kill()
        checked = subprocess.run(
            [str(PYTHON), "manage.py", "verify_audit"],
            cwd=CHECKOUT,
            env=environment.of_machine() | environment.of_worker(self.variables()),
            capture_output=True,
            text=True,
        )
        if checked.returncode:
            lines = (*verdict.broken, f"I6 the log-book verifies: {(checked.stdout + checked.stderr)[-500:]}")
            verdict = invariants.Verdict(**{**vars(verdict), "broken": lines})
        return verdict

    def _of_web(self) -> dict[str, str]:
        return environment.of_web(self.variables())

    def _sender(self, *arguments: str) -> None:
        command = [str(PYTHON), "-m", "storm.sender", *arguments]
        subprocess.run(command, cwd=CHECKOUT, env=environment.of_machine() | self._of_web(), check=True)

    def _wait_for_sender(self, sender: Child) -> None:
        status = sender.process.wait(timeout=SENDER_SECONDS)
        if status:
            sys.exit(f"The sender ended with {status}: see {sender.log}.")

    def _drain(self, weather: Weather) -> None:
        deadline = time.monotonic() + DRAIN_SECONDS
        while time.monotonic() < deadline:
            weather.mend()
            with self.ground.connect() as connection:
                if self._is_over(connection):
                    return
            time.sleep(1)

    def _is_over(self, connection: psycopg.Connection) -> bool:
        stuck = connection.execute(invariants.STUCK).fetchone()[0]
        if not stuck:
            return connection.execute(UNSEALED).fetchone()[0] == 0
        if connection.execute(SENDING).fetchone()[0] == 0:
            next_due = connection.execute(NEXT_DUE).fetchone()[0]
            if next_due is not None and next_due > WORTH_GOING_ON_SECONDS:
                connection.execute(GO_ON, [float(next_due)])
            connection.execute(REST_NO_MORE)
        return False


QUIET_WORKER = ("--without-mingle", "--without-gossip", "--without-heartbeat")
