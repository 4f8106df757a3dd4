"""Can it be said why a duty is late, by whoever may close it, with the lateness still a fact?"""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from accounts.exceptions import NotPermitted
from accounts.roles import Role
from duties import board, handling
from duties.actions import WHY_LATE
from duties.exceptions import ReasonMissing
from duties.models import Duty
from tests import factories
from tests.duties.owing import owe
from tests.factories import NOON, acting
from tests.web.browser import at_rotherham, words

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=14)


def test_the_words_stand_in_the_history_and_the_duty_is_as_late_as_before():
    adviser = factories.person(role=Role.LEAVING_CARE_ADVISER)
    duty = owe(adviser)
    with acting(adviser):
        handling.say_why_late(duty.id, words=" He was in hospital. ", by=adviser, at=LATER)

        [said] = duty.history.filter(what=WHY_LATE)
        assert (said.reason, said.by, said.at) == ("He was in hospital.", "Priya Nair", LATER)
        assert board.is_late(Duty.objects.get(id=duty.id), LATER.date())


def test_it_needs_words_and_a_role_that_closes_duties():
    adviser = factories.person(role=Role.LEAVING_CARE_ADVISER)
    duty = owe(adviser)
    with acting(adviser), pytest.raises(ReasonMissing):
        handling.say_why_late(duty.id, words=" ", by=adviser, at=LATER)
    auditor = factories.person(role=Role.AUDITOR)
    with acting(auditor), pytest.raises(NotPermitted):
        handling.say_why_late(duty.id, words="Because", by=auditor, at=LATER)


def test_another_authoritys_duty_is_not_found():
    duty = owe(factories.person(role=Role.LEAVING_CARE_ADVISER))
    stranger = factories.person(factories.SHEFFIELD, Role.LEAVING_CARE_ADVISER)
    with acting(stranger), pytest.raises(Duty.DoesNotExist):
        handling.say_why_late(duty.id, words="Because", by=stranger, at=LATER)


def test_the_page_of_a_late_duty_asks_why_and_shows_what_was_said():
    adviser, browser = at_rotherham(Role.LEAVING_CARE_ADVISER)
    early = owe(adviser)
    late = owe(adviser, key="two", due_on=date(2026, 11, 1), late_from=date(2026, 11, 2))
    assert "Say why it is late" not in words(browser.get(reverse("duty", args=[early.id])))
    page = reverse("duty", args=[late.id])

    assert "Say why it is late" in words(browser.get(page))
    browser.post(reverse("why_late", args=[late.id]), {"words": "He was in hospital."})

    assert "He was in hospital." in words(browser.get(page))
