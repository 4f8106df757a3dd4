"""Story 2 walked on the pages: Carrowby is asked first, with the care plan, and its answer changes the plan."""

import pytest

from tests.journeys.walk import Person, at, line_of, lines_hold, names_nobody, owed
from tests.stories.conftest import ASHFORD, BRACKWATER, CARROWBY, who
from tests.stories.given import dean_with_his_foster_carers
from tests.stories.telling import envelopes

BUS_STATION = "Two children of other authorities live in the same street; worry about the bus station since November."
LAST_WORKING_DAY = "Last working day before: Fri 29 January 2027"
BEFORE = ("before Monday 1 February 2027", (LAST_WORKING_DAY, "Sat 30 January 2027", "Sun 31 January 2027"))
OF_THE_PLAN = {
    "complete written notice": BEFORE,
    "reg. 13(2) names": BEFORE,
    "Prepare the placement plan": BEFORE,
    "Tell the independent reviewing officer": BEFORE,
}
OF_THE_FORMER_PLACE = {"that this placement ends": ("before Monday 1 February 2027", ("Fri 29 January 2027",))}
OURS = ("CANARY-OTHER-BED", "CANARY-CONVERSATION", "CANARY-JUDGEMENT", "Mill Row", "Ruth Adeyemi")


@pytest.fixture
def people(county, visit):
    """Tuesday 19 January 2027, 10:15: Dean is with his foster carers; everybody can be at a browser."""
    dean_with_his_foster_carers()
    at(2027, 1, 19, 10, 15)
    return lambda name, code=ASHFORD: Person(visit(), who(name, code))


def test_story_2_walked_whole(people):
    priya, grace = people("Priya Nair"), people("Grace Hill", CARROWBY)
    placement = entered(priya)
    asked_and_answered(priya, grace, placement)
    ruth = people("Ruth Adeyemi")
    thought_through(priya, ruth, placement)
    gathered(priya, placement)
    colin, marsh = people("Colin Reeve"), people("Dr Helen Marsh")
    approved_by_both(colin, marsh, placement)
    told_and_read(priya, grace, placement)
    a_newer_care_plan(priya, placement)
    a_new_date(priya, grace, placement)
    arrived(priya, placement)
    carrowby_sees(grace)
    others_see_nothing(people)
    names_nobody(priya, grace, ruth, colin, marsh)


def entered(priya: Person) -> str:
    """10:15. The check says whom to ask before approval, who approves, school's part, and who is told by when."""
    priya.finds("Dean")
    priya.press("Dean Marlow")
    priya.press("Register a move")
    priya.choose("No, it is planned", "The child is in key stage 4", "Tell the area’s authority as soon as")
    priya.date("starts_on", 1, 2, 2027)
    priya.write(line="4 Cooper's Yard", postcode="CY2 7NP", home_postcode="AG2 5HJ")
    priya.write(reason_for_distance="CANARY-OTHER-BED in our own area was full.")
    priya.page.select_option("#place_code", "U6")
    priya.page.select_option("#provider_code", "PR4")
    said = priya.send()
    for words in (
        "Carrowby",
        "Out of area and at a distance",
        "ask Carrowby and give it the care plan",
        "reg. 11(2)(d)(ii)",
        "Director of children's services: reg. 11",
        "Nominated officer: reg. 10",
        "The designated teacher at the school has been consulted.",
        "The independent reviewing officer has been consulted.",
        "before Monday 1 February 2027",
        LAST_WORKING_DAY,
        "No notice will be sent.",
    ):
        assert words in said, words
    assert priya.visitor.faults() == []
    assert "The move is registered." in priya.press("Save")
    placement = priya.page.url.removeprefix(priya.visitor.address)
    lines_hold(priya, OF_THE_PLAN)
    priya.open(placement)
    priya.press("Dean Marlow")
    priya.page.locator("table", has_text="Placements").locator("a", has_text="10 December 2026").first.click()
    lines_hold(priya, OF_THE_FORMER_PLACE)
    priya.open(placement)
    assert priya.visitor.faults() == []
    priya.press("Record a place that was asked")
    assert priya.visitor.faults() == []
    priya.write(place="CANARY-OTHER-BED", why_not="Full until March.")
    priya.date("asked_on", 15, 1, 2027)
    assert "Friday 15 January 2027" in priya.send()
    return placement


def asked_and_answered(priya: Person, grace: Person, placement: str) -> None:
    """Tue 19 January 10:40, with the care plan; Wed 20 January 15:30, five boxes, one left blank."""
    at(2027, 1, 19, 10, 40)
    priya.open(f"{placement}ask-host/")
    priya.write(question="What do you know of the place, and of the schools?")
    priya.write(care_plan_version="3", care_plan_channel="With the question", hoped_for_at="12:00")
    priya.date("hoped_for_on", 22, 1, 2027)
    assert "Carrowby was asked. No reply yet is an answer, never late." in priya.send()
    assert "No reply yet" in priya.reads()

    at(2027, 1, 20, 15, 30)
    grace.open("/inbox/")
    grace.page.click("main table a")
    assert "Care plan given: version 3" in grace.reads()
    grace.press("Answer")
    boxes = [one.get_attribute("name") for one in grace.page.locator("main textarea").all()]
    assert boxes == ["place", "health", "school", "contact", "call_us"]
    grace.write(place=BUS_STATION, health="14 weeks for CAMHS.", school="A year 11 place from Mon 8 February.")
    grace.write(contact="Grace Hill, on the number above.", post="Notifications officer")
    assert "Ashford-on-Grid has your answer." in grace.send()


def thought_through(priya: Person, ruth: Person, placement: str) -> None:
    """Thu 21 January: the judgement's page quotes the answer; Ruth's conversation is recorded."""
    at(2027, 1, 21, 16, 0)
    said = priya.open(f"{placement}judgements/write/")
    assert BUS_STATION in said
    assert BUS_STATION in priya.page.input_value("#they_said")
    assert priya.page.input_value("#asked_whom") == "Grace Hill, Carrowby"
    priya.write(known_and_not_known=f"Carrowby says: {BUS_STATION}")
    priya.write(thinks_and_why="He will be driven to school. CANARY-JUDGEMENT")
    priya.choose("Nothing is shared that one could agree or disagree with")
    priya.date("look_again_on", 1, 3, 2027)
    assert "Your judgement is saved." in priya.send()

    at(2027, 1, 21, 16, 40)
    ruth.open("/conversations/new/")
    ruth.date("on", 21, 1, 2027)
    ruth.write(at_time="16:30")
    ruth.page.fill("main textarea", "CANARY-CONVERSATION: not by bus.")
    assert "The conversation is recorded." in ruth.send()
    assert "CANARY-CONVERSATION: not by bus." in priya.open(placement)


def gathered(priya: Person, placement: str) -> None:
    """Still on Thursday: what there is for each thing that the approvers must be satisfied of, item by item."""
    for regulation in ("reg. 10", "reg. 11"):
        priya.open(placement)
        priya.press(f"Write down what there is: {regulation}")
        assert priya.visitor.faults() == []
        for box in priya.page.locator("main textarea[name^=evidence_]").all():
            box.fill(f"On file for {regulation}.")
        assert "It is written down." in priya.send()
    assert "Still missing" not in priya.open(placement)


def approved_by_both(colin: Person, marsh: Person, placement: str) -> None:
    """Fri 22 January, 11:00 and 14:20: each thing stands before them with its evidence."""
    at(2027, 1, 22, 11, 0)
    decided(colin, "reg. 10", ("The designated teacher at the school has been consulted.",))
    at(2027, 1, 22, 14, 20)
    asked = "Carrowby: asked 19 January 10:40 with care plan v3; answered 20 January 15:30."
    decided(marsh, "reg. 11", (asked, "Places tried CANARY-OTHER-BED: Full until March."))
    said = marsh.open(placement)
    assert "Approved by Colin Reeve, nominated officer, on Friday 22 January 2027, 11:00" in said
    assert "Approved by Dr Helen Marsh, director of children's services, on Friday 22 January 2027, 14:20" in said
    judgement = line_of(owed(marsh, placement), "Write the judgement")
    assert "Met Thursday 21 January 2027, 16:00" in judgement


def decided(approver: Person, regulation: str, shown: tuple[str, ...]) -> None:
    approver.open("/")
    waiting = approver.page.locator("table", has_text="Waiting for your approval").locator("tr", has_text=regulation)
    waiting.locator("a").first.click()
    said = approver.reads()
    assert approver.visitor.faults() == []
    for words in (*shown, f"Shown: On file for {regulation}.", "Written down by Priya Nair, Thursday 21 January 2027"):
        assert words in said, words
    assert approver.page.locator("main textarea[name^=evidence_]").count() == 0
    approver.choose("Yes, I approve this placement")
    assert "Your decision is recorded." in approver.send()


def told_and_read(priya: Person, grace: Person, placement: str) -> None:
    """Mon 25 January 09:30 the notice; the care plan went with the question. Tue 26 January 10:05 Grace has read it."""
    at(2027, 1, 25, 9, 30)
    priya.open(f"{placement}complete-notice/")
    priya.write(needs_and_suitability="What Dean needs, and why there.")
    assert "Carrowby has the notice. It is complete." in priya.send()
    tell_people(priya, placement, "reg. 13(2) names")

    at(2027, 1, 26, 10, 5)
    grace.open("/")
    grace.page.click("main table a")
    told = grace.reads()
    assert "Care plan given: version 3 Care plan given: when Tuesday 19 January 2027, 10:40" in told
    assert "What Dean needs, and why there." in told
    grace.press("Acknowledge")
    grace.write(post="Notifications officer")
    grace.send()
    said = priya.open(placement)
    assert (
        "Carrowby was told at 09:30 on Monday 25 January 2027 and a person read it at 10:05 on Tuesday 26 January 2027."
        in said
    )
    assert "It holds everything that reg. 13(4) asks for." in said


def tell_people(priya: Person, placement: str, words: str) -> None:
    """The others are told the same day: the duty is closed with what was done."""
    priya.open(placement)
    priya.page.locator("main table a", has_text=words).first.click()
    priya.press("Close this duty")
    priya.choose("It was done")
    priya.write(words="Letters of today.")
    priya.send()


def a_newer_care_plan(priya: Person, placement: str) -> None:
    """Fri 29 January: version 4."""
    at(2027, 1, 29, 11, 0)
    priya.open(placement)
    priya.press("Dean Marlow")
    priya.press("Record a new version of the care plan")
    priya.write(version="4")
    priya.date("became_on", 29, 1, 2027)
    priya.send()
    assert "Carrowby holds version 3. Send version 4?" in priya.open(placement)
    priya.press("Send version 4?")
    assert priya.page.input_value("#version") == "4"


def a_new_date(priya: Person, grace: Person, placement: str) -> None:
    """Mon 1 February 08:15: everybody who was told gets the new date; nothing turns late."""
    at(2027, 2, 1, 8, 15)
    priya.open(placement)
    priya.press("Move the start to another day")
    priya.date("planned_start_on", 2, 2, 2027)
    priya.write(reason="The carer is ill.")
    priya.send()
    priya.open(placement)
    lines = owed(priya, placement)
    assert [one for one in lines if "Late" in one] == []
    assert "before Tuesday 2 February 2027" in line_of(lines, "Prepare the placement plan")
    tell_people(priya, placement, "who was told of this placement the new date")

    grace.open("/")
    grace.page.locator("main table a").first.click()
    said = grace.reads()
    assert "Was planned for Monday 1 February 2027" in said
    assert "Tuesday 2 February 2027" in said
    assert "The carer is ill" not in said


def arrived(priya: Person, placement: str) -> None:
    """Tue 2 February 16:40; the first visit is due in a week."""
    at(2027, 2, 2, 16, 45)
    priya.open(placement)
    priya.press("Record that it started")
    priya.date("on", 2, 2, 2027)
    priya.write(at_time="16:40")
    assert "It is recorded." in priya.send()
    assert "stands as a breach" not in priya.reads()
    lines_hold(priya, {"Visit the child for the first time": ("Tuesday 9 February 2027", ())})


def carrowby_sees(grace: Person) -> None:
    """Dean, care plan, reasons; not the other bed, the conversation, the judgement, nor any other child."""
    grace.open("/inbox/")
    links = grace.page.locator("main table a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    told = " ".join(grace.open(path) for path in links)
    for words in ("Dean", "Marlow", "Cooper's Yard", "What Dean needs, and why there."):
        assert words in told, words
    for words in OURS:
        assert words not in told, words
    for words in ("Dean", "Marlow", "CY2", "CANARY"):
        assert words not in envelopes(who("Priya Nair"))


def others_see_nothing(people) -> None:
    """Grace's answer names no child, and reaches nobody but Ashford-on-Grid."""
    for name in ("Nadia Clarke", "Hari Lal"):
        reader = people(name, BRACKWATER)
        links = reader.menu()
        seen = " ".join(reader.open(path) for path in links)
        for words in ("bus station", "Dean", "Marlow", "AG-1877", "CANARY"):
            assert words not in seen, words
