"""Does a person learn that new lines wait, once a working day, and nothing of what they say?"""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail

from accounts.acting import acting_for, service
from accounts.models import User
from db import clock
from notifications import digest, new_lines
from notifications.models import NewLines
from tests import factories
from tests.notifications.post import SENDER_CODE

MONDAY_AT_EIGHT = datetime(2026, 12, 7, 8, 0, tzinfo=UTC)


@pytest.fixture
def waiting(committing, settings):
    """Three new lines for somebody, and a mail server."""
    settings.EMAIL_HOST = "mail.example"
    settings.BASE_URL = "https://placewatch.example"
    person = factories.person(SENDER_CODE)
    clock.set_to(MONDAY_AT_EIGHT)
    count(person, 3)
    return person


def count(person, many: int) -> None:
    with acting_for(service(person.authority_id), "test"):
        new_lines.count_on({person.person_id: many}, authority_id=person.authority_id, at=clock.now())


def test_one_word_with_a_count_and_a_link_and_nothing_else(waiting):
    assert digest.send_waiting() == 1
    [sent] = mail.outbox
    assert sent.subject == "3 new lines in Placewatch"
    assert "https://placewatch.example/" in sent.body
    assert sent.to == [User.objects.get(id=waiting.person_id).email]
    assert digest.send_waiting() == 0


def test_what_comes_later_waits_for_the_next_working_day(waiting):
    digest.send_waiting()
    count(waiting, 2)
    clock.set_to(clock.now() + timedelta(hours=5))
    assert digest.send_waiting() == 0
    clock.set_to(MONDAY_AT_EIGHT + timedelta(days=1))
    assert digest.send_waiting() == 1
    assert mail.outbox[1].subject == "2 new lines in Placewatch"


@pytest.mark.parametrize("at", [datetime(2026, 12, 6, 12, 0, tzinfo=UTC), datetime(2026, 12, 8, 7, 59, tzinfo=UTC)])
def test_nobody_is_written_to_on_a_sunday_or_before_eight(waiting, at):
    clock.set_to(at)
    assert digest.send_waiting() == 0


def test_without_an_email_service_the_word_waits(waiting, settings):
    settings.EMAIL_HOST = ""
    assert digest.send_waiting() == 0
    with acting_for(service(waiting.authority_id), "test"):
        assert NewLines.objects.get().sent_at is None


def test_whoever_left_is_not_written_to(waiting):
    User.objects.filter(id=waiting.person_id).update(is_active=False)
    assert digest.send_waiting() == 0
