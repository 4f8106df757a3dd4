"""Can people read what is new, pass it on only with the owner's yes, and find what used it once it is taken back?"""

import pytest
from django.core.wsgi import get_wsgi_application

from accounts.acting import acting_for
from example.people import PASSWORD
from hotspots import actions
from tests.api.live import served
from tests.journeys import browser
from tests.stories.canal_street import CanalStreet, at
from tests.stories.conftest import county  # noqa: F401
from tests.stories.test_story_6_one_sentence import CHECKED, KIT_READS, PUBLISHED


@pytest.fixture
def site(county, settings, collected):  # noqa: F811
    """The service's address, on the county's ground."""
    settings.STATIC_ROOT = collected
    with served(get_wsgi_application()) as address:
        yield address


@pytest.fixture
def street(site):
    """Canal Street on the Friday afternoon, published and checked."""
    street = CanalStreet()
    street.hotspot = street.publish(PUBLISHED)
    street.recheck(CHECKED)
    return street


def sign_in(visitor, email: str, password: str) -> None:
    visitor.open("/sign-in/")
    visitor.page.fill("#email", email)
    visitor.page.fill("#password", password)
    visitor.press_button()


def choose(visitor, audience: str, output: str) -> str:
    visitor.page.check(f"input[name=audience][value={audience}]")
    visitor.page.check(f"input[name=output][value={output}]")
    visitor.press_button()
    assert visitor.faults() == []
    return visitor.page.inner_text("main")


def test_one_sentence_is_read_asked_about_passed_on_and_taken_back(street, visit):
    sam, farah = visit(), visit()
    sign_in(sam, "sam.ortiz@ashford-on-grid.example", PASSWORD)
    sign_in(farah, "farah.aziz@brackwater.example", PASSWORD)

    assert "1 new line about places that you work with." in sam.page.inner_text("main")
    sam.page.click("text=Read what is new")
    assert KIT_READS in sam.page.inner_text("main")
    assert "A person who is 18 or older is not checked." in sam.page.inner_text("main")
    assert sam.faults() == []
    sam.page.click("button:has-text('Mark these as read')")
    assert "1 marked as read." in sam.page.inner_text("main")
    # Kit is near; Lee reads from then on that Brackwater shares.
    assert "2 of 2" in sam.open("/rechecks/").inner_text("main")
    assert sam.faults() == []

    sam.open(f"/placements/{street.placements['Kit'].id}/")
    sam.page.click("text=Pass on what is shared, under its conditions")
    assert "Norrowshire Police attached a condition. Ask Brackwater." in choose(sam, "carer_or_provider", "letter")
    sam.page.click("text=Ask the owner whether it may be passed on")
    assert "The owner is asked." in choose(sam, "carer_or_provider", "letter")

    farah.open("/passing-on/")
    assert "Kit" not in farah.page.inner_text("main")
    farah.page.click("main a:has-text('BW-AC-07')")
    farah.page.check("input[name=answer][value=yes]")
    farah.press_button()
    assert "Your answer is recorded. They read it." in farah.page.inner_text("main")
    assert farah.faults() == []

    sam.open(f"/placements/{street.placements['Kit'].id}/pass-on/")
    assert KIT_READS in choose(sam, "carer_or_provider", "letter")

    farah.open(f"/areas-of-concern/{street.hotspot.id}/effect/")
    farah.press_button()
    assert "Newly near: 0 of our own. Of partner authorities: fewer than five." in farah.page.inner_text("main")
    assert farah.faults() == []

    with acting_for(street.farah, "test"):
        actions.withdraw(street.hotspot.id, reason="CANARY-SOURCE", by=street.farah, at=at(5, 10, 9))
    street.recheck(at(5, 10, 9, 30))
    sam.open("/new-lines/")
    sam.page.click("text=What owners have taken back")
    sam.page.click("main a:has-text('Brackwater')")
    told = sam.page.inner_text("main")
    assert "Do not rely on it. Do not pass it on." in told
    assert KIT_READS in told
    assert "Sam Ortiz" in told
    assert "CANARY" not in told
    assert sam.faults() == []
    assert "no reply yet" in farah.open("/recalls/made/").inner_text("main")
    assert farah.faults() == []


def test_the_pages_fit_a_narrow_screen_and_need_no_script(street, visit):
    sam = visit(viewport=browser.NARROW, scripts=False)
    sign_in(sam, "sam.ortiz@ashford-on-grid.example", PASSWORD)
    for path in ("/new-lines/", "/rechecks/", "/recalls/", f"/placements/{street.placements['Kit'].id}/pass-on/"):
        sam.open(path)
        assert sam.page.locator("h1").count() == 1
        assert not sam.scrolls_sideways(), path
