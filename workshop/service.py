"""The running service as a whole: what is it made of, is it complete, is it healthy?"""

import json
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass

from workshop import env_file, environment, ports, programs, secrets_file, supervisor
from workshop.broker import Broker
from workshop.cluster import Cluster
from workshop.folders import StateFolder
from workshop.obstacles import Obstacle
from workshop.progress import tail

DATABASE = "placewatch"
FIRST_WEB_PORT = 8000
SECONDS_UNTIL_HEALTHY = 120
NOT_KEPT_RUNNING = {"STOPPED", "EXITED", "FATAL"}


@dataclass(frozen=True)
class Service:
    """The service of one state folder, with the variables that the person gave."""

    state: StateFolder
    given: Mapping[str, str]

    @property
    def own_database(self) -> bool:
        return environment.uses_own_database(self.given)

    @property
    def own_broker(self) -> bool:
        return environment.uses_own_broker(self.given)

    @property
    def cluster(self) -> Cluster:
        return Cluster(self.state, durable=True)

    @property
    def broker(self) -> Broker:
        return Broker(self.state, durable=True)

    @property
    def supervisor(self) -> supervisor.Supervisor:
        return supervisor.Supervisor(self.state)

    def variables(self) -> dict[str, str]:
        """The variables as the last start composed them."""
        return env_file.read(self.state.variables)

    def is_up(self) -> bool:
        """Whether a start got to its end: every part was started, and the supervisor keeps it running."""
        states = self.supervisor.states()
        return bool(states) and not NOT_KEPT_RUNNING & set(states.values())

    def renew_replaced_database(self) -> None:
        """Restart the private database where apt has put another version under it, which breaks it."""
        if "database" in self.supervisor.states() and self.cluster.runs_replaced_program():
            self.supervisor.restart_part("database")

    def stop(self) -> None:
        """Stop every part, and whatever an interrupted start or a crash has left of them."""
        self.supervisor.stop()
        self.cluster.stop()
        self.broker.stop()
        self.supervisor.end_orphans()

    def configure(self) -> dict[str, str]:
        """Pick ports, write every part's settings, and keep the variables for bin/manage."""
        secrets = secrets_file.read_or_make(self.state)
        composed = environment.keys(secrets)
        if not self.own_database:
            self.cluster.prepare(secrets["SUPERUSER_PASSWORD"])
            composed |= environment.database_urls(DATABASE, self.cluster.port, secrets)
        if not self.own_broker:
            self.broker.prepare(secrets["BROKER_PASSWORD"])
            composed["BROKER_URL"] = environment.broker_url(self.broker.port, secrets)
        port = web_port(self.given.get("PLACEWATCH_PORT"))
        composed |= {
            "PLACEWATCH_PORT": str(port),
            "PLACEWATCH_BASE_URL": f"http://{ports.LOOPBACK}:{port}",
            "PLACEWATCH_RECEIVER_PORT": str(ports.keep_or_pick(self.state.ports, "receiver")),
            "PLACEWATCH_HTTPS": "0",
            "PLACEWATCH_EXAMPLE": "1",
            "PLACEWATCH_LOOPBACK_RECEIVERS": self.given.get("PLACEWATCH_EXAMPLE", "1"),
        }
        whole = composed | dict(self.given) | {"PLACEWATCH_STATE": str(self.state.path)}
        env_file.write(self.state.variables, whole)
        return whole

    def start_foundations(self, whole: Mapping[str, str]) -> subprocess.Popen:
        """Start the supervisor with the private database and broker, and wait for these two."""
        parts = [supervisor.service_part(name) for name in programs.names(whole)]
        if not self.own_database:
            parts.append(supervisor.database_part(self.cluster))
        if not self.own_broker:
            parts.append(supervisor.broker_part(self.broker))
        running = self.supervisor.start(parts)
        if not self.own_database:
            self.cluster.wait()
        if not self.own_broker:
            self.broker.wait()
        return running

    def make_roles(self) -> None:
        """Make the private database with its roles; a database of one's own has had its DBA."""
        if not self.own_database:
            secrets = secrets_file.read_or_make(self.state)
            self.cluster.make_roles(DATABASE, secrets, log=self.state.logs / "roles.log")

    def start_programs(self, whole: Mapping[str, str]) -> None:
        """Start the service's own programs."""
        self.supervisor.start_parts(programs.names(whole))

    def wait_until_healthy(self, whole: Mapping[str, str]) -> None:
        """Wait until every part runs and the web says that every part is well."""
        deadline = time.monotonic() + SECONDS_UNTIL_HEALTHY
        while True:
            status, parts = health(whole)
            states = self.supervisor.states()
            if not states:
                raise Obstacle(f"Placewatch was stopped before it was healthy: see {self.state.logs}.")
            if status == 200 and set(states.values()) == {"RUNNING"}:
                return
            if time.monotonic() > deadline:
                unwell = [name for name, state in states.items() if state != "RUNNING"]
                unwell = unwell or [name for name, word in parts.items() if word != "ok"] or ["web"]
                log = self.state.logs / f"{unwell[0]}.log"
                raise Obstacle(
                    f"Placewatch did not become healthy ({', '.join(unwell)}): see {log}.",
                    log_tail=tail(log) if log.exists() else "",
                )
            time.sleep(0.25)


def web_port(wanted: str | None) -> int:
    """The port asked for, which must be free, else the first free one from 8000 upwards."""
    if not wanted:
        return ports.first_free(FIRST_WEB_PORT)
    if not (wanted.isdigit() and 0 < int(wanted) < 65536):
        raise Obstacle(f"PLACEWATCH_PORT is {wanted}, which is no port: set it to a number from 1024 to 65535.")
    if not ports.is_free(int(wanted)):
        raise Obstacle(
            f"Port {wanted} is taken (or not allowed to this account): set PLACEWATCH_PORT to another, or unset it."
        )
    return int(wanted)


def web_address(whole: Mapping[str, str]) -> str:
    """Where the web listens on this machine."""
    return f"http://{ports.LOOPBACK}:{whole['PLACEWATCH_PORT']}/"


def receiver_address(whole: Mapping[str, str]) -> str:
    """Where the example's receiver shows the notices that it was given."""
    return f"http://{ports.LOOPBACK}:{whole['PLACEWATCH_RECEIVER_PORT']}/"


def health(whole: Mapping[str, str]) -> tuple[int, dict[str, str]]:
    """What /health/ready answers: its status (0 where nothing does) and each part's word."""
    try:
        with urllib.request.urlopen(f"{web_address(whole)}health/ready", timeout=5) as answer:  # noqa: S310 - loopback
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as answer:
        try:
            return answer.code, json.load(answer)
        except ValueError:
            return answer.code, {}
    except (OSError, ValueError):
        return 0, {}
