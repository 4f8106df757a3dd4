"""Does the private database come up again after whatever a crash left behind?"""

import os
import signal

import psycopg
import pytest
import redis

from workshop import environment, processes, secrets_file
from workshop.broker import Broker
from workshop.cluster import Cluster
from workshop.folders import StateFolder
from workshop.obstacles import Obstacle
from workshop.system_account import is_root


@pytest.fixture
def cluster(state):
    made = Cluster(state, durable=True)
    yield made
    made.stop()


@pytest.fixture
def secrets(state):
    return secrets_file.read_or_make(state)


def _start(cluster, secrets):
    cluster.prepare(secrets["SUPERUSER_PASSWORD"])
    cluster.start()
    cluster.make_roles("trial", secrets, log=cluster.state.logs / "roles.log")


def _rows(cluster, secrets, role="MIGRATION_DATABASE_URL"):
    with psycopg.connect(environment.database_urls("trial", cluster.port, secrets)[role]) as connection:
        return connection.execute("select count(*) from kept").fetchone()[0]


def test_a_killed_database_is_recovered_with_its_rows_and_its_roles(cluster, secrets):
    _start(cluster, secrets)
    with psycopg.connect(environment.database_urls("trial", cluster.port, secrets)["MIGRATION_DATABASE_URL"]) as owner:
        owner.execute("create table kept (number int)")
        owner.execute("insert into kept values (1), (2)")
    os.kill(cluster.main_process(), signal.SIGKILL)
    cluster.stop()
    assert processes.working_in(cluster.state.cluster) == []
    _start(cluster, secrets)
    assert _rows(cluster, secrets) == 2
    assert _rows(cluster, secrets, role="DATABASE_URL") == 2


@pytest.mark.parametrize("role", ["DATABASE_URL", "WORKER_DATABASE_URL"])
def test_the_databases_log_quotes_no_row_of_the_service(cluster, secrets, role):
    _start(cluster, secrets)
    urls = environment.database_urls("trial", cluster.port, secrets)
    with psycopg.connect(urls["MIGRATION_DATABASE_URL"]) as owner:
        owner.execute("create table kept (name text primary key)")

    with psycopg.connect(urls[role]) as service, pytest.raises(psycopg.errors.UniqueViolation):
        service.execute("insert into kept values ('CANARY'), ('CANARY')")

    log = cluster.log.read_text()
    assert "duplicate key value violates unique constraint" in log
    assert "CANARY" not in log


def test_a_lock_file_whose_number_now_belongs_to_another_process_is_no_obstacle(cluster, secrets):
    _start(cluster, secrets)
    lock = cluster.state.cluster / "postmaster.pid"
    left_over = lock.read_text().splitlines()
    cluster.stop()
    lock.write_text("\n".join([str(os.getpid()), *left_over[1:]]) + "\n")
    assert cluster.main_process() is None
    cluster.stop()
    _start(cluster, secrets)
    assert cluster.main_process() not in {None, os.getpid()}


@pytest.mark.skipif(not is_root(), reason="an ordinary user's database runs as that user")
def test_a_state_folder_that_the_databases_account_cannot_enter_is_named(state, secrets):
    private = state.path / "private"
    private.mkdir(mode=0o700)
    inner = StateFolder(private)
    with pytest.raises(Obstacle, match=f"cannot enter the state folder {private}: set PLACEWATCH_STATE"):
        Cluster(inner, durable=False).prepare("password")


def test_a_killed_broker_starts_again_and_asks_for_its_password(state, secrets):
    broker = Broker(state, durable=True)
    for _ in range(2):
        broker.prepare(secrets["BROKER_PASSWORD"])
        broker.start()
        with redis.from_url(environment.broker_url(broker.port, secrets)) as client:
            assert client.ping()
        with redis.Redis(port=broker.port) as stranger, pytest.raises(redis.AuthenticationError):
            stranger.ping()
        processes.end(broker.processes(), seconds=0)
    broker.stop()
