"""How is a private PostgreSQL with PostGIS made, started, stopped and recovered?"""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from workshop import ports, processes
from workshop.folders import CHECKOUT, StateFolder
from workshop.obstacles import Obstacle
from workshop.progress import run_logged, tail
from workshop.system_account import as_account, give_to

PROGRAMS = Path("/usr/lib/postgresql/15/bin")
ROLES = CHECKOUT / "db" / "roles.sql"
ACCOUNT = "postgres"
SUPERUSER = "postgres"

# sysv: a container's /dev/shm is often too small for a parallel query's shared memory.
SETTINGS = """\
# Written by each start.
listen_addresses = '127.0.0.1'
port = {port}
unix_socket_directories = ''
hba_file = '{hba_file}'
max_connections = 100
shared_buffers = 512MB
dynamic_shared_memory_type = sysv
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
password_encryption = 'scram-sha-256'
fsync = {durable}
synchronous_commit = {durable}
full_page_writes = {durable}
autovacuum = {durable}
"""
ADMISSION = "host all all 127.0.0.1/32 scram-sha-256\n"


@dataclass(frozen=True)
class Cluster:
    """A PostgreSQL cluster in a state folder; one that is not durable is for tests."""

    state: StateFolder
    durable: bool

    @property
    def port(self) -> int:
        return ports.kept(self.state.ports)["database"]

    @property
    def log(self) -> Path:
        return self.state.logs / "database.log"

    def prepare(self, superuser_password: str) -> None:
        """Make the cluster where it is missing, and write its settings; it must not be running."""
        self._check_way_in()
        if not self.state.cluster.exists():
            self._create(superuser_password)
        settings, admission = self._settings_file, self.state.path / "pg_hba.conf"
        admission.write_text(ADMISSION)
        settings.write_text(
            SETTINGS.format(
                port=ports.keep_or_pick(self.state.ports, "database"),
                hba_file=admission,
                durable="on" if self.durable else "off",
            )
        )
        for file in (settings, admission):
            file.chmod(0o644)

    def command(self) -> list[str]:
        """The server as a foreground program."""
        server = str(PROGRAMS / "postgres")
        return [server, "-D", str(self.state.cluster), "-c", f"config_file={self._settings_file}"]

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

    def wait(self, *, seconds: float = 60) -> None:
        """Wait until the server takes connections (after a crash it replays its journal first)."""
        deadline = time.monotonic() + seconds
        while not self.answers():
            if time.monotonic() > deadline:
                raise Obstacle(
                    f"The private database did not start in {seconds:.0f} seconds: see {self.log}.",
                    log_tail=tail(self.log) if self.log.exists() else "",
                )
            time.sleep(0.1)

    def answers(self) -> bool:
        """Whether the server takes connections now."""
        ask = [str(PROGRAMS / "pg_isready"), "--quiet", "-h", ports.LOOPBACK, "-p", str(self.port)]
        return subprocess.run(ask, stdout=subprocess.DEVNULL).returncode == 0

    def stop(self) -> None:
        """Stop every process of this cluster, the orphans of a crash too."""
        if main := self.main_process():
            os.kill(main, signal.SIGINT)
            processes.wait_for_end([main], seconds=30)
        processes.end(self._processes(), seconds=5)
        self._lock_file.unlink(missing_ok=True)

    def main_process(self) -> int | None:
        """The server's process id, where it is alive and really this cluster's."""
        if not self._lock_file.exists():
            return None
        first_line = self._lock_file.read_text().partition("\n")[0].strip()
        pid = int(first_line) if first_line.isdigit() else 0
        return pid if pid in self._processes() else None

    def runs_replaced_program(self) -> bool:
        """Whether apt has put another version under the running server, which would break it."""
        main = self.main_process()
        return bool(main and processes.runs_replaced_program(main))

    def make_roles(self, database: str, secrets: dict[str, str], *, log: Path) -> None:
        """Run db/roles.sql for the database: roles, extensions, default privileges."""
        names = ("owner", "app", "worker", "clock", "backup")
        lines = [f"\\set database {database}"]
        lines += [f"\\set {name}_password '{secrets[name.upper() + '_PASSWORD']}'" for name in names]
        lines += [f"\\i '{ROLES}'"]
        if not self.durable:
            lines += ["alter role placewatch_owner createdb;"]
        self._psql("\n".join(lines), secrets["SUPERUSER_PASSWORD"], log=log)

    @property
    def _settings_file(self) -> Path:
        return self.state.path / "postgresql.conf"

    @property
    def _lock_file(self) -> Path:
        return self.state.cluster / "postmaster.pid"

    def _processes(self) -> list[int]:
        return processes.working_in(self.state.cluster)

    def _check_way_in(self) -> None:
        enter = as_account(ACCOUNT, ["test", "-x", str(self.state.path)])
        if subprocess.run(enter, cwd="/").returncode:
            raise Obstacle(
                f"The database's account {ACCOUNT} cannot enter the state folder {self.state.path}: set "
                "PLACEWATCH_STATE to a folder outside private homes, or leave it unset."
            )

    def _create(self, superuser_password: str) -> None:
        # Made beside and renamed, so that an interrupted initdb leaves nothing half made.
        unfinished = self.state.path / "cluster.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir()
        give_to(ACCOUNT, unfinished)
        with tempfile.NamedTemporaryFile("w", suffix=".password") as password:
            password.write(superuser_password)
            password.flush()
            give_file(Path(password.name))
            command = [
                *(str(PROGRAMS / "initdb"), "-D", str(unfinished), f"--username={SUPERUSER}"),
                *(f"--pwfile={password.name}", "--auth=scram-sha-256"),
                *("--encoding=UTF8", "--locale=C.UTF-8", "--no-instructions"),
            ]
            run_logged(
                as_account(ACCOUNT, command),
                log=self.state.logs / "setup.log",
                failure="The private database could not be made",
            )
        unfinished.rename(self.state.cluster)
        for stamp in self.state.stamps.iterdir():
            stamp.unlink()

    def _psql(self, script: str, password: str, *, log: Path) -> None:
        command = [
            *(str(PROGRAMS / "psql"), "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1"),
            *("-h", ports.LOOPBACK, "-p", str(self.port), "-U", SUPERUSER, "-d", "postgres"),
        ]
        done = subprocess.run(
            command,
            input=script,
            env=os.environ | {"PGPASSWORD": password},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd="/",
        )
        if done.returncode:
            log.write_text(done.stdout)
            raise Obstacle(f"The database's roles could not be made from {ROLES}.", log_tail=done.stdout)


def give_file(file: Path) -> None:
    """Let the database's account alone read a file."""
    file.chmod(0o600)
    if os.geteuid() == 0:
        shutil.chown(file, ACCOUNT, ACCOUNT)
