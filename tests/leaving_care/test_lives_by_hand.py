"""Twelve lives in which something is easily miscounted, each worked out by hand with a calendar."""

from leaving_care.rules.circumstances import Ending, HomeStay, Span, ending_of
from leaving_care.rules.milestones import milestones
from leaving_care.rules.recorded import Recorded
from leaving_care.rules.status import Status
from placements.rules.periods_of_care import LegalStatus
from tests.leaving_care.test_entitlement import LONG, asked, codes, known, span, stay
from tests.rules.facts import HOLIDAYS, day


def open_on(on, circumstances, recorded=None):
    _, found = milestones(circumstances=circumstances, recorded=recorded or Recorded(), on=day(on), holidays=HOLIDAYS)
    return {one.key: one.due.due_on for one in found if one.met_on is None}


def test_nights_of_two_stays_before_16_make_eligible_on_the_first_day_of_a_third_after_it():
    # 14 on 15 August 2023. 15 August to 30 September 2023: 17 + 29 = 46. 10 January to 24 February 2025: 22 + 23 = 45.
    # 46 + 45 = 91, reached on 24 February 2025; 16 on 15 August 2025, at home; back in care on 20 December 2025.
    life = known(
        stay("2023-08-01", "2023-09-30", Ending.HOME),
        stay("2025-01-10", "2025-02-24", Ending.HOME),
        stay("2025-12-20"),
        born="2009-08-15",
    )

    at_16, eve, back = (asked(life, on) for on in ("2025-08-15", "2025-12-19", "2025-12-20"))

    assert (at_16.status, eve.status) == (Status.NONE, Status.NONE)
    assert (back.status, back.since) == (Status.ELIGIBLE, day("2025-12-20"))
    assert [line.nights for line in back.count.lines] == [46, 45]
    assert back.count.by_nights.ninety_first_on == day("2025-02-24")
    assert open_on("2025-12-20", life)["needs_assessment"] == day("2026-03-20")


def test_leaving_on_the_16th_birthday_with_91_nights_is_for_a_person_to_decide_by_13_march():
    # 30 November 2025 to 1 March 2026: 1 + 31 + 31 + 28 = 91 nights, but none after 16 (1 March 2026, a Sunday).
    # Ten working days after it: Monday 2 to Friday 6 March are five, Monday 9 to Friday 13 March five more.
    leaves = known(stay("2025-11-30", "2026-03-01", Ending.HOME), born="2010-03-01")
    a_night_later = known(stay("2025-11-30", "2026-03-02", Ending.HOME), born="2010-03-01")

    answer = asked(leaves, "2026-03-01")

    assert (answer.status, answer.count.nights) == (Status.CANNOT_TELL, 91)
    assert open_on("2026-03-01", leaves)["settle_count:2026-03-01"] == day("2026-03-13")
    later = asked(a_night_later, "2026-03-02")
    assert (later.status, later.eligible_since) == (Status.RELEVANT, day("2026-03-01"))


def test_decision_that_the_right_is_there_makes_a_relevant_child_and_settles_it():
    decided = known(
        stay("2025-11-30", "2026-03-01", Ending.HOME), born="2010-03-01", decided_eligible_on=day("2026-03-01")
    )

    answer, owed = asked(decided, "2026-03-10"), open_on("2026-03-10", decided)

    assert (answer.status, answer.since) == (Status.RELEVANT, day("2026-03-01"))
    assert "decided_eligible" in codes(answer)[0]
    assert "settle_count:2026-03-01" not in owed
    assert {"personal_adviser", "needs_assessment", "pathway_plan", "relevant_assessment:2026-03-01"} <= set(owed)


def test_short_breaks_in_the_middle_of_care_put_the_day_off_by_their_nights():
    # May 2025: 31 nights. June is a series of short breaks. 31 July nights and 29 of August make 60: the morning of
    # 30 August has 31 + 60 = 91 behind it. 16 on 10 June 2025.
    life = known(
        stay("2025-05-01"),
        born="2009-06-10",
        legal_statuses=(
            LegalStatus("V2", day("2025-05-01"), day("2025-06-01")),
            LegalStatus("V4", day("2025-06-01"), day("2025-07-01")),
            LegalStatus("V2", day("2025-07-01")),
        ),
    )

    in_breaks, before, after = (asked(life, on) for on in ("2025-06-15", "2025-08-29", "2025-08-30"))

    assert (in_breaks.status, codes(in_breaks)[0][0]) == (Status.NONE, "short_breaks")
    assert (before.status, before.projected_on) == (Status.NOT_YET, day("2025-08-30"))
    assert (after.status, after.since) == (Status.ELIGIBLE, day("2025-08-30"))
    assert [line.nights for line in after.count.lines] == [31, 60]


def test_born_on_29_february_the_91st_night_of_a_leap_year_falls_a_day_after_16():
    # 16 on 29 February 2024, which is there. December 31, January 31, 1 to 28 February 28: 90 nights that morning, 91 on
    # 1 March. Both ends make 91 days of it on 29 February. 18 on 1 March 2026; planning ahead from 1 December 2025.
    life = known(stay("2023-12-01"), born="2008-02-29")

    on_birthday, day_after = asked(life, "2024-02-29"), asked(life, "2024-03-01")
    _, found = milestones(circumstances=life, recorded=Recorded(), on=day("2025-12-01"), holidays=HOLIDAYS)
    due = {one.key: one.due for one in found}

    assert (on_birthday.status, on_birthday.count.nights) == (Status.NOT_YET, 90)
    assert (day_after.status, day_after.count.other.eligible_since) == (Status.ELIGIBLE, day("2024-02-29"))
    assert (due["needs_assessment"].due_on, due["needs_assessment"].other_reading_on) == (
        day("2024-06-01"),
        day("2024-05-29"),
    )
    assert due["plan_ahead_18"].due_on == day("2026-03-01")


def test_nights_with_the_authority_before_us_count_and_a_third_one_takes_over_until_the_child_is_back():
    # 1 July to 15 September 2025 elsewhere: 31 + 31 + 14 = 76. With us since: the 15th night is that of 29 September,
    # so 91 on 30 September; 16 on 20 October 2025.
    theirs, ours = stay("2025-07-01", "2025-09-15", is_with_us=False), stay("2025-09-15", "2026-01-10", ending_of("E3"))
    third, back = stay("2026-01-10", "2026-03-01", is_with_us=False), stay("2026-03-01")
    alone, gone, again = (
        known(*stays, born="2009-10-20") for stays in ((ours,), (theirs, ours, third), (theirs, ours, third, back))
    )

    assert asked(gone, "2025-10-20").since == day("2025-10-20")
    assert asked(gone, "2025-10-20").count.by_nights.ninety_first_on == day("2025-09-30")
    # Without the fact about the other authority: 35 nights on the birthday, and the question is asked.
    unknown = asked(alone, "2025-10-20")
    assert (unknown.status, unknown.count.nights, codes(unknown)[1]) == (Status.NOT_YET, 35, ["care_elsewhere"])
    assert (asked(gone, "2026-02-01").status, open_on("2026-02-01", gone)) == (Status.ANOTHER_AUTHORITY, {})
    # Back with us without a night out of care between: an eligible child all along, owed by us again.
    back_with_us = asked(again, "2026-03-01")
    assert (back_with_us.status, back_with_us.since) == (Status.ELIGIBLE, day("2025-10-20"))


def test_six_months_at_home_from_31_august_are_over_on_28_february():
    # There is no 31 February: the corresponding date is the month's last day. Broken down on 15 May 2026: assessed
    # within three months, by 15 August, where no plan was made.
    def life(until=None):
        home = HomeStay(span("2025-08-31", until), is_settled=True)
        return known(stay("2015-01-01", "2025-08-31", Ending.HOME), born="2009-01-01", at_home=(home,))

    assert [asked(life(), on).status for on in ("2026-02-27", "2026-02-28")] == [Status.RELEVANT, Status.QUALIFYING]
    broke_down = asked(life("2026-05-15"), "2026-05-15")
    assert (broke_down.status, broke_down.since) == (Status.RELEVANT, day("2026-05-15"))
    assert open_on("2026-05-15", life("2026-05-15"))["relevant_assessment:2026-05-15"] == day("2026-08-15")
    too_short = asked(life("2026-02-27"), "2026-06-01")
    assert (too_short.status, too_short.since) == (Status.RELEVANT, day("2025-08-31"))


def test_in_hospital_at_16_straight_from_care_is_owed_adviser_plan_and_assessment_though_never_eligible():
    # 20 January to 22 April 2025: 12 + 28 + 31 + 21 = 92 nights. In hospital from that day until 10 June; 16 on 3 May.
    life = known(stay("2025-01-20", "2025-04-22"), held=(span("2025-04-22", "2025-06-10"),))

    assert asked(life, "2025-05-03").count.nights == 92
    assert open_on("2025-05-03", life) == {
        "personal_adviser": day("2025-05-03"),
        "pathway_plan": day("2025-08-03"),
        "relevant_assessment:2025-05-03": day("2025-08-03"),
    }
    assert asked(life, "2027-05-03").status is Status.FORMER_RELEVANT


def test_adopted_child_who_comes_back_into_care_is_counted_as_any_other():
    # 1 September to 1 December 2025: 30 + 31 + 30 = 91 nights. 16 on 12 September 2025.
    life = known(stay("2012-03-01", "2014-02-01", ending_of("E11")), stay("2025-09-01"), born="2009-09-12")

    away, back, eligible = (asked(life, on) for on in ("2025-08-31", "2025-10-01", "2025-12-01"))

    assert (away.status, codes(away)[0][0]) == (Status.NONE, "adopted")
    assert (back.status, back.projected_on) == (Status.NOT_YET, day("2025-12-01"))
    assert (eligible.status, eligible.since) == (Status.ELIGIBLE, day("2025-12-01"))
    recorded_only = known(stay("2025-09-01"), born="2009-09-12", adopted_on=day("2014-02-01"))
    assert asked(recorded_only, "2025-12-01").status is Status.ELIGIBLE


def test_assessed_as_an_adult_and_looked_after_again_is_a_child_again():
    life = known(stay("2025-01-01", "2025-10-01", ending_of("E15")), stay("2026-01-15"))

    assert codes(asked(life, "2025-12-01"))[0][0] == "age_assessed_adult"
    assert asked(life, "2026-01-15").status is Status.ELIGIBLE


def test_disputed_age_loses_nobody_what_is_owed_and_is_somebodys_to_settle():
    # By our date 16 on 3 May 2025 and eligible; by the other 18 on that day and former relevant. Both are owed support.
    life = known(LONG, other_date_of_birth=day("2007-05-03"))
    plan = Recorded(plan_made_on=day("2025-07-01"))

    answer, owed = asked(life, "2026-01-01"), open_on("2026-01-01", life, plan)

    assert (answer.status, answer.is_owed_support) == (Status.CANNOT_TELL, True)
    assert owed["settle_age"] is None
    assert owed["personal_adviser"] == day("2025-05-03")
    assert owed["pathway_review:2025-07-01"] == day("2026-01-01")


def test_special_guardianship_counts_where_care_came_straight_before_it():
    from_care, after_a_year = (
        known(stay("2020-01-01", "2022-02-01", Ending.HOME), special_guardianship=(Span(day(made_on)),))
        for made_on in ("2022-02-01", "2023-02-01")
    )

    assert asked(from_care, "2025-05-03").status is Status.QUALIFYING
    assert asked(after_a_year, "2025-05-03").status is Status.NONE


def test_in_care_for_89_nights_before_18_is_told_that_it_will_not_be_enough():
    # 2 January to 1 April 2027: 30 + 28 + 31 = 89 nights; 18 on 1 April 2027.
    life = known(stay("2027-01-02", "2027-04-01"), born="2009-04-01")

    before, after = asked(life, "2027-03-31"), asked(life, "2027-04-01")

    assert (before.status, before.projected_on, before.count.nights) == (Status.NOT_YET, None, 88)
    assert (after.status, after.count.nights) == (Status.QUALIFYING, 89)


def test_death_leaves_nothing_standing():
    life = known(stay("2014-06-01", "2025-09-01"), died_on=day("2026-02-05"))

    assert asked(life, "2026-02-04").status is Status.RELEVANT
    assert open_on("2026-02-05", life) == {}
