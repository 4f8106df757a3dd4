"""Does somebody who sends a large file of areas see how far it is, come back to it, and share what it holds at once?"""

import pytest

from accounts.roles import Role
from db import clock
from placements.overlay import large_files
from tests import factories
from tests.hotspots import world as areas
from tests.journeys.browser import NARROW

CONTENT = areas.file(
    areas.square("A1"), areas.square("A2", geometry=areas.polygon(areas.EAST + 5_000)), padding="x" * 2**20
)


@pytest.mark.parametrize("how", [{}, {"viewport": NARROW}, {"scripts": False}], ids=["wide", "narrow", "no scripts"])
def test_a_large_file_is_sent_left_alone_come_back_to_and_shared(visit, how):
    analyst = factories.person(role=Role.HOTSPOT_ANALYST)
    visitor = visit(analyst, **how)
    faults = []

    def looked_at(words: str) -> None:
        assert words in visitor.page.inner_text("main")
        if how.get("scripts", True):
            faults.extend(visitor.faults())
            assert not ("viewport" in how and visitor.scrolls_sideways())

    def work() -> None:
        assert large_files.work_on_waiting(analyst.authority_id, at=clock.now()) == 1

    page = visitor.open("/areas-of-concern/files/send/")
    page.set_input_files("#file", {"name": "areas.geojson", "mimeType": "application/json", "buffer": CONTENT})
    visitor.press_button()
    looked_at("The file waits for its turn.")
    work()
    page.click("text=See how far it is now")
    looked_at("New areas")
    page.check("#then_0")
    visitor.press_button()
    looked_at("The file waits for its turn.")
    work()
    page = visitor.open("/areas-of-concern/files/")
    page.click("text=areas.geojson")
    looked_at("Brought in")
    visitor.open("/areas-of-concern/?words=A")
    looked_at("Share all of these")
    page.click("text=Share all of these")
    looked_at("You have no agreement with any authority.")
    assert faults == []
