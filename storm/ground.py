"""On what does a storm break? A PostgreSQL and a Redis of its own, direct children of the harness."""

import subprocess
import time
from pathlib import Path

import psycopg
from psycopg import sql

from storm import disk
from storm.child import Child
from workshop import environment, folders, secrets_file, stamps
from workshop.broker import ACCOUNT as BROKER_ACCOUNT
from workshop.broker import Broker
from workshop.cluster import ACCOUNT as DATABASE_ACCOUNT
from workshop.cluster import PROGRAMS, ROLES, SUPERUSER, Cluster
from workshop.folders import CHECKOUT, PYTHON, StateFolder
from workshop.system_account import as_account

TEMPLATE = "placewatch_storm_template"
DATABASE = "placewatch_storm"


class Ground:
    """The storm's own cluster and broker, with a fresh database."""

    def __init__(self, folder: Path, *, dump: Path | None = None):
        self._dump = dump
        self.state = StateFolder(folder)
        folders.make(self.state)
        self.secrets = secrets_file.read_or_make(self.state)
        self.cluster = Cluster(self.state, durable=True)
        self.redis = Broker(self.state, durable=True)
        # What a harness that was itself killed has left.
        self.cluster.stop()
        self.redis.stop()
        disk.give_back(self.state.cluster)
        self.cluster.prepare(self.secrets["SUPERUSER_PASSWORD"])
        self.redis.prepare(self.secrets["BROKER_PASSWORD"])
        logs = self.state.logs
        self.database = Child(
            "database", as_account(DATABASE_ACCOUNT, self.cluster.command()), logs / "database.log", folder=Path("/")
        )
        self.broker = Child(
            "broker", as_account(BROKER_ACCOUNT, self.redis.command()), logs / "broker.log", folder=Path("/")
        )

    def start(self) -> None:
        """Both servers, and a database cloned from a template that is made anew when the code has changed."""
        self.database.start()
        self.broker.start()
        self.cluster.wait()
        self.redis.wait()
        self._make_template()
        self._as_superuser("drop database if exists {} with (force)", DATABASE)
        self._as_superuser("create database {} template {} owner placewatch_owner", DATABASE, TEMPLATE)

    def stop(self) -> None:
        """End both, with nothing left behind but the files."""
        self.database.kill()
        self.broker.kill()

    def kill_database(self) -> None:
        """The server and every backend end at once; it comes back and replays its journal."""
        self.database.kill()
        (self.state.cluster / "postmaster.pid").unlink(missing_ok=True)
        self.database.start()

    def kill_broker(self, *, away_seconds: float = 0.5) -> None:
        """Redis ends, is away for a moment, and comes back."""
        self.broker.kill()
        time.sleep(away_seconds)
        self.broker.start()

    def variables(self) -> dict[str, str]:
        """What programs of the service get to work on this ground."""
        return {
            **environment.database_urls(DATABASE, self.cluster.port, self.secrets),
            "BROKER_URL": environment.broker_url(self.redis.port, self.secrets),
            **environment.keys(self.secrets),
            "PLACEWATCH_STATE": str(self.state.path),
            "PLACEWATCH_HTTPS": "0",
            "PLACEWATCH_LOOPBACK_RECEIVERS": "1",
        }

    def connect(self, *, seconds: float = 60) -> psycopg.Connection:
        """A superuser's connection to the storm's database, for counting; waits until the server is back."""
        deadline = time.monotonic() + seconds
        while True:
            try:
                return psycopg.connect(self._address(DATABASE), autocommit=True)
            except psycopg.OperationalError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)

    def _make_template(self) -> None:
        stamp, print_now = self.state.stamps / "template", stamps.fingerprint([ROLES, *_sources()])
        if stamps.is_current(stamp, print_now):
            return
        self._as_superuser("drop database if exists {} with (force)", DATABASE)
        self._as_superuser("drop database if exists {} with (force)", TEMPLATE)
        self.cluster.make_roles(TEMPLATE, self.secrets, log=self.state.logs / "roles.log")
        if self._dump:
            self._restore(self._dump)
        else:
            self._migrate()
        stamps.set_stamp(stamp, print_now)

    def _restore(self, dump: Path) -> None:
        # Into an empty one: what the roles' script puts into each database, the dump brings too.
        self._as_superuser("drop database {}", TEMPLATE)
        self._as_superuser("create database {} owner placewatch_owner", TEMPLATE)
        restore = [str(PROGRAMS / "pg_restore"), "--exit-on-error", "--dbname", self._address(TEMPLATE), str(dump)]
        subprocess.run(restore, check=True)

    def _migrate(self) -> None:
        urls = environment.database_urls(TEMPLATE, self.cluster.port, self.secrets)
        variables = environment.of_machine() | environment.of_operator(self.variables() | urls)
        # A template that a crash leaves half made is made anew: no commit of it needs to wait for the disk.
        variables["PGOPTIONS"] = "-c synchronous_commit=off"
        for command in (["migrate", "--database", "owner", "-v", "0"], ["load_reference"]):
            with (self.state.logs / "template.log").open("ab") as log:
                subprocess.run(
                    [str(PYTHON), "manage.py", *command],
                    cwd=CHECKOUT,
                    env=variables,
                    stdout=log,
                    stderr=log,
                    check=True,
                )

    def _as_superuser(self, statement: str, *names: str) -> None:
        with psycopg.connect(self._address("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    def _address(self, database: str) -> str:
        password = self.secrets["SUPERUSER_PASSWORD"]
        return f"postgresql://{SUPERUSER}:{password}@127.0.0.1:{self.cluster.port}/{database}"


def _sources() -> list[Path]:
    """What the template is made from."""
    patterns = ("*/migrations/*.py", "db/**/*.sql", "*/reference/*", "requirements.txt")
    return [file for pattern in patterns for file in sorted(CHECKOUT.glob(pattern)) if file.is_file()]
