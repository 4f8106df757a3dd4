"""Does a line of the process log name what failed and where, and never a value of a person's data?"""

import logging

import pytest
from celery import current_app
from celery.app.trace import build_tracer
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from audit.lines import OneLineFormatter

CANARY = "CANARY-KAYLA"


class Kept(logging.Handler):
    """What would stand in the log, line by line."""

    def __init__(self):
        super().__init__()
        self.setFormatter(OneLineFormatter())
        self.lines = []

    def emit(self, record):
        self.lines.append(self.format(record))


@pytest.fixture
def log():
    kept, root = Kept(), logging.getLogger()
    root.addHandler(kept)
    yield kept.lines
    root.removeHandler(kept)


def refused_row(*_):
    raise IntegrityError(
        f"null value violates not-null constraint\nDETAIL:  Failing row contains ({CANARY}, 12 Lock Steps)."
    )


def test_a_task_that_failed_is_told_by_the_type_and_place_of_its_error(log):
    task = current_app.task(refused_row, name="tests.refused_row", shared=False)

    build_tracer(task.name, task, app=current_app)("an-id", (), {}, {})

    [line] = [one for one in log if "tests.refused_row" in one]
    assert CANARY not in line
    assert "raised unexpected: IntegrityError" in line
    assert "IntegrityError at" in line
    assert "test_lines.py" in line


def test_what_a_failed_request_says_of_itself_stays_out(log):
    try:
        refused_row()
    except IntegrityError:
        logging.getLogger("api").error("An answer failed; reference %s", "R1", exc_info=True)

    [line] = log
    assert CANARY not in line
    assert "reference R1 IntegrityError at" in line


def test_an_error_given_to_a_line_as_its_words_is_told_by_its_type(log):
    logging.getLogger("celery.worker").error("Task %s failed: %r", "an-id", IntegrityError(CANARY))

    [line] = log
    assert CANARY not in line
    assert line.endswith("Task an-id failed: 'IntegrityError'")


def test_no_warning_is_written_since_celery_writes_errors_as_warnings():
    assert not logging.getLogger("py.warnings").isEnabledFor(logging.ERROR)


@pytest.mark.django_db
def test_what_stands_in_an_address_stands_in_no_line(log):
    """A guest's link and a calendar's key are halves of a secret; Django writes the address of what it refuses."""
    path = reverse("guest", args=[CANARY])
    refused = Client(enforce_csrf_checks=True).post(path, {"code": "A"})
    logging.getLogger("django.request").error(
        "Internal Server Error: %s", path, extra={"status_code": 500, "request": refused.wsgi_request}
    )

    assert refused.status_code == 403
    assert log[-1].endswith("ERROR django.request 500 at guest")
    assert not [line for line in log if CANARY in line]


@pytest.mark.parametrize("said", ["one\ntwo", "one\r\ntwo"])
def test_nobody_writes_a_second_line(said, log):
    logging.getLogger("api").warning("%s", said)

    [line] = log
    assert len(line.splitlines()) == 1
