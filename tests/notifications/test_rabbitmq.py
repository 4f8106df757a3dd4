"""Does the post go through RabbitMQ's quorum queues too, and through its death? A private node, killed for real."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from notifications.states import State
from tests.programs import Program, answers, ended_at_last, wait_until

PROGRAMS = Path("/usr/lib/rabbitmq/bin")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@pytest.fixture
def rabbit(tmp_path):
    """A node of this test's own: its folders, its name, its ports, its epmd."""
    if not (PROGRAMS / "rabbitmq-server").exists():
        pytest.skip("needs rabbitmq-server from Debian, which is not installed for the tests")
    port = free_port()
    variables = os.environ | {
        "HOME": str(tmp_path),
        "RABBITMQ_NODENAME": f"storm{port}@localhost",
        "RABBITMQ_NODE_PORT": str(port),
        "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
        "RABBITMQ_DIST_PORT": str(free_port()),
        "RABBITMQ_MNESIA_BASE": str(tmp_path / "data"),
        "RABBITMQ_LOG_BASE": str(tmp_path / "log"),
        "RABBITMQ_CONF_ENV_FILE": "/dev/null",
        "RABBITMQ_CONFIG_FILE": str(tmp_path / "none"),
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(tmp_path / "plugins"),
        "RABBITMQ_PID_FILE": str(tmp_path / "pid"),
        "ERL_EPMD_PORT": str(free_port()),
        "ERL_EPMD_ADDRESS": "127.0.0.1",
    }
    (tmp_path / "plugins").write_text("[].\n")
    program = Program([str(PROGRAMS / "rabbitmq-server")], tmp_path, **variables)
    program.url = f"amqp://guest:guest@127.0.0.1:{port}//"
    program.answers = lambda: answers(port)
    program.variables = variables
    with ended_at_last(program):
        program.start()
        wait_until(program.answers, f"RabbitMQ: {program.log}")
        yield program
    # The port mapper outlives its node.
    subprocess.run(["epmd", "-port", variables["ERL_EPMD_PORT"], "-kill"], env=variables, capture_output=True)


@pytest.fixture
def celery(tmp_path, rabbit, committing):
    """Celery's worker with its timetable, on RabbitMQ."""
    variables = {
        name: value
        for name, value in os.environ.items()
        if name not in {"MIGRATION_DATABASE_URL", "CLOCK_DATABASE_URL"}
    } | {
        "DATABASE_URL": f"{os.environ['WORKER_DATABASE_URL'].rsplit('/', 1)[0]}/{committing}",
        "BROKER_URL": rabbit.url,
        "PLACEWATCH_LOOPBACK_RECEIVERS": "1",
        "PLACEWATCH_STATE": str(tmp_path),
    }
    options = ["--concurrency", "1", "--beat", "--loglevel", "INFO"]
    program = Program([sys.executable, "-m", "celery", "-A", "config", "worker", *options], tmp_path, **variables)
    with ended_at_last(program):
        yield program


def kinds_of_queues(rabbit) -> dict[str, str]:
    told = subprocess.run(
        [str(PROGRAMS / "rabbitmqctl"), "--quiet", "list_queues", "name", "type"],
        env=rabbit.variables,
        capture_output=True,
        text=True,
    )
    return dict(line.split("\t") for line in told.stdout.splitlines() if "\t" in line)


def test_the_post_goes_by_quorum_queues_and_on_after_rabbitmq_was_killed(post, receiver, celery, rabbit):
    first = post.send()
    celery.start()
    wait_until(lambda: post.delivery(first).state == State.GIVEN, f"the worker: {celery.log}")
    queues = kinds_of_queues(rabbit)
    assert {queues["work"], queues["post"]} == {"quorum"}
    rabbit.kill()
    second = post.send()
    rabbit.start()
    wait_until(rabbit.answers, "RabbitMQ, again")
    wait_until(
        lambda: post.delivery(second).state == State.GIVEN, f"the worker, after RabbitMQ came back: {celery.log}"
    )
    assert receiver.taken == [str(post.delivery(one).id) for one in (first, second)]
