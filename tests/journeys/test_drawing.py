"""Can an analyst draw an area on the map, by pointer and by keyboard alone, and does the map write what is saved?"""

import re

import pytest
from playwright.sync_api import expect

from accounts.roles import Role
from hotspots.models import Hotspot, Version
from tests import factories
from tests.journeys.browser import NARROW

SQUARE = "430000, 433000\n430200, 433000\n430200, 433200\n430000, 433200"


@pytest.fixture
def analyst(committing):
    return factories.person(role=Role.HOTSPOT_ANALYST, name="DC Mark Tolley")


def lines(page) -> list[tuple[float, ...]]:
    return [tuple(map(float, one.split(", "))) for one in page.input_value("#corners").splitlines() if one]


def go_to_leeds(page) -> None:
    """The frame around a postcode is 800 metres wide."""
    page.fill("#draw-postcode", "LS1 8ED")
    page.click("text=Go there")
    expect(page.locator("svg.placewatch-draw")).to_have_attribute("viewBox", re.compile(" 800 800$"))


def save(page) -> None:
    page.click("main form button[name=act]")


def saved() -> Version:
    with factories.acting(factories.person(role=Role.HOTSPOT_ANALYST, name="DC Mark Tolley")):
        return Version.objects.select_related("hotspot").get(superseded_at=None)


def test_corners_pressed_on_the_map_become_lines_and_are_saved(visit, analyst):
    visitor = visit(analyst)
    page = visitor.open("/areas-of-concern/new/")
    go_to_leeds(page)
    drawing = page.locator("svg.placewatch-draw")
    side = drawing.bounding_box()["width"]
    for right, down in ((0.3, 0.3), (0.7, 0.3), (0.7, 0.7), (0.3, 0.7)):
        drawing.click(position={"x": side * right, "y": side * down})
    corners = lines(page)
    assert len(corners) == 4
    # Four tenths of the frame lie between the corners.
    assert corners[1][0] - corners[0][0] == pytest.approx(320, abs=6)
    assert corners[1][1] - corners[2][1] == pytest.approx(320, abs=6)
    assert visitor.faults() == []
    page.fill("#reference", "BW-7")
    save(page)
    assert "The area is saved as a draft." in page.inner_text("main")
    assert saved().shape.area == pytest.approx(320 * 320, rel=0.05)


def test_a_corner_is_moved_added_and_removed_by_the_keyboard_alone(visit, analyst):
    page = visit(analyst).open("/areas-of-concern/new/")
    page.fill("#corners", SQUARE)
    corner = page.locator("svg circle").first
    corner.focus()
    page.keyboard.press("Shift+ArrowUp")
    page.keyboard.press("Shift+ArrowRight")
    assert lines(page)[0] == (430_001, 433_001)
    assert "northing 433001" in page.locator("svg circle").first.get_attribute("aria-label")
    page.keyboard.press("Enter")
    assert lines(page)[1] == (430_101, 433_001)
    page.keyboard.press("Delete")
    assert lines(page) == [(430_001, 433_001), (430_200, 433_000), (430_200, 433_200), (430_000, 433_200)]
    # Two triangles of 200 by 1 metres are gone from 40,000.
    assert page.inner_text("#draw [role=status]") == "Corner removed. The area is 39,800 square metres."
    for _ in range(4):
        page.keyboard.press("Control+z")
    assert lines(page)[0] == (430_000, 433_000)
    page.click("button[data-step=undo]")
    assert page.inner_text("#draw [role=status]") == "There is nothing to undo."


def test_held_ground_moves_the_map_and_adds_no_corner_and_a_corner_is_as_large_as_a_finger(visit, analyst):
    page = visit(analyst, viewport=NARROW).open("/areas-of-concern/new/")
    go_to_leeds(page)
    assert page.inner_text("#draw [role=status]") == "LS1 8ED is in the middle. The map is 800 metres wide."
    page.click("text=Add a corner in the middle")
    corner = page.locator("svg circle").bounding_box()
    assert min(corner["width"], corner["height"]) >= 24
    before = page.locator("svg.placewatch-draw").get_attribute("viewBox")
    drawing = page.locator("svg.placewatch-draw")
    drawing.scroll_into_view_if_needed()
    box = drawing.bounding_box()
    page.mouse.move(box["x"] + 40, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 140, box["y"] + 40, steps=4)
    page.mouse.up()
    assert len(lines(page)) == 1
    assert drawing.get_attribute("viewBox") != before


def test_a_corner_is_dragged(visit, analyst):
    page = visit(analyst).open("/areas-of-concern/new/")
    go_to_leeds(page)
    page.click("text=Add a corner in the middle")
    before = lines(page)[0]
    page.locator("svg circle").scroll_into_view_if_needed()
    box = page.locator("svg circle").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] + box["height"] / 2, steps=4)
    page.mouse.up()
    assert lines(page)[0][0] > before[0] + 20
    assert len(lines(page)) == 1


def test_an_area_that_stands_is_changed_on_the_map_and_the_version_before_stays(visit, analyst):
    visitor = visit(analyst)
    page = visitor.open("/areas-of-concern/new/")
    page.fill("#reference", "BW-7")
    page.fill("#corners", SQUARE)
    save(page)
    page.click("main a:text-is('Change')")
    page.locator("svg circle").first.focus()
    page.keyboard.press("Shift+ArrowLeft")
    save(page)
    assert "The area is changed." in page.inner_text("main")
    assert (saved().number, saved().shape.extent[0]) == (2, 429_999)


def test_lines_that_the_map_cannot_read_are_left_as_they_are(visit, analyst):
    page = visit(analyst).open("/areas-of-concern/new/")
    page.fill("#corners", "430000, 433000\nthe bridge")
    assert page.input_value("#corners") == "430000, 433000\nthe bridge"
    assert "the map waits" in page.inner_text("#draw [role=status]")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_an_area_is_drawn_by_coordinates_on_a_narrow_screen(visit, analyst, scripts):
    visitor = visit(analyst, viewport=NARROW, scripts=scripts)
    page = visitor.open("/areas-of-concern/new/")
    assert not scripts or not visitor.scrolls_sideways()
    assert page.is_visible("#draw") is scripts
    page.fill("#reference", "BW-7")
    page.fill("#corners", SQUARE)
    save(page)
    assert "Draft" in page.inner_text("main")
    with factories.acting(analyst):
        assert Hotspot.objects.count() == 1
