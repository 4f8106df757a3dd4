"""In a browser: letters for many children are made while a page says how far; a file of contacts is shown first."""

import pytest
from django.urls import reverse

from accounts.roles import Role
from placements.letters import jobs
from placements.models import Placement
from tests import factories
from tests.factories import NOON
from tests.journeys.browser import NARROW
from tests.placements.letters.world import listed

HEAD = "gss_code,role,email,telephone,last_confirmed\n"


@pytest.fixture
def manager(committing):
    return factories.person(role=Role.MANAGER, name="Tom Oakes")


def looked_at(*visitors) -> list[str]:
    """What is wrong with the page that each stands at."""
    wrong = [f"{one.page.url}: {fault}" for one in visitors if one.scripts for fault in one.faults()]
    return wrong + [f"{one.page.url} scrolls sideways" for one in visitors if one.scrolls_sideways()]


def says(visitor) -> str:
    return " ".join(visitor.page.text_content("main").split())


def test_letters_for_many_children_are_asked_for_and_taken_without_scripts(manager, visit):
    plans = [factories.placement_at(Placement.Status.PROPOSED, manager) for _ in range(3)]
    for one in plans[:2]:
        listed(one, manager)
    wide = visit(manager)
    narrow = visit(manager, viewport=NARROW, scripts=False)
    narrow.open(reverse("many_letters"))
    assert narrow.page.locator("main input[type=checkbox]").count() == 2, "the third child's list is empty"
    for box in narrow.page.locator("main label", has_text="CH-").all():
        box.click()
    narrow.press_button()
    assert "Done for 0 of 2 children." in says(narrow)
    where = narrow.page.url.removeprefix(narrow.address)
    wide.open(where)
    assert looked_at(wide, narrow) == []

    jobs.make_waiting(manager.authority_id, at=NOON)

    narrow.page.click("text=See how far it is now")
    assert "Print, in the order of the envelopes" in says(narrow)
    wide.open(where)
    wrong = looked_at(wide, narrow)
    wide.open(reverse("many_letters"))
    assert wrong + looked_at(wide) == []
    printed = wide.page.request.get(f"{wide.address}{where}print/")
    assert printed.body().startswith(b"%PDF-")


def test_a_file_of_contacts_is_chosen_shown_and_taken_in_without_its_bad_row(manager, visit, tmp_path):
    file = tmp_path / "contacts.csv"
    file.write_text(
        f"{HEAD}E99,duty_desk,a@b.example,,2026-01-01\nE08000039,duty_desk,desk@sheffield.example,,2026-01-01\n"
    )
    for visitor in (visit(manager), visit(manager, viewport=NARROW)):
        visitor.open(reverse("import_contacts"))
        wrong = looked_at(visitor)
        visitor.page.set_input_files("#file", file)
        visitor.press_button()
        assert "Nothing has been taken in yet. 1 row cannot be read: put it right" in says(visitor)
        assert wrong + looked_at(visitor) == []
    visitor.page.locator("main label", has_text="Leave out the row").click()
    visitor.press_button()
    assert "1 new, 0 the same, 0 wait for a call back. Left out: 1 row that" in visitor.page.text_content("body")


def test_the_pages_about_the_post_itself_have_no_faults(manager, visit):
    wrong = []
    for visitor in (visit(manager), visit(manager, viewport=NARROW)):
        for name in ("undelivered", "health_board", "readiness"):
            visitor.open(reverse(name))
            wrong += looked_at(visitor)
    assert wrong == []
