"""Are duties shown by date with their kind and working, and closed only with words?"""

from datetime import date

import pytest
from django.urls import reverse

from accounts.roles import Role
from duties.actions import raise_duties
from duties.models import Basis, Duty
from duties.owed import Owed
from tests import factories
from tests.databases import NOON
from tests.web.browser import at_rotherham, words

pytestmark = pytest.mark.django_db
SUBJECT = "3fa85f64-5717-4562-b3fc-2c963f66afa6"


def owed(
    actor, key: str, *, due_on: date | None, role: Role = Role.PLACEMENT_OFFICER, basis: Basis = Basis.LAW
) -> Duty:
    late_from = date.fromordinal(due_on.toordinal() + 1) if due_on else None
    one = Owed(
        key=key,
        kind="test",
        title=f"Duty {key}",
        basis=basis,
        citation="Act 1989, s. 1",
        subject_kind="authority",
        subject_id=SUBJECT,
        subject_reference="AG-1",
        due_on=due_on,
        late_from=late_from,
        working=("Fri 25 December 2026, Christmas Day",),
        role=role,
    )
    with factories.acting(actor):
        return raise_duties([one], authority_id=actor.authority_id, by=actor.name, at=NOON)[0]


def test_duties_stand_soonest_first_and_late_says_since_when():
    actor, browser = at_rotherham()
    owed(actor, "one", due_on=date(2026, 11, 30))
    owed(actor, "two", due_on=date(2026, 12, 1))
    owed(actor, "three", due_on=None)

    page = words(browser.get("/duties/"))

    assert page.index("Duty one") < page.index("Duty two") < page.index("Duty three")
    assert "Monday 30 November 2026 Late since Tuesday 1 December 2026" in page
    assert page.count("Late since") == 1
    assert "No time limit" in page


@pytest.mark.parametrize(
    ("basis", "said"),
    [
        (Basis.LAW, "Law"),
        (Basis.STATUTORY_GUIDANCE, "Statutory guidance"),
        (Basis.LOCAL_RULE, "Our own rule"),
        (Basis.PRACTICE, "Practice"),
    ],
)
def test_every_duty_says_of_which_kind_it_is_and_how_its_date_was_counted(basis, said):
    actor, browser = at_rotherham()
    duty = owed(actor, "one", due_on=date(2026, 12, 29), basis=basis)

    page = words(browser.get(reverse("duty", args=[duty.id])))

    assert f"Kind {said}" in page
    assert "Act 1989, s. 1" in page
    assert "Tuesday 29 December 2026" in page
    assert "Fri 25 December 2026, Christmas Day" in page


def test_duty_is_closed_with_evidence():
    actor, browser = at_rotherham()
    duty = owed(actor, "one", due_on=None)

    browser.post(reverse("close_duty", args=[duty.id]), {"closing": "met", "words": "Sent by post on Monday"})

    page = words(browser.get(reverse("duty", args=[duty.id])))
    assert "Met, Tuesday 1 December 2026, 12:00, by Priya Nair" in page
    assert "Sent by post on Monday" in page


def test_duty_is_not_closed_without_words():
    actor, browser = at_rotherham()
    duty = owed(actor, "one", due_on=None)

    page = browser.post(reverse("close_duty", args=[duty.id]), {"closing": "not_owed", "words": "  "})

    assert page.status_code == 400
    assert "a duty is not closed without words" in words(page)


def test_duty_that_somebody_else_closed_says_who_was_first():
    actor, browser = at_rotherham()
    duty = owed(actor, "one", due_on=None)
    browser.post(reverse("close_duty", args=[duty.id]), {"closing": "met", "words": "Done"})

    page = browser.post(reverse("close_duty", args=[duty.id]), {"closing": "met", "words": "Done again"})

    assert page.status_code == 409
    assert "already closed as “met” by Priya Nair" in words(page)


def test_first_page_shows_what_waits_for_the_role_within_a_week():
    actor, browser = at_rotherham()
    owed(actor, "mine", due_on=date(2026, 12, 8))
    owed(actor, "later", due_on=date(2026, 12, 9))
    owed(actor, "director", due_on=date(2026, 12, 1), role=Role.DIRECTOR)
    _, manager = at_rotherham(Role.MANAGER)

    mine, all_of_them = words(browser.get("/")), words(manager.get("/"))

    assert "Duty mine" in mine
    assert "Duty later" not in mine
    assert "Duty director" not in mine
    assert "Duty director" in all_of_them
