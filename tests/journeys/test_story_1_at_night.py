"""Story 1 walked on the pages: it told Jo who must sign, whom to ring and by when, and it did not hold her up."""

import pytest

from accounts.acting import acting_for
from notifications.models import Document
from placements.models import Placement
from tests.journeys.walk import Person, at, line_of, lines_hold, names_nobody, owed
from tests.stories.conftest import ASHFORD, BRACKWATER, CARROWBY, who
from tests.stories.given import kayla_with_her_foster_carers, stale_area_of_carrowby
from tests.stories.telling import envelopes

ASHFORD_ON_GRID, BRACKWATER_BY_NAME = "Ashford-on-Grid, as", "Brackwater, as"
CHRISTMAS, BOXING_DAY = "Fri 25 December 2026, Christmas Day", "Mon 28 December 2026, Boxing Day (substitute day)"
NEW_YEAR = "Fri 1 January 2027, New Year’s Day"
WHY = "Immediate risk where she is; nobody else has a bed."
# The story's table: the words of the line, its day, and the days that the page shows as skipped or says of it.
FIVE_DAYS = (CHRISTMAS, BOXING_DAY)
OF_THE_MOVE = {
    "relatives have been consulted": ("Thursday 24 December 2026", (*FIVE_DAYS, "By Tue 29 December 2026")),
    "Carrowby has been consulted and given": ("Thursday 24 December 2026", (*FIVE_DAYS, "By Tue 29 December 2026")),
    "independent reviewing officer has been": ("Thursday 24 December 2026", (*FIVE_DAYS, "By Tue 29 December 2026")),
    "Give Carrowby complete written notice": ("Tuesday 29 December 2026", FIVE_DAYS),
    "reg. 13(2)": ("Tuesday 29 December 2026", FIVE_DAYS),
    "Prepare the placement plan": ("Tuesday 29 December 2026", FIVE_DAYS),
    "first": ("Friday 25 December 2026", ("Christmas Day", "a week is a week", "Thu 24 December 2026")),
    "Write the judgement": ("Tuesday 29 December 2026", FIVE_DAYS),
    "Talk the judgement": ("Tuesday 29 December 2026", FIVE_DAYS),
}
OF_ITS_END = {"that this placement ends": ("Tuesday 5 January 2027", (*FIVE_DAYS, NEW_YEAR))}


@pytest.fixture
def night(county, visit):
    """Thursday 17 December 2026, 22:00: Kayla's placement ended at 21:15; everybody can be at a browser."""
    stale_area_of_carrowby()
    kayla_with_her_foster_carers()
    at(2026, 12, 17, 22, 0)

    def person(name: str, code: str = ASHFORD, acting: str = "") -> Person:
        return Person(visit(), who(name, code), acting)

    return person


def test_story_1_walked_whole(night):
    jo = night("Jo Fenn", acting=ASHFORD_ON_GRID)
    five_answers(jo)
    kept_while_on_the_telephone(jo)
    placement = saved(jo)
    approved_by_telephone(jo, placement)
    yusuf = night("Yusuf Karim", CARROWBY)
    arrived_and_read(jo, yusuf, placement)
    marsh, priya = night("Dr Helen Marsh"), night("Priya Nair")
    confirmed_and_completed(marsh, priya, placement)
    every_date_with_its_days(priya, placement)
    judged(priya, placement)
    carrowby_sees(yusuf)
    brackwater_sees_nothing(night, jo)
    names_nobody(jo, yusuf, marsh, priya)


def five_answers(jo: Person) -> None:
    """22:05. Before anything is saved: whose area, who approves, whom to ring, what is shared, what is owed by when."""
    at(2026, 12, 17, 22, 5)
    jo.open("/")
    asked = jo.press("Emergency move")
    assert [number for number in "123456" if f"{number}. " in asked] == ["1", "2", "3", "4", "5"]
    assert jo.page.locator("input[type=file], select").count() == 0
    assert "judgement" not in asked.lower()
    jo.write(who="Kayla", line="Larch House, CANARY-LARCH", postcode="CY4 2LB", why_not_wait=WHY)
    jo.choose("A children’s home", "Tonight, or later today")
    said = jo.send()

    assert "Nothing is saved yet, and nobody has been told." in said
    for words in (
        "Carrowby",
        "Out of area and at a distance",
        "Carrowby adjoins no boundary of ours",
        "The director of children's services must approve before the child is placed, in an emergency too.",
        "reg. 11(1)(b)",
        "37.3 miles from home: over 20 miles (a statistic; it decides nothing).",
        "Director of children's services: 01632 960103",
        "Dr Helen Marsh",
        "Out of hours: 01632 960301",
        "past its review date of 1 September 2026",
        "This does not hold up the move.",
        "A judgement is owed by Thursday 24 December 2026, or Tuesday 29 December 2026 (our own rule).",
        CHRISTMAS,
        BOXING_DAY,
    ):
        assert words in said, words
    assert jo.visitor.faults() == []
    with acting_for(who("Jo Fenn"), "test"):
        assert not Placement.objects.filter(why_not_wait=WHY).exists()
        assert not Document.objects.exists()


def kept_while_on_the_telephone(jo: Person) -> None:
    """Seventy minutes later, signed out and in again: the draft is as she left it, and Brackwater's side holds none."""
    jo.sign_out()
    at(2026, 12, 17, 23, 15)
    jo.sign_in()
    assert "You were in the middle of an emergency move" in jo.reads()
    jo.press("Go on with it")
    assert jo.page.input_value("#line") == "Larch House, CANARY-LARCH"
    assert jo.page.input_value("#why_not_wait") == WHY
    jo.act_for(BRACKWATER_BY_NAME)
    assert "in the middle of" not in jo.reads()
    assert "CANARY" not in jo.open("/emergency/")
    jo.act_for(ASHFORD_ON_GRID)


def saved(jo: Person) -> str:
    """The address of the placement."""
    jo.press("Go on with it")
    assert "CANARY-LARCH" in jo.send()
    assert "The emergency move is registered." in jo.press("Save")
    return jo.page.url.removeprefix(jo.visitor.address)


def approved_by_telephone(jo: Person, placement: str) -> None:
    """00:15: decided at 23:50 and recorded now, both kept."""
    at(2026, 12, 18, 0, 15)
    jo.open(placement)
    jo.press("Record a decision")
    jo.choose("Dr Helen Marsh", "Approved")
    jo.date("on", 17, 12, 2026)
    jo.write(
        at_time="23:50",
        evidence_wishes_and_feelings="Kayla said that she wants to go tonight.",
        evidence_most_appropriate="The only bed; the plan asks for a small home.",
    )
    jo.send()
    said = jo.open(placement)
    assert "by telephone on Thursday 17 December 2026, 23:50" in said
    assert "Recorded on Friday 18 December 2026, 00:15 by Jo Fenn" in said
    assert "Dr Helen Marsh has not confirmed it yet" in said


def arrived_and_read(jo: Person, yusuf: Person, placement: str) -> None:
    """00:55: arrival at 00:40; Carrowby's inbox holds a first notice in the same moment. Yusuf acknowledges at 01:10."""
    assert "Every notice has been read." in yusuf.open("/")
    at(2026, 12, 18, 0, 55)
    jo.open(placement)
    jo.press("Record that it started")
    jo.date("on", 18, 12, 2026)
    jo.write(at_time="00:40")
    jo.send()
    assert "Carrowby was told at 00:55 on Friday 18 December 2026 and there is no reply yet." in jo.open(placement)

    at(2026, 12, 18, 1, 10)
    yusuf.open("/")
    yusuf.page.click("main table a")
    told = yusuf.reads()
    for words in ("Kayla", "CANARY-LARCH", "Care order", "01632 960101", "Still to come", "care plan"):
        assert words in told, words
    yusuf.press("Acknowledge")
    yusuf.write(post="Out-of-hours duty")
    yusuf.send()
    said = jo.open(placement)
    assert (
        "Carrowby was told at 00:55 on Friday 18 December 2026 and a person read it at 01:10. Still owed to Carrowby:"
        in said
    )
    assert "our assessment of the child's needs, and why this placement is the most suitable to meet them" in said
    assert "a copy of the child's care plan" in said


def confirmed_and_completed(marsh: Person, priya: Person, placement: str) -> None:
    """08:40 Dr Marsh confirms; 10:05 Priya completes the notice, and asks: a notice is not a question."""
    at(2026, 12, 18, 8, 40)
    assert "Confirm the decisions recorded for you" in marsh.open("/")
    marsh.page.locator("table", has_text="Confirm the decisions").locator("a").first.click()
    assert "Kayla said that she wants to go tonight." in marsh.reads()
    assert "You have confirmed it." in marsh.send()

    at(2026, 12, 18, 10, 5)
    priya.open(f"{placement}complete-notice/")
    priya.write(
        needs_and_suitability="What Kayla needs, and why this home.",
        care_plan_version="3",
        care_plan_channel="Secure e-mail",
    )
    priya.send()
    said = priya.open(placement)
    assert "and a person read it at 01:10. It holds everything that reg. 13(4) asks for." in said
    assert "Holds everything that reg. 13(4) asks for Friday 18 December 2026, 10:05" in said
    listed = owed(priya, placement)
    complete, asked = (line_of(listed, words) for words in ("Give Carrowby complete", "Carrowby has been consulted"))
    assert "Met Friday 18 December 2026, 10:05" in complete
    assert "Met" not in asked
    assert "Thursday 24 December 2026" in asked

    priya.open(f"{placement}ask-host/")
    priya.write(question="What do you know of the place?")
    assert "Carrowby was asked. No reply yet is an answer, never late." in priya.send()
    assert "Met Friday 18 December 2026, 10:05" in line_of(owed(priya, placement), "Carrowby has been consulted")


def judged(priya: Person, placement: str) -> None:
    """A judgement is written afterwards, and stays in the house."""
    priya.open(f"{placement}judgements/write/")
    priya.write(known_and_not_known="CANARY-JUDGEMENT", thinks_and_why="Old news of the harbour.")
    priya.choose("it is no worry for this child")
    priya.date("look_again_on", 13, 1, 2027)
    assert "Your judgement is saved." in priya.send()


def every_date_with_its_days(priya: Person, placement: str) -> None:
    """Each line of the story's table, opened on the pages: its date, and the days that were skipped."""
    priya.open(placement)
    lines_hold(priya, OF_THE_MOVE)
    priya.open(placement)
    priya.press("Kayla Brent")
    priya.page.locator("table", has_text="Placements").locator("a", has_text="9 December 2026").first.click()
    lines_hold(priya, OF_ITS_END)


def carrowby_sees(yusuf: Person) -> None:
    """Kayla, the home, legal status, who is responsible, whom to ring; nothing of judgement, relative or the old ending."""
    yusuf.open("/inbox/")
    links = yusuf.page.locator("main table a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    assert len(links) == 3  # the first notice, the complete one, the question
    told = " ".join(yusuf.open(path) for path in links)
    for words in ("Kayla", "Larch House", "Care order", "Ashford-on-Grid", "01632 960101", "What Kayla needs"):
        assert words in told, words
    for words in ("CANARY-AUNT", "CANARY-JUDGEMENT", "immediate risk", "nobody else has a bed"):
        assert words.lower() not in told.lower(), words


def brackwater_sees_nothing(night, jo: Person) -> None:
    """No role of Brackwater's, nor Jo while she acts for it, finds Kayla; no message that leaves names her or the place."""
    jo.act_for(BRACKWATER_BY_NAME)
    readers = [jo, *(night(name, BRACKWATER) for name in ("Nadia Clarke", "Dele Okoro", "Hari Lal", "Ewan Pike"))]
    for reader in readers:
        links = reader.menu()
        for path in links:
            said = reader.open(path)
            for word in ("Kayla", "AG-2041", "CANARY"):  # Brent is a council too
                assert word not in said
    for reader in (readers[0], readers[2], readers[3]):
        assert "Kayla" not in reader.finds("Kayla").replace('value="Kayla"', "")
    for word in ("Kayla", "Brent", "2012-11-14", "CY4", "CANARY"):
        assert word not in envelopes(who("Jo Fenn"))
