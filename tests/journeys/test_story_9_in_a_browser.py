"""Can an adviser hand over, the host read and answer, and a move be recorded on a telephone's screen?"""

import re

import pytest
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application

from db import clock
from example.people import PASSWORD
from tests.api.live import served
from tests.journeys import browser
from tests.stories.conftest import county  # noqa: F401
from tests.stories.test_story_9_eighteen_on_a_bank_holiday import PAST, Months, at


@pytest.fixture
def site(county, settings, tmp_path):  # noqa: F811
    """The service's address, on the county's ground."""
    settings.STATIC_ROOT = tmp_path / "static"
    call_command("collectstatic", interactive=False, verbosity=0)
    with served(get_wsgi_application()) as address:
        yield address


@pytest.fixture
def spring(site):
    clock.set_to(at(12, 4, 10))
    spring = Months()
    clock.set_to(at(22, 4, 15))
    return spring


def sign_in(visitor, email: str):
    visitor.open("/sign-in/")
    visitor.page.fill("#email", email)
    visitor.page.fill("#password", PASSWORD)
    visitor.press_button()
    return visitor


def words(visitor) -> str:
    assert visitor.faults() == []
    return visitor.page.inner_text("main")


def press(visitor, text: str) -> None:
    visitor.page.click(f"main a:has-text('{text}')")


def day(visitor, name: str, on: tuple[int, int, int]) -> None:
    for part, value in zip(("day", "month", "year"), on, strict=True):
        visitor.page.fill(f"[name={name}_{part}]", str(value))


def test_what_shanice_agrees_to_is_handed_over_read_and_answered_and_a_move_makes_its_lines(spring, visit):
    lewis = sign_in(visit(), "lewis.grant@ashford-on-grid.example")
    lewis.page.click("text=Leaving care")
    assert "Shanice Hart" in words(lewis)
    press(lewis, "Shanice Hart")
    page = words(lewis)
    assert "An eligible child since Tue 21 October 2025." in page
    assert "Thursday 12 August 2027" in page
    assert "The needs assessment" in page or "Assess what support" in page

    press(lewis, "Begin a handover")
    lewis.page.select_option("[name=host_id]", label="Carrowby")
    lewis.press_button()
    press(lewis, "Write it with the young person")
    lewis.page.fill("[name=health_words]", "Registered with the quay surgery.")
    lewis.page.check("[name=health_agreed][value=yes]")
    lewis.page.fill("[name=judgements_words]", f"{PAST}: what was done to her.")
    lewis.page.check("[name=judgements_agreed][value=no]")
    assert lewis.faults() == []
    lewis.press_button()
    assert "Does the host read it?" in words(lewis)
    press(lewis, "Send it")
    lewis.press_button()
    assert "only if the young person agrees" in words(lewis)
    lewis.page.check("[name=is_agreed_early]")
    lewis.press_button()
    assert "No reply yet." in words(lewis)

    beth = sign_in(visit(), "beth.lorne@carrowby.example")
    beth.page.click("text=Leaving care: received")
    beth.page.click("main a:has-text('N-')")
    read = words(beth)
    assert "Ashford-on-Grid stays responsible, wherever the young person lives." in read
    assert "Registered with the quay surgery." in read
    assert PAST not in beth.page.content()
    press(beth, "I have read this")
    beth.press_button()
    press(beth, "Answer")
    beth.page.fill("[name=contact_telephone]", "01632 960302")
    beth.page.fill("[name=question]", "Does she have a bank account?")
    assert beth.faults() == []
    beth.press_button()
    assert "has your answer" in words(beth)

    lewis.open("/leaving-care/")
    assert "Does she have a bank account?" in words(lewis)

    spring.turn_eighteen()
    lewis.open(f"/children/{spring.shanice.id}/leaving-care/")
    page = words(lewis)
    for line in ("Ended at 18", "Visits (reg. 28)", "Goes on at 18", "Began at 18", "checks stopped on Mon 3 May 2027"):
        assert line in page
    press(lewis, "Say who provides the home")
    day(lewis, "from_on", (3, 5, 2027))
    lewis.page.check("[name=power][value=s24B]")
    lewis.press_button()
    assert "Monday 31 May 2027" in words(lewis)


def test_move_is_recorded_in_four_answers_on_a_telephone_without_scripts(spring, visit):
    spring.hand_over()
    spring.turn_eighteen()
    spring.confirm()
    clock.set_to(at(20, 5, 16))
    kofi = sign_in(visit(viewport=browser.NARROW, scripts=False), "kofi.mensah@ashford-on-grid.example")

    kofi.open(f"/children/{spring.shanice.id}/leaving-care/move/")
    assert not kofi.scrolls_sideways()
    kofi.page.fill("[name=postcode]", "BK3 3NN")
    kofi.page.check("[name=power][value=s24B]")
    kofi.page.fill("[name=how_they_are]", "She is well.")
    kofi.press_button()

    told = re.sub(r"\s+", " ", kofi.page.inner_text("main"))
    assert "It is recorded. What follows from it stands on the page." in told
    assert told.count("Thursday 27 May 2027") >= 3
    assert "Thursday 17 June 2027" in told
    assert "Brackwater" in told
    assert not kofi.scrolls_sideways()
