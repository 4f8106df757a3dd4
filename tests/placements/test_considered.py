"""What was gathered before a decision: places asked and why not, and evidence item by item, seen by the approver."""

from datetime import date, timedelta

import pytest

from accounts.exceptions import NotPermitted
from accounts.roles import Role
from placements.actions import approvals as approval_actions
from placements.actions.considered import gather, record_place_tried
from placements.approving import approvals
from placements.exceptions import DecidedAlready, PlacementNotFound, UnreadableField
from placements.models import Approval, Placement, PlacementEvent, PlaceTried
from placements.rules.satisfied_of import Answer, Standing
from tests.factories import NOON, ROTHERHAM, SHEFFIELD, acting, decide, person, placement_at
from tests.placements.pack import register

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)
SAID = {"wishes_and_feelings": Answer(evidence="He wants to go; he said so on Monday.")}
TRIED = {"place": "CANARY-OTHER-BED", "why_not": "Full until March.", "asked_on": date(2026, 11, 30)}


@pytest.fixture
def move():
    """A move at a distance that is planned, by whom, and the approval that it asks for."""
    priya = person()
    made = placement_at(Placement.Status.PROPOSED, priya)
    with acting(priya):
        yield priya, made, Approval.objects.get(placement=made)


def standing(approval: Approval, code: str, at=LATER):
    [item] = [one for one in approvals.items(approval, {}, at=at) if one.requirement.code == code]
    return item.standing, item.sentence


def test_what_is_gathered_shows_to_whoever_decides_and_stands_in_the_decision(move):
    priya, made, approval = move
    gather(approval_id=approval.id, answers=SAID, by=priya, at=NOON)

    assert standing(approval, "wishes_and_feelings") == (Standing.SATISFIED, "He wants to go; he said so on Monday.")
    decide(made, "approved")
    approval.refresh_from_db()
    sentences = {one["requirement"]["code"]: one["sentence"] for one in approval.items}
    assert sentences["wishes_and_feelings"] == "On file."  # what the decider wrote wins over what was gathered


def test_the_decision_rests_on_what_was_gathered_where_the_decider_adds_nothing(move):
    priya, _, approval = move
    codes = [one.requirement.code for one in approvals.items(approval, {}, at=NOON)]
    answers = {code: Answer(reason="Not yet.") for code in codes} | SAID
    gather(approval_id=approval.id, answers=answers, by=priya, at=NOON)
    director = person(ROTHERHAM, Role.DIRECTOR, "Helen Marsh")

    with acting(director):
        approval_actions.decide(approval_id=approval.id, decision="approved", answers={}, by=director, at=LATER)
        approval.refresh_from_db()

    assert approval.decision == "approved"
    assert approval.items[0]["sentence"] == "He wants to go; he said so on Monday."


def test_what_was_gathered_later_replaces_and_the_earlier_words_are_kept(move):
    priya, made, approval = move
    gather(approval_id=approval.id, answers=SAID, by=priya, at=NOON)
    answers = {"wishes_and_feelings": Answer(reason="He would not say.")}
    gather(approval_id=approval.id, answers=answers, by=priya, at=LATER)

    assert standing(approval, "wishes_and_feelings") == (Standing.REASON_GIVEN, "Reason given: He would not say.")
    assert standing(approval, "wishes_and_feelings", at=NOON)[0] is Standing.SATISFIED
    assert [(one.evidence, one.superseded_at) for one in approval.gathered.order_by("recorded_at")] == [
        ("He wants to go; he said so on Monday.", LATER),
        ("", None),
    ]
    assert PlacementEvent.objects.filter(placement=made, what__contains="was written down").count() == 2


def test_the_same_words_again_write_nothing(move):
    priya, _, approval = move
    for _ in range(2):
        gather(approval_id=approval.id, answers=SAID, by=priya, at=NOON)

    assert approval.gathered.count() == 1


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"no_such_item": Answer(evidence="x")}, "does not ask for"),
        ({"wishes_and_feelings": Answer(evidence="x", reason="y")}, "not both"),
        ({"area_authority_consulted": Answer(evidence="We rang")}, "Only the record shows this"),
    ],
)
def test_what_cannot_be_gathered_is_refused_with_the_way_on(move, answers, words):
    priya, _, approval = move
    with pytest.raises(UnreadableField, match=words):
        gather(approval_id=approval.id, answers=answers, by=priya, at=NOON)


def test_nothing_is_gathered_for_what_is_decided_and_only_by_those_who_place(move):
    priya, made, approval = move
    decide(made, "approved")
    with pytest.raises(DecidedAlready):
        gather(approval_id=approval.id, answers=SAID, by=priya, at=LATER)
    director = person(ROTHERHAM, Role.DIRECTOR)
    with acting(director), pytest.raises(NotPermitted):
        gather(approval_id=approval.id, answers=SAID, by=director, at=LATER)


def test_a_place_tried_stands_with_its_day_and_when_that_was_recorded(move):
    priya, made, _ = move
    tried = record_place_tried(placement_id=made.id, **TRIED, by=priya, at=NOON)

    assert (tried.place, tried.why_not, tried.asked_on) == ("CANARY-OTHER-BED", "Full until March.", date(2026, 11, 30))
    assert (tried.recorded_at, tried.recorded_by) == (NOON, "Priya Nair")


def test_the_day_may_be_left_out_but_not_the_place_nor_the_reason(move):
    priya, made, _ = move
    given = {"placement_id": made.id, "by": priya, "at": NOON}
    record_place_tried(place="An agency", why_not="No bed", **given)
    for field, words in (("place", {"place": " ", "why_not": "No bed"}), ("why_not", {"place": "x", "why_not": ""})):
        with pytest.raises(UnreadableField) as refused:
            record_place_tried(**words, **given)
        assert refused.value.field == field
    with pytest.raises(UnreadableField, match="later"):
        record_place_tried(place="x", why_not="y", asked_on=date(2026, 12, 2), **given)


def test_another_authority_neither_reads_nor_writes_what_was_tried(move):
    priya, made, _ = move
    record_place_tried(placement_id=made.id, **TRIED, by=priya, at=NOON)
    stranger = person(SHEFFIELD)

    with acting(stranger):
        assert not PlaceTried.objects.exists()
        with pytest.raises(PlacementNotFound):
            record_place_tried(placement_id=made.id, place="x", why_not="y", by=stranger, at=NOON)


def test_the_pack_answers_why_there_and_not_nearer_as_it_was_recorded_by_then(db):
    priya = person()
    told = register.planned(priya, "AA-1", register.PlaceTo.AT_A_DISTANCE, reason_for_distance="Her sister is there.")
    register.planned(priya, "AA-2", register.PlaceTo.AT_A_DISTANCE)
    with acting(priya):
        record_place_tried(placement_id=told.id, **TRIED, by=priya, at=NOON)
        late = register.NEW_YEAR + timedelta(days=1)
        record_place_tried(placement_id=told.id, place="Later", why_not="After", by=priya, at=late)
    answer = register.answer()

    why = next(one for one in answer.tables if one.name == "why_here")
    assert [row[3:6] for row in (one.cells for one in why.rows)] == [
        ("Her sister is there.", "CANARY-OTHER-BED", "Full until March."),
        ("not recorded", "not recorded", "not recorded"),
    ]
    assert answer.tables[0].column("places_tried") == [
        "CANARY-OTHER-BED (Mon 30 November 2026): Full until March.",
        "not recorded",
    ]
