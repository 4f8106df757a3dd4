"""Can the map and the validity page be read by everybody, at 320 pixels and without scripts?"""

import pytest

from accounts.roles import Role
from hotspots.models import Share
from tests import factories
from tests.hotspots import world as areas


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_map_and_the_validity_page_have_no_fault_and_fit_a_narrow_screen(visit, scripts):
    areas.publish(
        areas.SHEFFIELD,
        areas.square("S1", geometry=areas.polygon(436_032, 387_212), name="Canal Street"),
        to=areas.ROTHERHAM,
        level=Share.Level.GEOMETRY,
    )
    manager = factories.person(role=Role.MANAGER)
    window = visit(manager, viewport={"width": 320, "height": 640}, scripts=scripts)
    faults = []
    for path in ("/validity/", "/map/"):
        window.open(path)
        faults += window.faults() if scripts else []
        assert not window.scrolls_sideways(), path
    window.page.fill("#postcode", "S1 1AA")
    window.page.click("text=Show the map")
    assert window.page.locator("svg.placewatch-map path.placewatch-map__area").count() == 1
    assert window.page.locator("td", has_text="Canal Street").count() == 1
    assert not window.scrolls_sideways()
    faults += window.faults() if scripts else []
    window.page.click("text=Farther")
    assert window.page.locator("svg.placewatch-map path.placewatch-map__area").count() == 1
    assert faults == []
