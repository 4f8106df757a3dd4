"""Does each milestone stand from its day, fall due as a person would count, and end with what it asked for?"""

from dataclasses import replace

import pytest

from leaving_care.rules.circumstances import Circumstances, Ending, Span, Stay
from leaving_care.rules.milestones import milestones
from leaving_care.rules.recorded import Home, Power, Recorded, Told
from placements.rules.finding import Basis
from placements.rules.periods_of_care import PeriodOfCare
from tests.rules.facts import HOLIDAYS, day

SHANICE = Circumstances(
    date_of_birth=day("2009-05-03"),
    stays=(
        Stay(PeriodOfCare(day("2025-01-10"), day("2025-02-20")), Ending.HOME),
        Stay(PeriodOfCare(day("2025-09-01"), day("2027-05-03")), Ending.OTHER),
    ),
)
QUAY_HOUSE = Home(
    key="quay", from_on=day("2026-11-02"), until_on=day("2027-05-03"), area="Carrowby", power=Power.LOOKED_AFTER
)
QUAY_HOUSE_AT_18 = Home(key="quay at 18", from_on=day("2027-05-03"), area="Carrowby", power=Power.S24B)
DONE = Recorded(
    adviser_since=day("2025-10-21"),
    assessed_on=day("2026-01-12"),
    plan_made_on=day("2026-02-12"),
    reviewed_on=(day("2026-08-12"), day("2027-02-12")),
    homes=(QUAY_HOUSE, QUAY_HOUSE_AT_18),
)
MOVED = replace(
    DONE,
    homes=(
        QUAY_HOUSE,
        replace(QUAY_HOUSE_AT_18, until_on=day("2027-05-20")),
        Home(key="flat", from_on=day("2027-05-20"), area="Brackwater", power=Power.S24B),
    ),
    told=(Told(area="Carrowby", on=day("2027-05-04")),),
)


def standing(on, circumstances=SHANICE, recorded=DONE):
    _, found = milestones(circumstances=circumstances, recorded=recorded, on=day(on), holidays=HOLIDAYS)
    keys = [one.key for one in found]
    assert len(keys) == len(set(keys))
    return {one.key: one for one in found}


def still_open(on, **more):
    return {key: one.due.due_on for key, one in standing(on, **more).items() if one.met_on is None}


def test_needs_assessment_was_due_on_21_january_2026_with_the_earlier_reading_beside_it():
    assessment = standing("2027-04-10")["needs_assessment"]

    assert (assessment.due.due_on, assessment.due.other_reading_on) == (day("2026-01-21"), day("2026-01-19"))
    assert assessment.met_on == day("2026-01-12")
    assert assessment.due.basis is Basis.LAW


def test_next_pathway_review_is_thursday_12_august_2027():
    assert still_open("2027-04-10")["pathway_review:2027-02-12"] == day("2027-08-12")


def test_plan_ahead_of_18_stands_from_3_february_2027_as_good_practice():
    assert "plan_ahead_18" not in standing("2027-02-02")

    prompt = standing("2027-02-03")["plan_ahead_18"]

    assert (prompt.due.basis, prompt.due.due_on) == (Basis.PRACTICE, day("2027-05-03"))


def test_18_begins_telling_carrowby_by_10_may_and_what_its_power_asks_for_and_closes_nothing():
    before, after = standing("2027-05-02"), standing("2027-05-03")

    assert set(before) <= set(after)
    assert set(after) - set(before) == {
        "tell_authority:Carrowby:2027-05-03",
        "who_provides_at_18",
        "home_visit:quay at 18:first",
        "home_review:quay at 18",
        "return_contact:18",
    }
    told = after["tell_authority:Carrowby:2027-05-03"].due
    assert (told.due_on, told.basis, told.citation.provision) == (day("2027-05-10"), Basis.LOCAL_RULE, "s. 24C(1)")
    assert after["home_visit:quay at 18:first"].due.due_on == day("2027-05-10")
    assert after["home_review:quay at 18"].due.due_on == day("2027-05-31")
    assert after["pathway_review:2027-02-12"].due.due_on == day("2027-08-12")


def test_return_asks_for_contact_around_18_once_care_has_ended():
    contact = standing("2027-05-03")["return_contact:18"]

    assert (contact.opens_on, contact.due.due_on) == (day("2027-02-03"), day("2027-06-03"))


def test_move_of_20_may_makes_the_five_lines_of_story_9():
    new = {
        key: due
        for key, due in still_open("2027-05-20", recorded=MOVED).items()
        if "2027-05-20" in key or "flat" in key
    }

    assert new == {
        "tell_authority:Brackwater:2027-05-20": day("2027-05-27"),
        "tell_left:Carrowby:2027-05-20": day("2027-05-27"),
        "home_visit:flat:first": day("2027-05-27"),
        "home_review:flat": day("2027-06-17"),
    }
    visited = replace(MOVED, visited_on=(day("2027-05-26"),))
    assert still_open("2027-05-26", recorded=visited)["home_visit:flat:2027-05-26"] == day("2027-06-17")


def test_visits_after_the_second_come_round_every_two_months():
    visited = replace(MOVED, visited_on=(day("2027-05-26"), day("2027-06-16")))

    assert still_open("2027-06-16", recorded=visited)["home_visit:flat:2027-06-16"] == day("2027-08-16")


def test_tenancy_of_her_own_asks_for_no_visit_and_no_review_of_the_move():
    own = replace(MOVED, homes=(*MOVED.homes[:2], replace(MOVED.homes[2], power=Power.THEIR_OWN)))

    assert not [key for key in standing("2027-05-20", recorded=own) if "flat" in key]


def test_telling_carrowby_on_4_may_meets_the_line_and_telling_it_earlier_does_not():
    told = standing("2027-05-20", recorded=MOVED)["tell_authority:Carrowby:2027-05-03"]
    early = replace(DONE, told=(Told(area="Carrowby", on=day("2027-04-26")),))

    assert told.met_on == day("2027-05-04")
    assert standing("2027-05-03", recorded=early)["tell_authority:Carrowby:2027-05-03"].met_on is None


def test_same_area_under_another_power_is_not_told_twice_and_our_own_area_never():
    again = replace(
        DONE,
        homes=(
            QUAY_HOUSE,
            replace(QUAY_HOUSE_AT_18, until_on=day("2027-09-01")),
            Home(key="quay, her own", from_on=day("2027-09-01"), area="Carrowby", power=Power.THEIR_OWN),
        ),
    )
    at_home = replace(DONE, homes=(Home(key="ours", from_on=day("2027-05-03"), area="Ashford", is_in_our_area=True),))

    assert [key for key in standing("2027-10-01", recorded=again) if key.startswith("tell")] == [
        "tell_authority:Carrowby:2027-05-03"
    ]
    assert not [key for key in standing("2027-10-01", recorded=at_home) if key.startswith("tell")]


def test_past_21_telling_is_practice_unless_s24b_help_or_the_plans_education_goes_on():
    def basis(power, **known):
        homes = (Home(key="later", from_on=day("2031-03-03"), area="Dunmere", power=power),)
        circumstances = replace(SHANICE, **known)
        found = standing("2031-03-03", circumstances=circumstances, recorded=replace(DONE, homes=homes))
        return found["tell_authority:Dunmere:2031-03-03"].due.basis

    assert basis(Power.THEIR_OWN) is Basis.PRACTICE
    assert basis(Power.S24B) is Basis.LOCAL_RULE
    assert basis(Power.THEIR_OWN, education_until=day("2031-07-31")) is Basis.LOCAL_RULE


def test_working_day_past_the_table_of_holidays_has_no_day_and_says_so():
    homes = (Home(key="later", from_on=day("2029-03-03"), area="Dunmere", power=Power.THEIR_OWN),)

    due = standing("2029-03-03", recorded=replace(DONE, homes=homes))["tell_authority:Dunmere:2029-03-03"].due

    assert due.due_on is None
    assert "cannot be counted" in due.sentence


def test_watch_and_prompt_stand_before_16_for_somebody_looked_after_and_go_when_care_ends():
    in_care = Circumstances(date_of_birth=day("2009-05-03"), stays=(Stay(PeriodOfCare(day("2014-06-01"))),))
    left = replace(in_care, stays=(Stay(PeriodOfCare(day("2014-06-01"), day("2025-03-01")), Ending.HOME),))

    nothing = standing("2024-11-02", circumstances=in_care, recorded=Recorded())
    prompt = still_open("2024-11-03", circumstances=in_care, recorded=Recorded())
    both = still_open("2025-02-03", circumstances=in_care, recorded=Recorded())

    assert nothing == {}
    assert prompt == {"plan_ahead_16": day("2025-02-03")}
    assert both == {"plan_ahead_16": day("2025-02-03"), "thirteen_weeks_watch": day("2025-05-03")}
    assert standing("2025-03-01", circumstances=left, recorded=Recorded()) == {}


def test_eligible_child_is_owed_adviser_assessment_and_plan_from_the_day():
    in_care = Circumstances(date_of_birth=day("2009-05-03"), stays=(Stay(PeriodOfCare(day("2014-06-01"))),))

    found = standing("2025-05-03", circumstances=in_care, recorded=Recorded())

    assert {"personal_adviser", "needs_assessment", "pathway_plan"} < set(found)
    assert found["thirteen_weeks_watch"].met_on == day("2025-05-03")
    assert found["personal_adviser"].due.due_on == day("2025-05-03")
    assert found["pathway_plan"].due.basis is Basis.LOCAL_RULE


def test_relevant_child_without_a_plan_is_assessed_within_three_months():
    left = Circumstances(
        date_of_birth=day("2009-05-03"),
        stays=(Stay(PeriodOfCare(day("2014-06-01"), day("2026-06-01")), Ending.OTHER),),
    )

    without = still_open("2026-06-01", circumstances=left, recorded=Recorded())
    with_plan = still_open("2026-06-01", circumstances=left, recorded=Recorded(plan_made_on=day("2025-09-01")))

    assert without["relevant_assessment:2026-06-01"] == day("2026-09-01")
    assert "relevant_assessment:2026-06-01" not in with_plan


def test_offer_at_21_and_a_year_after_the_last_one_while_no_support_runs():
    offered = replace(DONE, offers=(day("2030-05-10"),))
    support = replace(SHANICE, support_asked_for=(Span(day("2030-06-01"), day("2031-01-01")),))

    assert still_open("2030-05-03")["offer:21"] == day("2030-05-03")
    assert "offer:21" not in standing("2030-05-02")
    assert still_open("2030-05-10", recorded=offered)["offer:2030-05-10"] == day("2031-05-10")
    assert "offer:2030-05-10" not in still_open("2030-06-01", circumstances=support, recorded=offered)
    assert "offer:2030-05-10" in still_open("2031-01-01", circumstances=support, recorded=offered)


def test_reviews_stop_past_21_unless_education_or_a_request_carries_them():
    education = replace(SHANICE, education_until=day("2031-07-31"))

    assert "pathway_review:2027-02-12" in still_open("2030-05-02")
    assert "pathway_review:2027-02-12" not in still_open("2030-05-03")
    assert "pathway_review:2027-02-12" in still_open("2030-05-03", circumstances=education)


def test_staying_put_is_asked_of_those_with_foster_carers_only():
    fostered = replace(DONE, homes=(replace(QUAY_HOUSE, is_foster_home=True, until_on=None),))

    assert still_open("2027-02-03", recorded=fostered)["staying_put"] == day("2027-05-03")
    assert "staying_put" not in standing("2027-02-03")


def test_staying_put_is_asked_as_well_of_whoever_moves_to_foster_carers_within_the_last_three_months():
    carers = replace(QUAY_HOUSE, key="carers", is_foster_home=True, from_on=day("2027-04-20"), until_on=None)
    moves = replace(DONE, homes=(replace(QUAY_HOUSE, until_on=day("2027-04-20")), carers))

    assert "staying_put" not in standing("2027-04-19", recorded=moves)
    assert still_open("2027-04-20", recorded=moves)["staying_put"] == day("2027-05-03")


@pytest.mark.parametrize("on", ["2034-05-03", "2040-01-01"])
def test_nothing_stands_past_25(on):
    assert standing(on) == {}


def test_transfer_hands_everything_to_the_other_authority():
    gone = replace(SHANICE, stays=(Stay(PeriodOfCare(day("2014-06-01"), day("2026-06-01")), Ending.TRANSFERRED),))

    assert standing("2026-06-01", circumstances=gone) == {}
