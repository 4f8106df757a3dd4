"""How do the tests get a database and a broker of their own, shared by runs side by side?"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from workshop import environment, folders, secrets_file, stamps
from workshop.broker import Broker
from workshop.cluster import ROLES, Cluster
from workshop.progress import step

BASE_DATABASE = "placewatch_base"


class TestingServices:
    """The tests' cluster and broker: quick, not durable, kept up while any run uses them."""

    def __init__(self) -> None:
        self.state = folders.test_state()
        self.cluster = Cluster(self.state, durable=False)
        self.broker = Broker(self.state, durable=False)
        self._kept_up = self.state.path / "kept_up"

    @contextmanager
    def in_use(self) -> Iterator[dict[str, str]]:
        """Their environment variables; the last run to end stops them, unless they are kept up."""
        folders.make(folders.service_state())
        folders.make(self.state)
        with (self.state.path / "users").open("w") as users:
            with self._alone():
                fcntl.flock(users, fcntl.LOCK_SH)
                variables = self._start()
            try:
                yield variables
            finally:
                with self._alone():
                    if self._is_last(users) and not self._kept_up.exists():
                        self._stop()

    def keep_up(self) -> None:
        """Leave them running after this use, until `stop`."""
        self._kept_up.touch()

    def stop(self) -> bool:
        """Stop them, unless a test run is using them; says whether they are stopped."""
        if not self.state.path.exists():
            return True
        self._kept_up.unlink(missing_ok=True)
        with self._alone(), (self.state.path / "users").open("w") as users:
            last = self._is_last(users)
            if last:
                self._stop()
        return last

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with self.state.lock.open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _is_last(self, users: TextIO) -> bool:
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _start(self) -> dict[str, str]:
        secrets = secrets_file.read_or_make(self.state)
        if self.cluster.main_process() is None or self.cluster.runs_replaced_program():
            self._start_database(secrets)
        self._make_base_database(secrets)
        if not self.broker.processes():
            self.broker.prepare(secrets["BROKER_PASSWORD"])
            self.broker.start()
        return {
            **environment.database_urls(BASE_DATABASE, self.cluster.port, secrets),
            "BROKER_URL": environment.broker_url(self.broker.port, secrets),
            **environment.keys(secrets),
            "PLACEWATCH_STATE": str(self.state.path),
            "PLACEWATCH_HTTPS": "0",
        }

    def _start_database(self, secrets: dict[str, str]) -> None:
        with step("Starting the tests' database"):
            self.cluster.stop()
            self.cluster.prepare(secrets["SUPERUSER_PASSWORD"])
            self.cluster.start()

    def _make_base_database(self, secrets: dict[str, str]) -> None:
        stamp = self.state.stamps / "roles"
        now = stamps.fingerprint([ROLES])
        if stamps.is_current(stamp, now):
            return
        self.cluster.make_roles(BASE_DATABASE, secrets, log=self.state.logs / "roles.log")
        stamps.set_stamp(stamp, now)

    def _stop(self) -> None:
        self.cluster.stop()
        self.broker.stop()
