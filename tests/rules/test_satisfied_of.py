"""Does the approver see each thing with its evidence, and what is not there yet?"""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placements.rules.approval import requirements
from placements.rules.placement_facts import Manner, PlacementFacts
from placements.rules.satisfied_of import Answer, Evidence, HostRecord, Standing, not_yet, satisfied_of
from placements.rules.written_times import LONDON
from tests.rules.facts import ADJOINING, AT_A_DISTANCE


def london(*parts):
    return datetime(*parts, tzinfo=LONDON)


DISTANT = requirements(area=AT_A_DISTANCE, placement=PlacementFacts(manner=Manner.PLANNED), is_emergency=False)
NEAR = requirements(area=ADJOINING, placement=PlacementFacts(manner=Manner.PLANNED), is_emergency=False)
ASKED = london(2027, 1, 19, 10, 40)
CARROWBY = {
    "name": "Carrowby",
    "asked_at": ASKED,
    "care_plan_version": "3",
    "care_plan_supplied_at": ASKED,
    "answered_at": london(2027, 1, 20, 15, 30),
}
DECIDING = london(2027, 1, 22, 14, 20)


def host_item(items, host, at=DECIDING, answers=None):
    answered = satisfied_of(requirements=items, evidence=Evidence(at=at, host=host, answers=answers or {}))
    return next(item for item in answered if item.requirement.code.startswith("area_authority"))


def test_director_of_story_2_reads_when_carrowby_was_asked_and_answered():
    item = host_item(DISTANT, HostRecord(**CARROWBY))

    assert item.standing is Standing.SATISFIED
    assert item.sentence == "Carrowby: asked 19 January 10:40 with care plan v3; answered 20 January 15:30."


@pytest.mark.parametrize(
    ("record", "standing", "sentence"),
    [
        (
            {"answered_at": None},
            Standing.SATISFIED,
            "Carrowby: asked 19 January 10:40 with care plan v3; no reply yet.",
        ),
        (
            {"care_plan_supplied_at": london(2027, 1, 21, 9, 5)},
            Standing.SATISFIED,
            "Carrowby: asked 19 January 10:40; given care plan v3 21 January 09:05; answered 20 January 15:30.",
        ),
        (
            {"care_plan_supplied_at": None},
            Standing.NOT_YET,
            "Carrowby: asked 19 January 10:40; the care plan has not been given yet.",
        ),
        (
            {"asked_at": None, "notified_at": ASKED},
            Standing.NOT_YET,
            "Carrowby has not been asked yet. A notice is not a question.",
        ),
    ],
)
def test_consulted_is_asked_with_the_care_plan_and_needs_no_reply(record, standing, sentence):
    item = host_item(DISTANT, HostRecord(**(CARROWBY | record)))

    assert (item.standing, item.sentence) == (standing, sentence)


def test_ewan_of_story_3_reads_that_dunmere_was_notified_and_before_that_that_it_was_not():
    dunmere = HostRecord(name="Dunmere", notified_at=london(2027, 3, 23, 10, 40))

    before = host_item(NEAR, dunmere, at=london(2027, 3, 23, 10, 35))
    after = host_item(NEAR, dunmere, at=london(2027, 3, 24, 15, 0))

    assert (before.standing, before.sentence) == (Standing.NOT_YET, "Dunmere has not been notified yet.")
    assert (after.standing, after.sentence) == (Standing.SATISFIED, "Dunmere: notified 23 March 10:40.")


def test_evidence_typed_against_the_host_does_not_stand_for_the_record():
    item = host_item(
        DISTANT,
        HostRecord(name="Carrowby"),
        answers={"area_authority_consulted": Answer(evidence="I rang them")},
    )

    assert item.standing is Standing.NOT_YET


@pytest.mark.parametrize(
    ("code", "answer", "standing"),
    [
        ("wishes_and_feelings", Answer(evidence="She wants to be near her aunt."), Standing.SATISFIED),
        ("wishes_and_feelings", Answer(evidence="  "), Standing.NOT_YET),
        ("relatives_consulted", Answer(reason="Nobody is known."), Standing.SATISFIED),
        ("iro_consulted", Answer(reason="On leave, no deputy."), Standing.REASON_GIVEN),
        ("area_authority_consulted", Answer(reason="Its switchboard is down."), Standing.REASON_GIVEN),
    ],
)
def test_item_is_answered_by_evidence_or_by_a_reason_shown_as_one(code, answer, standing):
    evidence = Evidence(at=DECIDING, host=HostRecord(name="Carrowby"), answers={code: answer})

    items = {item.requirement.code: item for item in satisfied_of(requirements=DISTANT, evidence=evidence)}

    assert items[code].standing is standing
    assert {item.requirement.code for item in not_yet(list(items.values()))} == {
        other for other in items if other != code or standing is Standing.NOT_YET
    }


def test_reason_against_the_host_keeps_what_the_record_says_before_it():
    item = host_item(
        DISTANT,
        HostRecord(name="Carrowby"),
        answers={"area_authority_consulted": Answer(reason="Its switchboard is down.")},
    )

    assert item.sentence == (
        "Carrowby has not been asked yet. A notice is not a question. Reason given: Its switchboard is down."
    )


@given(
    minutes=st.tuples(*[st.integers(-10_000, 10_000)] * 4),
    present=st.tuples(*[st.booleans()] * 4),
)
def test_what_came_after_the_decision_changes_nothing(minutes, present):
    names = ("notified_at", "asked_at", "care_plan_supplied_at", "answered_at")
    events = {
        name: DECIDING + timedelta(minutes=minute)
        for name, minute, is_present in zip(names, minutes, present, strict=True)
        if is_present
    }
    known_then = {name: at for name, at in events.items() if at <= DECIDING}

    for items in (DISTANT, NEAR):
        everything = host_item(items, HostRecord(name="Carrowby", **events))
        assert everything == host_item(items, HostRecord(name="Carrowby", **known_then))
    is_consulted = {"asked_at", "care_plan_supplied_at"} <= set(known_then)
    assert (host_item(DISTANT, HostRecord(name="Carrowby", **events)).standing is Standing.SATISFIED) is is_consulted
