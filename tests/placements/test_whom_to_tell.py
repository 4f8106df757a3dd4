"""Who is told of a placement: the list of reg. 13(2), and the two decisions by which somebody is left out."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from accounts.exceptions import NotPermitted
from accounts.roles import Role
from duties.models import Duty
from placements.actions.withholdings import end_withholding, keep_withholding, withhold
from placements.exceptions import PlacementNotFound, UnreadableField, WithholdingNotFound
from placements.models import Placement, Withholding
from placements.telling import people
from tests.factories import NOON, SHEFFIELD, acting, child, person, placement_at

pytestmark = pytest.mark.django_db
DECISION = {
    "paragraph": "b",
    "person": "The father",
    "what": "notice",
    "reason": "It would put Bea at risk of significant harm.",
    "decided_by": "Tom Oakes",
    "decided_on": date(2026, 11, 30),
    "look_again_on": date(2027, 5, 31),
}
TODAY = date(2026, 12, 1)


@pytest.fixture
def priya(db):
    return person()


@pytest.fixture
def plan(priya):
    return placement_at(Placement.Status.PROPOSED, priya)


def decided(priya, plan, **changes) -> Withholding:
    with acting(priya):
        return withhold(placement_id=plan.id, **(DECISION | changes), by=priya, at=NOON)


def test_the_father_is_not_told_and_looking_again_is_a_duty(priya, plan):
    decided(priya, plan)

    with acting(priya):
        father = people.to_tell(plan, on=TODAY)[-1]
        owed = Duty.objects.get(kind="look_again_at_withholding")
    assert (father.who, father.telling.is_told) == ("The father", False)
    assert "decided by Tom Oakes on Mon 30 November 2026" in father.telling.findings[0].sentence
    assert owed.due_on == date(2027, 5, 31)


def test_the_mother_is_told_without_the_address_by_a_decision_of_its_own(priya, plan):
    decided(priya, plan, person="The mother", what="address")

    with acting(priya):
        mother = people.to_tell(plan, on=TODAY)[-1]
    assert (mother.telling.is_told, mother.telling.shows_address) == (True, False)


def test_the_address_is_left_out_for_a_child_in_care_only(priya):
    accommodated = child(priya, legal_status="V2")
    made = placement_at(Placement.Status.PROPOSED, priya, of=accommodated)

    with acting(priya), pytest.raises(UnreadableField, match="only for a child in care") as refusal:
        withhold(placement_id=made.id, **(DECISION | {"what": "address"}), by=priya, at=NOON)
    assert refusal.value.field == "what"


@pytest.mark.parametrize("paragraph", ["a", "d", "f", "i", ""])
def test_nobody_else_may_be_left_out(priya, plan, paragraph):
    """Paragraph (d) is for a child who is not in care; Kayla is."""
    with acting(priya), pytest.raises(UnreadableField, match=r"reg\. 13\(3\)"):
        withhold(placement_id=plan.id, **(DECISION | {"paragraph": paragraph}), by=priya, at=NOON)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"decided_by": ""}, "reason"),
        ({"person": ""}, "person"),
        ({"look_again_on": date(2026, 11, 30)}, "look_again_on"),
        ({"decided_on": date(2026, 12, 2)}, "decided_on"),
    ],
)
def test_a_decision_says_who_decided_why_and_when_it_is_looked_at_again(priya, plan, changes, field):
    with acting(priya), pytest.raises(UnreadableField) as refusal:
        withhold(placement_id=plan.id, **(DECISION | changes), by=priya, at=NOON)
    assert refusal.value.field == field


def test_an_ended_decision_tells_the_person_again_and_meets_its_duty(priya, plan):
    made = decided(priya, plan)

    with acting(priya):
        end_withholding(withholding_id=made.id, because="It may be told.", by=priya, at=NOON)
        assert "The father" not in [one.who for one in people.to_tell(plan, on=TODAY)]
        assert Duty.objects.get(kind="look_again_at_withholding").closing == "met"
        with pytest.raises(WithholdingNotFound):
            end_withholding(withholding_id=made.id, because="It may be told.", by=priya, at=NOON)


def test_a_decision_ends_for_a_reason(priya, plan):
    made = decided(priya, plan)

    with acting(priya), pytest.raises(UnreadableField) as refusal:
        end_withholding(withholding_id=made.id, because=" ", by=priya, at=NOON)
    assert refusal.value.field == "because"


def test_looked_at_again_it_holds_until_another_day_and_nobody_is_told_in_between(priya, plan):
    made = decided(priya, plan)

    with acting(priya):
        kept = keep_withholding(
            withholding_id=made.id,
            reason="He has come to the school twice.",
            decided_by="Tom Oakes",
            decided_on=date(2026, 12, 1),
            look_again_on=date(2027, 6, 1),
            by=priya,
            at=NOON,
        )
        made.refresh_from_db()
        assert list(people.decisions(plan)) == [kept]
        [open_one] = Duty.objects.filter(kind="look_again_at_withholding", closed_at=None)
    assert (kept.person, kept.what, kept.paragraph) == (made.person, made.what, made.paragraph)
    assert open_one.due_on == date(2027, 6, 1)
    assert made.ended_because.startswith("Looked at again by Tom Oakes: it holds")


def test_another_authority_and_a_role_that_may_not_decide_are_refused(priya, plan):
    made = decided(priya, plan)
    stranger, auditor = person(SHEFFIELD), person(role=Role.AUDITOR)
    with acting(stranger):
        with pytest.raises(PlacementNotFound):
            withhold(placement_id=plan.id, **DECISION, by=stranger, at=NOON)
        with pytest.raises(WithholdingNotFound):
            end_withholding(withholding_id=made.id, because="It may be told.", by=stranger, at=NOON)
    with acting(auditor), pytest.raises(NotPermitted):
        withhold(placement_id=plan.id, **DECISION, by=auditor, at=NOON)


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"paragraph": "f"}, "withheld_only_from_b_to_e"),
        ({"reason": ""}, "withholding_has_a_reason"),
        ({"ended_at": NOON}, "withholding_ended_at_and_by_together"),
    ],
)
def test_the_database_refuses_what_the_law_gives_nobody(priya, plan, changes, name):
    row = DECISION | {"authority_id": plan.authority_id, "placement": plan, "recorded_at": NOON, "recorded_by": "x"}
    with acting(priya), pytest.raises(IntegrityError, match=name), transaction.atomic():
        Withholding.objects.create(**(row | changes))
