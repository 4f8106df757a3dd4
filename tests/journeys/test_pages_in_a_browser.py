"""Can a placements officer register a move and a host acknowledge its notice, in a real browser, in any way of using it?"""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts import policy
from accounts.roles import Role
from duties.models import Duty
from notifications.models import Document
from placements.models import Placement
from tests import factories
from tests.journeys.browser import NARROW
from tests.web.test_roles import WITHOUT_ID
from web.presenters import refusals

REFUSALS = {refusals.not_permitted("").heading, refusals.SERVER_ERROR.heading, refusals.BAD_REQUEST.heading}


# Pages that want a draft that is being written, a file to be taken, a question that only a POST asks.
NO_PAGE_BY_ITSELF = {"check_placement", "check_emergency", "export_oc3", "ground", "take_in_contacts"}


def who_may_open(pattern) -> Role:
    """A manager where that role may open the page, else any role that may."""
    operation = policy.operations()[pattern.callback.operation]
    return next(role for role in (Role.MANAGER, *Role) if operation.permits(role))


def fill_date(page, name: str, day: int, month: int, year: int) -> None:
    for place, number in enumerate((day, month, year)):
        page.fill(f"#{name}_{place}", str(number))


def register_a_child_and_a_move(visitor) -> None:
    """From the children's list to the saved placement, by what the pages offer."""
    page = visitor.open("/children/new/")
    page.fill("#reference", "AG-2041")
    page.fill("#given_name", "Kayla")
    page.fill("#family_name", "Brent")
    fill_date(page, "born_on", 14, 11, 2012)
    fill_date(page, "looked_after_since", 1, 9, 2025)
    page.select_option("#legal_status", "C2")
    visitor.press_button()
    page.click("text=Register a move")
    page.check("#manner_0")
    fill_date(page, "starts_on", 7, 12, 2026)
    page.fill("#line", "Larch House")
    page.fill("#postcode", "LS1 8ED")
    page.fill("#home_postcode", "S65 1SB")
    page.select_option("#place_code", "U6")
    visitor.press_button()
    assert page.locator("h1").inner_text() == "Check before saving"
    assert "Leeds adjoins no boundary of ours" in page.inner_text("main")
    assert visitor.scripts is False or visitor.faults() == []
    visitor.press_button()
    assert "The move is registered." in page.inner_text("main")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_move_is_registered_told_and_acknowledged(visit, scripts):
    officer = visit(factories.person(), scripts=scripts)
    host = visit(factories.person(factories.LEEDS, Role.HOST_OFFICER, name="Nadia Clarke"), scripts=scripts)

    register_a_child_and_a_move(officer)
    placement = officer.page.url
    # At a distance the host is asked before it is told: here the notice is given at once.
    officer.page.goto(f"{placement}complete-notice/")
    officer.page.fill("#needs_and_suitability", "Why this place")
    officer.press_button()
    host.open("/")
    host.page.click("main table a")
    host.page.click("text=Acknowledge")
    host.page.fill("#post", "Out-of-area officer")
    host.press_button()
    officer.page.goto(placement)

    assert "Nadia Clarke, Out-of-area officer, Tuesday 1 December 2026" in officer.page.inner_text("main")


def test_whole_journey_by_keyboard_alone(visit):
    visitor = visit(factories.person())
    page = visitor.open("/place/")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    page.keyboard.press("Enter")
    tab_to(page, "postcode")
    page.keyboard.type("LS1 8ED")
    tab_to(page, "home_postcode")
    page.keyboard.type("S65 1SB")
    page.keyboard.press("Enter")

    assert "Out of area and at a distance" in page.inner_text("main")
    tab_to_tag(page, "SUMMARY")
    page.keyboard.press("Enter")
    assert page.locator("details[open]").count() == 1


def test_error_summary_takes_the_focus_and_leads_to_the_field(visit):
    visitor = visit(factories.person())
    page = visitor.open("/children/new/")

    visitor.press_button()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    page.click("text=Enter the date of birth")

    expect(page.locator("#born_on_0")).to_be_focused()


def test_no_page_has_an_accessibility_fault_or_scrolls_sideways(visit):
    officer = factories.person()
    placement = factories.placement_at(Placement.Status.PROPOSED, officer)
    unguarded = ["/about/", "/sign-in/", "/nowhere/", *paths_about(placement, officer)]
    paths = dict.fromkeys(unguarded, Role.MANAGER) | {
        reverse(pattern.name): who_may_open(pattern) for pattern in WITHOUT_ID if pattern.name not in NO_PAGE_BY_ITSELF
    }
    faults = []

    for role in dict.fromkeys(paths.values()):
        visitor = factories.person(role=role)
        wide, narrow = visit(visitor), visit(visitor, viewport=NARROW)
        for path in (path for path, whose in paths.items() if whose == role):
            for window in (wide, narrow):
                assert window.open(path).locator("h1").inner_text() not in REFUSALS, path
            faults += [f"{path}: {fault}" for fault in wide.faults()]
            faults += [f"{path} scrolls sideways at 320 pixels"] if narrow.scrolls_sideways() else []

    assert faults == []


def test_forms_with_errors_have_no_accessibility_fault(visit):
    visitor = visit(factories.person())
    faults = []

    for path in ("/children/new/", "/place/"):
        visitor.open(path)
        if path == "/place/":
            visitor.page.fill("#on_0", "")
        visitor.press_button()
        faults += visitor.faults()

    assert faults == []


def test_menu_opens_on_a_narrow_screen(visit):
    visitor = visit(factories.person(), viewport=NARROW)
    page = visitor.open("/")
    assert not page.is_visible("#navigation")

    page.click("text=Menu")

    assert page.is_visible("#navigation")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_pages_of_a_room_are_folded_on_a_narrow_screen_only(visit, scripts):
    officer = factories.person()
    narrow = visit(officer, viewport=NARROW, scripts=scripts).open("/children/")
    wide = visit(officer, scripts=scripts).open("/children/")
    fold, link = "text=Pages of “Children”", "nav[aria-label=Children] a[href='/place/']"

    assert (narrow.is_visible(fold), narrow.is_visible(link)) == (True, False)
    assert (wide.is_visible(fold), wide.is_visible(link)) == (False, True)
    narrow.click(fold)
    narrow.click(link)

    assert narrow.url.endswith("/place/")


def test_text_that_somebody_typed_runs_nothing(visit):
    officer = factories.person()
    child = factories.child(officer, given_name="<img src=x onerror=alert(1)>", family_name="\u202etxt.exe")
    visitor = visit(officer)
    alerts = []
    visitor.page.on("dialog", lambda dialog: alerts.append(dialog.message))

    visitor.open(reverse("child", args=[child.id]))

    assert visitor.page.locator("main img").count() == 0
    assert alerts == []


def paths_about(placement: Placement, officer) -> list[str]:
    """The pages about one placement, its child, a duty and the notice."""
    with factories.acting(officer):
        duty = Duty.objects.filter(subject_id=placement.id).first()
        notice = Document.objects.get(subject_id=placement.id)
    return [
        reverse("placement", args=[placement.id]),
        reverse("start_placement", args=[placement.id]),
        reverse("withdraw_placement", args=[placement.id]),
        reverse("child", args=[placement.child_id]),
        reverse("new_placement", query={"child": placement.child_id}),
        reverse("duty", args=[duty.id]),
        reverse("close_duty", args=[duty.id]),
        reverse("sent_notice", args=[notice.id]),
    ]


def tab_to(page, identity: str) -> None:
    """Press Tab until the element has the focus; fails when it cannot be reached."""
    press_tab_until(page, f"document.activeElement.id === '{identity}'")


def tab_to_tag(page, tag: str) -> None:
    press_tab_until(page, f"document.activeElement.tagName === '{tag}'")


def press_tab_until(page, reached: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(reached):
            return
    raise AssertionError(f"Tab never reached: {reached}")
