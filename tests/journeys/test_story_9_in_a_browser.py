"""Can an adviser hand over, the host read and answer, and a move be recorded on a telephone's screen?"""

import re

import pytest
from django.core.wsgi import get_wsgi_application

from db import clock
from example.people import PASSWORD
from tests.api.live import served
from tests.journeys import browser
from tests.stories.conftest import county  # noqa: F401
from tests.stories.test_story_9_eighteen_on_a_bank_holiday import PAST, Months, at


@pytest.fixture
def site(county, settings, collected):  # noqa: F811
    """The service's address, on the county's ground."""
    settings.STATIC_ROOT = collected
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


def test_story_from_the_entitlement_to_what_carrowby_answers_and_what_stands_at_18(spring, visit):
    lewis = sign_in(visit(), "lewis.grant@ashford-on-grid.example")
    lewis.open("/leaving-care/")
    assert "Shanice Hart" in words(lewis)
    press(lewis, "Shanice Hart")
    lewis.page.click("summary:has-text('What was asked for and is done')")
    page = words(lewis)
    assert page.index("Ashford-on-Grid stays responsible, wherever") < page.index("Next, and by whom")
    for line in (
        "An eligible child since Tue 21 October 2025.",
        "41 (10 January 2025 to 20 February 2025) + 50",
        "as the sector's validator does; counting both ends would give Sun 19 October 2025.",
        "Wednesday 21 January 2026",
        "Thursday 12 August 2027",
        "Plan ahead of 18: where to live, who helps, which authority is told",
    ):
        assert line in page

    press(lewis, "Begin a handover")
    lewis.page.select_option("[name=host_id]", label="Carrowby")
    lewis.press_button()
    press(lewis, "Write it with the young person")
    for part in ("The home: suitability", "Health: doctor", "Written judgements"):
        lewis.page.click(f"summary:has-text('{part}')")
    lewis.page.fill("[name=accommodation_words]", "Quay House, checked with her and suitable.")
    lewis.page.check("[name=accommodation_agreed][value=yes]")
    day(lewis, "accommodation_on_suitability_checked", (12, 4, 2027))
    lewis.page.fill("[name=health_words]", "Registered with the quay surgery.")
    lewis.page.check("[name=health_agreed][value=yes]")
    lewis.page.fill("[name=judgements_words]", f"{PAST}: what was done to her.")
    lewis.page.check("[name=judgements_agreed][value=no]")
    lewis.press_button()
    assert "A judgement goes with its author and its day: give both." in words(lewis)
    lewis.page.fill("[name=judgements_author]", "Carla Dunn")
    day(lewis, "judgements_day", (1, 12, 2026))
    assert lewis.faults() == []
    lewis.press_button()
    page = words(lewis)
    assert "Written by Carla Dunn, Tuesday 1 December 2026" in page
    assert "Nothing overrides it" in page
    clock.set_to(at(26, 4, 10))
    press(lewis, "Send it")
    lewis.press_button()
    assert "only if the young person agrees" in words(lewis)
    lewis.page.check("[name=is_agreed_early]")
    lewis.press_button()
    assert "No reply yet." in words(lewis)

    clock.set_to(at(27, 4, 9))
    beth = sign_in(visit(), "beth.lorne@carrowby.example")
    beth.open("/local-offers/new/")
    beth.page.fill("[name=title]", "Council tax")
    beth.page.fill("[name=words]", "No council tax to 25: ring us.")
    day(beth, "review_on", (1, 4, 2028))
    beth.press_button()
    beth.open("/handovers/received/")
    beth.page.click("main a:has-text('N-')")
    read = words(beth)
    assert read.index("Ashford-on-Grid stays responsible, wherever the young person lives.") < read.index("Shanice")
    for line in (
        "Registered with the quay surgery.",
        "Suitability checked on Monday 12 April 2027",
        "Agreed by the young person on 22 April 2027, to Lewis Grant.",
    ):
        assert line in read
    assert PAST not in beth.page.content()
    press(beth, "I have read this")
    beth.press_button()
    press(beth, "Answer")
    beth.page.fill("[name=contact_telephone]", "01632 960302")
    beth.page.check("text=Council tax")
    beth.page.fill("[name=question]", "Does she have a bank account?")
    assert beth.faults() == []
    beth.press_button()
    assert "has your answer" in words(beth)

    lewis.open("/leaving-care/")
    assert "Does she have a bank account?" in words(lewis)

    spring.turn_eighteen()
    lewis.open(f"/children/{spring.shanice.id}/leaving-care/")
    page = words(lewis)
    assert "Carrowby read the handover of Monday 26 April 2027. Confirm it now?" in page
    for line in ("Ended at 18", "Visits (reg. 28)", "Goes on at 18", "Began at 18", "checks stopped on Mon 3 May 2027"):
        assert line in page
    assert "Monday 10 May 2027" in page
    lewis.page.click("main a:text-is('Say who provides the home')")
    day(lewis, "from_on", (3, 5, 2027))
    lewis.page.check("[name=power][value=s24B]")
    lewis.press_button()
    assert "Monday 31 May 2027" in words(lewis)
    press(lewis, "Tell Carrowby that Shanice lives there")
    lewis.press_button()
    assert "Confirm it now?" not in words(lewis)

    beth.open("/handovers/received/")
    beth.page.click("main tr:has-text('Where a care leaver lives') a")
    read = words(beth)
    assert "No longer looked after since" in read
    assert "Monday 3 May 2027" in read
    assert "Ashford-on-Grid stays responsible" in read


def test_lewis_is_on_leave_kofi_covers_carla_sees_it_and_brackwater_reads_the_new_handover(spring, visit):
    spring.hand_over()
    spring.turn_eighteen()
    spring.confirm()
    clock.set_to(at(6, 5, 16))
    lewis = sign_in(visit(), "lewis.grant@ashford-on-grid.example")
    lewis.open("/cover/new/")
    lewis.page.select_option("[name=covered_by]", label="Kofi Mensah")
    day(lewis, "starts_on", (10, 5, 2027))
    day(lewis, "last_on", (28, 5, 2027))
    lewis.press_button()
    carla = sign_in(visit(), "carla.dunn@ashford-on-grid.example")
    carla.open("/cover/")
    assert re.search(r"Lewis Grant\s+Kofi Mensah\s+Monday 10 May 2027 to Friday 28 May 2027", words(carla))
    carla.open("/leaving-care/team/?show=elsewhere")
    assert "Shanice Hart" in words(carla)

    kofi = sign_in(visit(), "kofi.mensah@ashford-on-grid.example")
    kofi.open("/leaving-care/")
    assert "Shanice" not in words(kofi)
    clock.set_to(at(10, 5, 9))
    kofi.open("/leaving-care/")
    page = words(kofi)
    assert "Shanice Hart" in page
    assert "for Lewis Grant" in page

    spring.move()
    clock.set_to(at(20, 5, 17))
    kofi.open(f"/children/{spring.shanice.id}/leaving-care/")
    press(kofi, "Draft to Brackwater")
    page = words(kofi)
    assert "Registered with the quay surgery." in page
    assert PAST not in kofi.page.content()
    press(kofi, "Send it")
    kofi.press_button()
    assert "Brackwater has it." in words(kofi)
    kofi.open(f"/children/{spring.shanice.id}/leaving-care/tell/")
    kofi.page.select_option("[name=area_id]", label="Carrowby")
    kofi.page.check("[name=has_left]")
    kofi.press_button()

    nell = sign_in(visit(), "nell.forde@brackwater.example")
    nell.open("/handovers/received/")
    nell.page.click("main a:has-text('N-')")
    read = words(nell)
    assert "Brackwater may not keep this person off its housing register for want of local connection" in read
    assert "3 May 2034 (SI 2025/706)" in read
    assert "Housing Act 1996 s. 199): ask housing." in read
    assert PAST not in nell.page.content()
    beth = sign_in(visit(), "beth.lorne@carrowby.example")
    beth.open("/handovers/received/")
    beth.page.locator("main tr:has-text('Where a care leaver lives') a").first.click()
    read = words(beth)
    assert "Left on" in read
    assert "BK3 3NN" not in beth.page.content()

    clock.set_to(at(1, 6, 9))
    lewis = sign_in(visit(), "lewis.grant@ashford-on-grid.example")
    lewis.open("/")
    assert "1 move, 2 things done by Kofi Mensah for you" in words(lewis)
    press(lewis, "While you were away")
    page = words(lewis)
    assert re.search(r"Moves recorded\s+1", page)
    assert "Kofi Mensah" in page
    assert "Due this week, or late" in page


def test_host_without_an_account_reads_the_handover_as_a_guest(spring, visit):
    sent = spring.hand_over()
    lewis = sign_in(visit(), "lewis.grant@ashford-on-grid.example")
    lewis.open(f"/sent/{sent.id}/guest/")
    lewis.page.locator("main input[type=radio]").first.check()
    lewis.press_button()
    assert lewis.faults() == []
    link, code = lewis.page.locator("main dd").all_inner_texts()

    guest = visit(viewport=browser.NARROW)
    guest.page.goto(link.strip())
    assert "Shanice" not in guest.page.content()
    guest.page.fill("[name=code]", code.strip())
    guest.press_button()
    read = words(guest)
    assert read.index("Ashford-on-Grid stays responsible") < read.index("Shanice")
    assert "Registered with the quay surgery." in read
    assert PAST not in guest.page.content()
    assert not guest.scrolls_sideways()


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
    assert "another before the review of the plan after 28 days, then at most every two months" in told
    assert not kofi.scrolls_sideways()
