"""Does somebody bring in a file of areas in a real browser, at 320 pixels too, and read which rows are bad?"""

from playwright.sync_api import expect

from accounts.roles import Role
from tests import factories
from tests.hotspots import world as areas
from tests.journeys.browser import NARROW


def send(visitor, *features):
    page = visitor.open("/areas-of-concern/")
    page.click("text=Bring in a file")
    content = areas.file(*features)
    page.set_input_files("#file", {"name": "areas.geojson", "mimeType": "application/geo+json", "buffer": content})
    visitor.press_button()
    return page


def test_a_file_is_sent_seen_and_brought_in(visit):
    visitor = visit(factories.person(role=Role.HOTSPOT_ANALYST), viewport=NARROW)
    page = send(visitor, areas.square("A1", name="Canal Street"), areas.square("A2"))
    expect(page.locator("h1")).to_have_text("What the file would do")
    assert visitor.faults() == []
    assert not visitor.scrolls_sideways()

    page.check("text=Bring it in; new areas are drafts")
    visitor.press_button()

    expect(page.locator("h1")).to_have_text("Areas of concern")
    expect(page.locator("main")).to_contain_text("2 new, 0 changed, 0 as they were")


def test_bad_rows_are_listed_and_the_fault_takes_the_focus(visit):
    visitor = visit(factories.person(role=Role.HOTSPOT_ANALYST))
    page = send(visitor, areas.square("A1", geometry=areas.polygon(width=5)), areas.square("A2", valid_to="soon"))
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    expect(page.locator("main")).to_contain_text("Row 1: It is 25 square metres")
    expect(page.locator("main")).to_contain_text("Row 2: Its valid_to is not a date")
    assert visitor.faults() == []
