"""Is the host told when it must be, by the right day, and is lateness counted from the right one?"""

import pytest

from placements.rules.area import Country, Relation
from placements.rules.notice import Owed, emergency_notice_due, host_notice, must_contain, planned_notice_due
from placements.rules.people_to_tell import people_to_tell
from placements.rules.placement_facts import Carer, Manner, PlacementFacts
from placements.rules.timeliness import Timing, became_late_on, timeliness
from tests.rules.facts import ADJOINING, AT_A_DISTANCE, HOLIDAYS, IN_AREA, NOWHERE, day, place


def notice(area, **facts):
    return host_notice(area=area, placement=PlacementFacts(**facts), holidays=HOLIDAYS)


@pytest.mark.parametrize("area", [ADJOINING, AT_A_DISTANCE, place(Relation.ADJOINING_LAND, country=Country.WALES)])
@pytest.mark.parametrize("carer", list(Carer))
def test_notice_is_owed_for_every_place_out_of_area_whoever_cares(area, carer):
    assert notice(area, carer=carer).owed is Owed.OWED


def test_own_foster_carer_is_not_freed_from_notice():
    sentence = notice(ADJOINING, carer=Carer.OWN_FOSTER_CARER).findings[0].sentence

    assert sentence.endswith("Freed from approval, this carer is not freed from notice.")


@pytest.mark.parametrize(
    ("area", "facts", "owed"),
    [
        (IN_AREA, {}, Owed.NOT_OWED),
        (ADJOINING, {"is_short_break": True}, Owed.NOT_OWED_CONFIRM),
        (NOWHERE, {"is_short_break": True}, Owed.NOT_OWED_CONFIRM),
        (ADJOINING, {"is_for_adoption": True}, Owed.NOT_OWED_CONFIRM),
        (ADJOINING, {"is_temporary": True}, Owed.NOT_OWED),
        (NOWHERE, {}, Owed.CANNOT_TELL),
    ],
)
def test_notice_that_is_not_owed_gives_a_reason_and_no_date(area, facts, owed):
    answer = notice(area, starts_on=day("2026-12-18"), **facts)

    assert answer.owed is owed
    assert len(answer.findings) == 1
    assert (answer.if_planned, answer.if_emergency, answer.contents) == (None, None, ())


def test_emergency_notice_of_story_1_is_due_on_the_tuesday_after_christmas():
    due = notice(AT_A_DISTANCE, manner=Manner.EMERGENCY, starts_on=day("2026-12-18")).due

    assert due.due_on == day("2026-12-29")
    assert due.late_from == day("2026-12-30")
    assert "Fri 25 December 2026, Christmas Day" in [step.text for step in due.skipped]


def test_planned_notice_of_story_3_is_due_before_the_start_and_names_maundy_thursday():
    due = notice(ADJOINING, manner=Manner.PLANNED, starts_on=day("2027-03-30")).due

    assert (due.due_on, due.late_from, due.last_working_day_before) == (
        day("2027-03-30"),
        day("2027-03-30"),
        day("2027-03-25"),
    )
    assert due.sentence == "To be given before Tue 30 March 2027. Last working day before: Thu 25 March 2027."


def test_both_clocks_are_given_and_neither_chosen_while_the_manner_is_not_known():
    answer = notice(AT_A_DISTANCE, starts_on=day("2026-11-09"))

    assert answer.due is None
    assert answer.if_planned.due_on == day("2026-11-09")
    assert answer.if_emergency.due_on == day("2026-11-16")


def test_notice_without_a_start_is_owed_and_not_dated():
    answer = notice(AT_A_DISTANCE)

    assert answer.owed is Owed.OWED
    assert (answer.if_planned, answer.if_emergency) == (None, None)


def test_care_plan_need_not_go_twice_only_where_it_went_with_the_consultation():
    def codes(area):
        return [item.code for item in must_contain(area=area, is_care_plan_already_provided=True)]

    assert codes(AT_A_DISTANCE) == ["assessment_and_reasons"]
    assert codes(ADJOINING) == ["assessment_and_reasons", "care_plan"]
    assert [item.code for item in must_contain(area=AT_A_DISTANCE)] == ["assessment_and_reasons", "care_plan"]


PLANNED = planned_notice_due(starts_on=day("2026-11-09"), holidays=HOLIDAYS)
EMERGENCY = emergency_notice_due(starts_on=day("2026-11-09"), holidays=HOLIDAYS)


@pytest.mark.parametrize(
    ("due", "given", "today", "late_since"),
    [
        (PLANNED, "2026-11-30", "2026-11-30", "2026-11-09"),  # story 4: 3005, found three weeks late
        (PLANNED, None, "2026-11-09", "2026-11-09"),
        (PLANNED, None, "2026-11-08", None),
        (PLANNED, "2026-11-06", "2026-11-30", None),
        (EMERGENCY, None, "2026-11-16", None),
        (EMERGENCY, None, "2026-11-17", "2026-11-17"),
        (EMERGENCY, "2026-11-16", "2026-12-01", None),
        (EMERGENCY, "2026-11-17", "2026-12-01", "2026-11-17"),
    ],
)
def test_lateness_is_counted_from_the_rule_and_not_from_finding_out(due, given, today, late_since):
    expected = day(late_since) if late_since else None

    assert became_late_on(due=due, given_on=day(given) if given else None, today=day(today)) == expected


@pytest.mark.parametrize(
    ("is_given_before_start", "timing"), [(True, Timing.IN_TIME), (False, Timing.LATE), (None, Timing.CANNOT_TELL)]
)
def test_planned_notice_on_the_day_itself_turns_on_which_came_first(is_given_before_start, timing):
    answer = timeliness(
        due=PLANNED,
        given_on=day("2026-11-09"),
        today=day("2026-11-30"),
        is_given_before_start=is_given_before_start,
    )

    assert answer.timing is timing


def test_emergency_notice_on_the_first_late_day_is_late_whatever_is_said_of_the_start():
    answer = timeliness(due=EMERGENCY, given_on=day("2026-11-17"), today=day("2026-11-30"), is_given_before_start=True)

    assert answer.timing is Timing.LATE


def test_only_paragraphs_b_to_e_may_be_withheld():
    people = people_to_tell(placement=PlacementFacts())

    assert [recipient.citation.provision for recipient in people if recipient.may_be_withheld] == [
        "reg. 13(2)(b)",
        "reg. 13(2)(c)",
        "reg. 13(2)(d)",
        "reg. 13(2)(e)",
    ]


@pytest.mark.parametrize(
    ("in_care", "told", "not_told"),
    [(True, "contact_in_care", "contact_not_in_care"), (False, "contact_not_in_care", "contact_in_care")],
)
def test_people_with_contact_depend_on_whether_the_child_is_in_care(in_care, told, not_told):
    codes = [recipient.code for recipient in people_to_tell(placement=PlacementFacts(in_care=in_care))]

    assert told in codes
    assert not_told not in codes


def test_school_to_be_and_police_are_practice_and_not_law():
    people = people_to_tell(placement=PlacementFacts(in_care=True))

    assert [recipient.code for recipient in people if recipient.basis == "practice"] == ["school_to_be", "police"]


@pytest.mark.parametrize("fact", ["is_short_break", "is_temporary", "is_for_adoption"])
def test_nobody_is_listed_where_no_new_notice_is_prepared(fact):
    assert people_to_tell(placement=PlacementFacts(**{fact: True})) == ()
