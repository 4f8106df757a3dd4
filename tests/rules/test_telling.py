"""Who is told, and to whom is the address shown? Only decisions that the law knows change it."""

from datetime import date
from itertools import product

import pytest

from placements.rules.not_practicable import NotPracticable, ReasonMissing
from placements.rules.people_to_tell import people_to_tell
from placements.rules.placement_facts import PlacementFacts
from placements.rules.telling import Decision, MayNotDecideSo, telling
from tests.rules.facts import day

PEOPLE = {person.code: person for person in people_to_tell(placement=PlacementFacts())}
MAY_BE_WITHHELD = {"parents", "contact_in_care", "contact_not_in_care", "previous_carer"}
FATHER = {
    "decided_by": "the team manager",
    "decided_on": date(2027, 3, 15),
    "reason": "It would put Bea at risk of significant harm.",
    "look_again_on": date(2027, 9, 15),
}
DECISION = Decision(**FATHER)


def told(code, *, in_care=True, on="2027-03-22", **decisions):
    return telling(recipient=PEOPLE[code], in_care=in_care, on=day(on), **decisions)


def test_father_of_story_3_is_withheld_with_who_and_when_and_until():
    father = told("parents", withholding=DECISION)

    assert (father.is_told, father.shows_address) == (False, False)
    assert [finding.sentence for finding in father.findings] == [
        "Withheld, because telling would put the child at risk of significant harm: decided by the team manager on "
        "Mon 15 March 2027, to be looked at again on Wed 15 September 2027."
    ]


@pytest.mark.parametrize("code", ["parents", "contact_in_care"])
def test_mother_and_grandmother_of_story_3_are_told_without_the_address(code):
    answer = told(code, without_address=DECISION)

    assert (answer.is_told, answer.shows_address) == (True, False)
    assert answer.findings[0].citation.provision == "Sch. 2 para. 15(4)"


@pytest.mark.parametrize("in_care", [False, None])
def test_address_is_not_left_out_for_a_child_who_is_not_known_to_be_in_care(in_care):
    with pytest.raises(MayNotDecideSo, match="only for a child in care"):
        told("parents", in_care=in_care, without_address=DECISION)


@pytest.mark.parametrize("code", sorted(set(PEOPLE) - MAY_BE_WITHHELD))
def test_nothing_is_withheld_from_anybody_outside_b_to_e(code):
    with pytest.raises(MayNotDecideSo, match="may not be withheld"):
        told(code, withholding=DECISION)
    with pytest.raises(MayNotDecideSo, match="may not be left out"):
        told(code, without_address=DECISION)
    assert told(code).shows_address


@pytest.mark.parametrize(("on", "is_due"), [("2027-09-14", False), ("2027-09-15", True), ("2029-01-01", True)])
def test_decision_holds_past_its_day_and_asks_to_be_looked_at(on, is_due):
    father = told("parents", on=on, withholding=DECISION)

    assert not father.is_told
    assert ("telling_look_again" in [finding.code for finding in father.findings]) is is_due


@pytest.mark.parametrize(
    ("blank", "refusal"),
    [
        ({"reason": ""}, ReasonMissing),
        ({"decided_by": "  "}, ReasonMissing),
        ({"look_again_on": date(2027, 3, 15)}, MayNotDecideSo),
    ],
)
def test_decision_without_who_why_or_until_is_refused(blank, refusal):
    with pytest.raises(refusal):
        Decision(**(FATHER | blank))


def test_not_practicable_is_shown_with_its_reason_and_who_decided():
    reason = NotPracticable(reason="no address is known", decided_by="P. Nair", decided_on=day("2027-03-22"))

    assert told("parents", not_practicable=reason).findings[0].sentence == (
        "Not reasonably practicable: no address is known (decided by P. Nair, Mon 22 March 2027)."
    )


def test_address_is_never_shown_to_somebody_for_whom_a_decision_stands():
    for code, in_care, field in product(PEOPLE, [True, False, None], ["withholding", "without_address"]):
        try:
            answer = told(code, in_care=in_care, **{field: DECISION})
        except MayNotDecideSo:
            continue
        assert not answer.shows_address
        assert code in MAY_BE_WITHHELD
