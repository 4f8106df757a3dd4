"""How does a storm go? Set up, write and kill, wait until all has come to its end, and judge."""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import psycopg

from storm import invariants, notify, scene
from storm.child import Child
from storm.ground import Ground
from storm.weather import Weather
from workshop import environment, ports
from workshop.folders import CHECKOUT, PYTHON

DRAIN_SECONDS = 300
SENDER_SECONDS = 300
# Nothing is being sent and nothing is due soon: the story's clock may go on to what is due next, within one minute.
NEXT_DUE = """
with waiting as (select next_at from notifications_delivery where state in ('queued', 'posted'))
select extract(epoch from max(next_at) - placewatch_now()) from waiting
where next_at < (select min(next_at) from waiting) + interval '1 minute'
"""
SENDING = "select count(*) from notifications_delivery where state = 'sending'"
UNSEALED = "select count(*) from audit_unsealed"
TO_FOLLOW_UP = "select count(*) from notifications_climb where ended_at is null and next_at <= placewatch_now()"
# Every receiver of a storm answers or breaks off at once: whoever still holds a lease after so long was killed, and the
# rest of its minute need not be waited out.
DEAD_AFTER_SECONDS = 10
DEAD_HOLD_NO_MORE = """
update notifications_delivery set leased_until = clock_timestamp()
where state = 'sending' and leased_until between clock_timestamp()
    and clock_timestamp() + interval '60 seconds' - make_interval(secs => %s)
"""
GO_ON = "update db_clock set clock_offset = clock_offset + make_interval(secs => %s)"
WORTH_GOING_ON_SECONDS = 3.0
# Every receiver that rests may be called again.
REST_NO_MORE = "update notifications_endpoint set rests_until = placewatch_now() where rests_until > placewatch_now()"


class Storm:
    """One storm: its servers, its workers, the world outside, and its size."""

    def __init__(self, folder: Path, *, seed: int, size: scene.Size, dump: Path | None = None):
        self.seed, self.size = seed, size
        self.ground = Ground(folder, dump=dump)
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

    def worker(self, name: str, *, before: Sequence[str] = (), **variables: str) -> Child:
        """A worker as the service starts it, in a process of its own; `before` is what its command runs under."""
        options = ["worker", "-Q", "post", "--concurrency", "1", "-n", f"{name}@storm", *QUIET_WORKER]
        return self._celery(name, options, before, variables)

    def beat(self, **variables: str) -> Child:
        """The timetable."""
        return self._celery("beat", ["beat"], (), variables)

    def fallback(self) -> Child:
        """What needs the database alone."""
        command = [str(PYTHON), "manage.py", "go_on_without_broker"]
        return self.child("fallback", command, environment.of_worker(self.variables()))

    def _celery(self, name: str, options: list[str], before: Sequence[str], variables: Mapping[str, str]) -> Child:
        command = [*before, str(PYTHON.parent / "celery"), "-A", "config", *options, "--loglevel", "WARNING"]
        return self.child(name, command, environment.of_worker(self.variables()) | dict(variables))

    def rage(self, say: Callable[[str], None]) -> int:
        """Write and kill; how many kills there were."""
        workers = [*(self.worker(f"worker{number}") for number in range(1, self.size.workers + 1)), self.beat()]
        for worker in workers:
            worker.start()
        sender = self.sending(0, self.size.notices, seconds=self.size.seconds)
        weather = Weather(self.ground, workers, size=self.size, seed=self.seed)
        weather.rage(say=say)
        wait_for_sender(sender)
        say("Every notice is written; waiting until each has come to its end")
        self.drain(weather.mend)
        return weather.done

    def sending(self, first: int, notices: int, *, seconds: float) -> Child:
        """The senders, at work on so many notices from the first on."""
        told = {"seed": self.seed, "first": first, "notices": notices, "seconds": seconds}
        options = [part for name, value in told.items() for part in (f"--{name}", str(value))]
        sender = self.child(f"sender{first}", [str(PYTHON), "-m", "storm.sender", "send", *options], self._of_web())
        sender.start()
        return sender

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

    def drain(self, mend: Callable[[], None], *, some_died: bool = True) -> None:
        """Wait until everything has come to its end, and nothing waits for its follow-up or its seal.

        Where some workers died, what they hold is let go sooner than its minute has passed.
        """
        deadline = time.monotonic() + DRAIN_SECONDS
        while time.monotonic() < deadline:
            mend()
            with self.ground.connect() as connection:
                if self._is_over(connection, some_died=some_died):
                    return
            time.sleep(0.5)

    def _is_over(self, connection: psycopg.Connection, *, some_died: bool) -> bool:
        if not connection.execute(invariants.STUCK).fetchone()[0]:
            return not any(connection.execute(one).fetchone()[0] for one in (UNSEALED, TO_FOLLOW_UP))
        if connection.execute(SENDING).fetchone()[0] == 0:
            next_due = connection.execute(NEXT_DUE).fetchone()[0]
            if next_due is not None and next_due > WORTH_GOING_ON_SECONDS:
                connection.execute(GO_ON, [float(next_due)])
            connection.execute(REST_NO_MORE)
        elif some_died:
            connection.execute(DEAD_HOLD_NO_MORE, [DEAD_AFTER_SECONDS])
        return False


def wait_for_sender(sender: Child) -> None:
    """Until it has written everything; ends the storm where it could not."""
    status = sender.process.wait(timeout=SENDER_SECONDS)
    if status:
        sys.exit(f"The sender ended with {status}: see {sender.log}.")


QUIET_WORKER = ("--without-mingle", "--without-gossip", "--without-heartbeat")
