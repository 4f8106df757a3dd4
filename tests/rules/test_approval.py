"""Is the right person named to approve, and everything she must be satisfied of?"""

import pytest

from placements.rules.approval import Approver, OwedWhen, approval_findings, required_approver, requirements
from placements.rules.area import Country, Relation
from placements.rules.placement_facts import Carer, Manner, PlacementFacts
from tests.rules.facts import ADJOINING, AT_A_DISTANCE, HOLIDAYS, IN_AREA, NOWHERE, day, place

AGENCY = PlacementFacts(carer=Carer.OTHER)


@pytest.mark.parametrize(
    ("area", "approver"),
    [
        (IN_AREA, Approver.NOBODY),
        (ADJOINING, Approver.NOMINATED_OFFICER),
        (place(Relation.ADJOINING_TIDAL_WATER), Approver.NOMINATED_OFFICER),
        (place(Relation.ADJOINING_LAND, country=Country.WALES), Approver.NOMINATED_OFFICER),
        (AT_A_DISTANCE, Approver.DIRECTOR_OF_CHILDRENS_SERVICES),
        (NOWHERE, Approver.CANNOT_TELL),
    ],
)
def test_approver_follows_the_boundaries(area, approver):
    assert required_approver(area=area, placement=AGENCY) is approver


@pytest.mark.parametrize("manner", list(Manner))
def test_emergency_never_lowers_the_grade(manner):
    placement = PlacementFacts(carer=Carer.OTHER, manner=manner)

    assert required_approver(area=AT_A_DISTANCE, placement=placement) is Approver.DIRECTOR_OF_CHILDRENS_SERVICES


@pytest.mark.parametrize("carer", [Carer.CONNECTED_PERSON, Carer.OWN_FOSTER_CARER])
def test_connected_person_and_own_foster_carer_are_exempt_from_approval(carer):
    placement = PlacementFacts(carer=carer)

    assert required_approver(area=AT_A_DISTANCE, placement=placement) is Approver.NOBODY
    assert requirements(area=AT_A_DISTANCE, placement=placement, is_emergency=False) == ()
    assert "no exemption from telling" in approval_findings(area=AT_A_DISTANCE, placement=placement)[0].sentence


def test_connected_person_approved_elsewhere_is_not_exempt():
    placement = PlacementFacts(carer=Carer.CONNECTED_PERSON_APPROVED_ELSEWHERE)

    assert required_approver(area=ADJOINING, placement=placement) is Approver.NOMINATED_OFFICER
    assert "not plainly exempt" in approval_findings(area=ADJOINING, placement=placement)[0].sentence


def test_unknown_carer_is_asked_about_and_not_taken_as_exempt():
    finding = approval_findings(area=ADJOINING, placement=PlacementFacts())[0]

    assert finding.code == "nominated_officer_approves"
    assert finding.sentence.endswith("say which.")


def test_planned_distant_placement_owes_five_items_before_approval():
    items = requirements(area=AT_A_DISTANCE, placement=AGENCY, is_emergency=False)

    assert [(item.code, item.citation.provision) for item in items] == [
        ("wishes_and_feelings", "reg. 11(2)(a)"),
        ("most_appropriate", "reg. 11(2)(b)"),
        ("relatives_consulted", "reg. 11(2)(c)"),
        ("area_authority_consulted", "reg. 11(2)(d)(ii)"),
        ("iro_consulted", "reg. 11(2)(e)"),
    ]
    assert {item.owed for item in items} == {OwedWhen.BEFORE_APPROVAL}
    assert items[3].sentence == "Carrowby has been consulted and given a copy of the care plan."


def test_adjoining_authority_is_notified_rather_than_consulted():
    item = requirements(area=ADJOINING, placement=AGENCY, is_emergency=False)[3]

    assert (item.code, item.citation.provision) == ("area_authority_notified", "reg. 11(2)(d)(i)")


def test_emergency_of_story_1_leaves_two_items_before_and_three_after_with_both_clocks():
    placement = PlacementFacts(carer=Carer.OTHER, manner=Manner.EMERGENCY, starts_on=day("2026-12-18"))

    items = requirements(
        area=AT_A_DISTANCE, placement=placement, is_emergency=True, holidays=HOLIDAYS, approved_on=day("2026-12-17")
    )

    assert [(item.code, item.owed) for item in items] == [
        ("wishes_and_feelings", OwedWhen.BEFORE_APPROVAL),
        ("most_appropriate", OwedWhen.BEFORE_APPROVAL),
        ("relatives_consulted", OwedWhen.AFTER_APPROVAL),
        ("area_authority_consulted", OwedWhen.AFTER_APPROVAL),
        ("iro_told", OwedWhen.AFTER_APPROVAL),
    ]
    assert [item.due for item in items[:2]] == [None, None]
    for item in items[2:]:
        assert [clock.due_on for clock in item.clocks] == [day("2026-12-24"), day("2026-12-29")]
        assert item.due.late_from == day("2026-12-25")
        assert item.due.sentence == "By Thu 24 December 2026, five working days of approval on Thu 17 December 2026."


def test_earlier_clock_comes_first_though_approval_was_recorded_after_the_start():
    placement = PlacementFacts(carer=Carer.OTHER, manner=Manner.EMERGENCY, starts_on=day("2027-03-01"))

    items = requirements(
        area=AT_A_DISTANCE, placement=placement, is_emergency=True, holidays=HOLIDAYS, approved_on=day("2027-03-03")
    )

    assert [clock.due_on for clock in items[2].clocks] == [day("2027-03-08"), day("2027-03-10")]


def test_nothing_is_dated_before_there_is_an_approval_or_a_start():
    items = requirements(area=ADJOINING, placement=AGENCY, is_emergency=True, holidays=HOLIDAYS)

    assert [item.due for item in items] == [None] * 5


def test_parents_and_remand_are_said_and_not_decided():
    placement = PlacementFacts(is_with_parents=True, is_on_remand=True)

    codes = [finding.code for finding in approval_findings(area=ADJOINING, placement=placement)]

    assert codes == ["nominated_officer_approves", "parents_reg_18", "remand_not_decided", "remand_court_decides"]
