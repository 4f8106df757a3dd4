"""Are placements of before Placewatch answered in bulk, with evidence, and never called late?"""

from datetime import date

import pytest

from accounts.roles import Role
from duties.models import Duty
from placements.models import GoLive, Placement, ToldBefore
from tests import factories
from tests.databases import NOON
from tests.web.browser import at_rotherham, day, words

pytestmark = pytest.mark.django_db
WHERE = "/before-we-began/"
ANSWER = {"answer": "told", **day("told_on", 12, 1, 2026), "evidence": "E-mail in the file"}


@pytest.fixture
def before() -> Placement:
    """A current placement at a distance that started a week before go-live."""
    actor = factories.person()
    placement = factories.placement_at(Placement.Status.STARTED, actor)
    with factories.acting(actor):
        GoLive.objects.create(authority_id=actor.authority_id, on=date(2026, 12, 14), set_at=NOON, set_by="test")
    return placement


def test_first_page_leads_to_the_list(before):
    _, browser = at_rotherham()

    assert "1 placement began before Placewatch." in words(browser.get("/"))
    assert "since 7 December 2026" in words(browser.get(WHERE))


def test_ticked_placements_are_stated_with_their_evidence_and_leave_the_list(before):
    actor, browser = at_rotherham()

    browser.post(WHERE, ANSWER | {"placements": [str(before.id)]})

    with factories.acting(actor):
        stated = ToldBefore.objects.get(placement=before)
    assert (stated.told_on, stated.evidence, stated.stated_by) == (
        date(2026, 1, 12),
        "E-mail in the file",
        "Priya Nair",
    )
    assert "The list is empty." in words(browser.get(WHERE))


def test_nothing_is_stated_without_evidence_or_without_a_tick(before):
    _, browser = at_rotherham()

    page = browser.post(WHERE, ANSWER | {"evidence": ""})

    assert page.status_code == 400
    assert "Tick the placements that you state this for." in words(page)
    assert "Say how you know that the host was told." in words(page)


def test_role_that_cannot_answer_is_shown_no_list(before):
    _, browser = at_rotherham(Role.SOCIAL_WORKER)

    assert "began before Placewatch" not in words(browser.get("/"))


def test_no_trace_lets_the_law_s_days_run_and_takes_it_off_the_list(before):
    actor, browser = at_rotherham()

    browser.post(WHERE, {"answer": "no_trace_planned", "placements": [str(before.id)]})

    assert "The list is empty." in words(browser.get(WHERE))
    with factories.acting(actor):
        assert not ToldBefore.objects.exists()
        owed = Duty.objects.get(subject_id=before.id, kind="notice_to_host", closed_at=None)
    assert owed.late_from == date(2026, 12, 7)
