"""Can a council's own system read the list of before Placewatch, and answer it in bulk?"""

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import User
from duties.models import Duty
from placements.models import GoLive, Placement, ToldBefore
from tests import factories
from tests.databases import NOON

pytestmark = pytest.mark.django_db
LIST = "/api/v1/placements/before-we-began/"


@pytest.fixture
def before():
    """A current placement at a distance that started a week before go-live, and a browser of whoever registered it."""
    actor = factories.person()
    made = factories.placement_at(Placement.Status.STARTED, actor, reason_for_distance="Her sister lives there.")
    with factories.acting(actor):
        GoLive.objects.create(authority_id=actor.authority_id, on=date(2026, 12, 14), set_at=NOON, set_by="test")
    browser = Client()
    browser.force_login(User.objects.get(id=actor.person_id))
    return actor, made, browser


def answer(browser: Client, body: dict):
    headers = {"Idempotency-Key": str(uuid4())}
    return browser.post(f"{LIST}answer/", body, content_type="application/json", headers=headers)


def test_the_list_tells_each_with_why_it_is_there(before):
    _, made, browser = before

    told = browser.get(LIST).json()["results"]

    assert [(one["id"], one["reason_for_distance"]) for one in told] == [(str(made.id), "Her sister lives there.")]


def test_told_with_evidence_leaves_the_list(before):
    actor, made, browser = before

    said = answer(browser, {"placements": [str(made.id)], "told_on": "2026-01-12", "evidence": "A letter"})

    assert (said.status_code, said.json()) == (200, {"stated": 1})
    with factories.acting(actor):
        assert ToldBefore.objects.get().told_on == date(2026, 1, 12)
    assert browser.get(LIST).json()["results"] == []


def test_no_trace_makes_notice_owed(before):
    actor, made, browser = before

    assert answer(browser, {"placements": [str(made.id)], "no_trace": "planned"}).json() == {"stated": 1}

    with factories.acting(actor):
        assert Duty.objects.filter(subject_id=made.id, kind="notice_to_host").exists()
    assert browser.get(LIST).json()["results"] == []


@pytest.mark.parametrize(
    "body", [{}, {"told_on": "2026-01-12"}, {"told_on": "2026-01-12", "evidence": "A letter", "no_trace": "planned"}]
)
def test_half_an_answer_or_two_is_refused(before, body):
    _, made, browser = before

    assert answer(browser, {"placements": [str(made.id)], **body}).status_code == 400
