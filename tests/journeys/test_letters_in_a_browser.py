"""Story 3 in a real browser: letters checked, made and marked, a guest who reads and says so, and who can be reached."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.acting import acting_for, operator
from accounts.roles import Role
from notifications.guests import guests
from notifications.models import Contact, Document
from placements.letters import prepare
from placements.models import Letter, Placement
from tests import factories
from tests.journeys.browser import NARROW
from tests.placements.letters.world import FATHER, decide, listed

NUMBER = "01632 960400"


@pytest.fixture
def hari(site):
    return factories.person(name="Hari Lal")


@pytest.fixture
def plan(hari) -> Placement:
    """A planned move with its list, a father who is withheld and a contact of the host on file."""
    theirs = factories.authority(factories.LEEDS).id
    with acting_for(operator(theirs), "test"):
        Contact.objects.create(
            authority_id=theirs,
            purpose="placement_notices",
            telephone=NUMBER,
            starts_on=date(2025, 2, 3),
            confirmed_on=date(2025, 2, 3),
            confirmed_by="R. Pell",
        )
    made = factories.placement_at(Placement.Status.PROPOSED, hari)
    decide(made, hari, "b", FATHER, "notice")
    listed(made, hari)
    return made


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_letters_are_checked_made_and_marked(visit, plan, hari, scripts):
    officer = visit(hari, scripts=scripts)
    page = officer.open(reverse("placement", args=[plan.id]))

    page.click("text=Letters to the people who are told")
    page.click("text=Say whether it is this person")
    assert FATHER in page.inner_text("main")
    page.check("#is_the_one_1")
    officer.press_button()
    page.click("text=Prepare letters")
    assert "Withheld: decided by Tom Oakes" in page.inner_text("main")
    assert page.locator("input[name=correspondents]").count() == 12
    officer.press_button()
    assert "12 letters are made" in page.inner_text("main")
    page.locator("input[name=letters]").first.check()
    page.check("#fact_2")
    officer.press_button()

    assert "Handed over Tuesday 1 December 2026, by Hari Lal" in page.inner_text("main")


def test_a_guest_opens_with_the_code_and_says_by_name_that_they_have_read_it(visit, plan, hari):
    with factories.acting(hari):
        notice = Document.objects.get(subject_id=plan.id)
        made = guests.invite(document_id=notice.id, number=NUMBER, by=hari, at=notice.composed_at)
    guest = visit(None)
    page = guest.open(reverse("guest", args=[made.token]))
    assert "Kayla" not in page.content()
    assert guest.faults() == []

    page.fill("#code", made.code)
    guest.press_button()
    assert "Kayla" in page.inner_text("main")
    assert guest.faults() == []
    page.fill("#person", "R. Pell")
    page.fill("#post", "Notifications")
    guest.press_button()

    assert "Whoever sent it sees that you have read it." in page.inner_text("main")
    sender = visit(hari).open(reverse("sent_notice", args=[notice.id]))
    assert "By a one-time link, without an account" in sender.inner_text("main")


def test_pages_of_letters_and_the_directory_have_no_accessibility_fault_and_do_not_scroll_sideways(visit, plan, hari):
    manager = factories.person(role=Role.MANAGER)
    wide, narrow = visit(manager), visit(manager, viewport=NARROW)
    with factories.acting(hari):
        notice = Document.objects.get(subject_id=plan.id)
        someone = plan.correspondents.get(code="school")
        asked = plan.correspondents.get(code="parents")
    batch = _batch(hari, plan)
    leeds = factories.authority(factories.LEEDS).id
    faults = []
    for path in (
        reverse("letters", args=[plan.id]),
        reverse("prepare_letters", args=[plan.id]),
        reverse("add_correspondent", args=[plan.id]),
        reverse("take_over_list", args=[plan.id]),
        reverse("remove_correspondent", args=[someone.id]),
        reverse("say_about", args=[asked.id]),
        reverse("many_letters"),
        reverse("letter_batch", args=[batch.batch]),
        reverse("correct_letter", args=[batch.id]),
        reverse("guest_invite", args=[notice.id]),
        reverse("key_acknowledgement", args=[notice.id]),
        reverse("readiness"),
        reverse("drill"),
        reverse("import_contacts"),
        reverse("directory_of", args=[leeds]),
        reverse("change_contact", args=[leeds]),
    ):
        wide.open(path)
        narrow.open(path)
        faults += [f"{path}: {fault}" for fault in wide.faults()]
        faults += [f"{path} scrolls sideways at 320 pixels"] if narrow.scrolls_sideways() else []

    assert faults == [], "\n".join(faults)


def _batch(hari, plan) -> Letter:
    with factories.acting(hari):
        school = plan.correspondents.get(code="school")
        [made] = prepare.prepare(
            placement_id=plan.id,
            about="placement",
            correspondent_ids=[school.id],
            by=hari,
            at=plan.recorded_at,
        )
        return made
