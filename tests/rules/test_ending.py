"""Is everybody told of an ending by the right one of its two clocks?"""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placements.rules.ending import HowEnded, ending_notice, ending_timeliness
from placements.rules.finding import Basis
from placements.rules.not_practicable import NotPracticable, ReasonMissing
from placements.rules.timeliness import Timing
from placements.rules.working_days import CalendarNotKnown
from tests.rules.facts import HOLIDAYS, day
from tests.rules.naive import nth_working_day_after

OUT_OF_REACH = [
    HowEnded.PARENTS_NOT_CONFIRMED,
    HowEnded.EMERGENCY_FOSTERING_OVER,
    HowEnded.TEMPORARY_APPROVAL_OVER,
    HowEnded.INTO_OTHER_ARRANGEMENTS,
    HowEnded.AGE_18,
    HowEnded.ADOPTION,
    HowEnded.COURT,
    HowEnded.TAKEN_HOME,
]
REASON = NotPracticable(reason="the carer gave notice overnight", decided_by="Tom Oakes", decided_on=date(2026, 12, 4))


def ended(on, how=HowEnded.BY_US, **facts):
    return ending_notice(how=how, ends_on=day(on), holidays=HOLIDAYS, **facts)


@pytest.mark.parametrize(
    ("how", "on", "due"),
    [
        (HowEnded.IMMEDIATE_RISK, "2026-12-17", "2027-01-05"),  # story 1: Kayla's old placement
        (HowEnded.BY_US, "2026-12-04", "2026-12-18"),  # story 4: 3004
        (HowEnded.BY_US, "2027-03-02", "2027-03-16"),  # story 5: Mia
        (HowEnded.NOT_KNOWN, "2027-03-02", "2027-03-16"),
    ],
)
def test_ten_working_days_after_an_ending_are_those_of_the_stories(how, on, due):
    assert ended(on, how).after.due_on == day(due)


def test_days_after_kaylas_ending_that_were_skipped_are_named():
    assert [step.text for step in ended("2026-12-17", HowEnded.IMMEDIATE_RISK).after.skipped] == [
        "Sat 19 December 2026",
        "Sun 20 December 2026",
        "Fri 25 December 2026, Christmas Day",
        "Sat 26 December 2026",
        "Sun 27 December 2026",
        "Mon 28 December 2026, Boxing Day (substitute day)",
        "Fri 1 January 2027, New Year’s Day",
        "Sat 2 January 2027",
        "Sun 3 January 2027",
    ]


def test_ending_for_immediate_risk_has_one_clock_and_needs_no_second_reason():
    notice = ended("2026-12-17", HowEnded.IMMEDIATE_RISK)

    assert notice.before is None
    assert notice.due_for() is notice.after
    assert "no review need come first" in notice.findings[0].sentence


@pytest.mark.parametrize(
    ("on", "last_working_day"),
    [("2027-02-02", "2027-02-01"), ("2027-03-30", "2027-03-25"), ("2027-04-28", "2027-04-27")],  # Dean, Bea, Pia
)
def test_every_move_of_the_stories_owes_notice_of_the_intention_before_it(on, last_working_day):
    before = ended(on).before

    assert (before.due_on, before.late_from) == (day(on), day(on))
    assert before.last_working_day_before == day(last_working_day)
    assert before.citation.provision == "reg. 14(2)(c)"


def test_finding_of_3004_says_both_clocks_and_asks_for_the_reason():
    sentences = [finding.sentence for finding in ended("2026-12-04").findings]

    assert "Every move is an ending too." in sentences[3]
    assert "before Fri 4 December 2026. Last working day before: Thu 3 December 2026." in sentences[3]
    assert sentences[4] == (
        "By Fri 18 December 2026: ten working days after the ending on Fri 4 December 2026. Only for a person whom "
        "it was not reasonably practicable to tell before: say why, and who decided."
    )


def test_recorded_reason_stands_in_the_finding_in_place_of_the_question():
    last = ended("2026-12-04", not_practicable=REASON).findings[-1]

    assert last.sentence.endswith(
        "Not reasonably practicable: the carer gave notice overnight (decided by Tom Oakes, Fri 4 December 2026)."
    )


@pytest.mark.parametrize(
    ("given_on", "reason", "timing", "late_since"),
    [
        ("2026-12-03", None, Timing.IN_TIME, None),
        ("2026-12-17", None, Timing.LATE, "2026-12-04"),  # told on the ninth working day, no reason
        ("2026-12-17", REASON, Timing.IN_TIME, None),
        ("2026-12-18", REASON, Timing.IN_TIME, None),
        ("2026-12-21", REASON, Timing.LATE, "2026-12-19"),
        (None, None, Timing.LATE, "2026-12-04"),
        (None, REASON, Timing.NOT_YET_DUE, None),
    ],
)
def test_ten_days_open_only_with_the_reason(given_on, reason, timing, late_since):
    answer = ending_timeliness(
        notice=ended("2026-12-04"),
        given_on=day(given_on) if given_on else None,
        today=day("2026-12-07"),
        not_practicable=reason,
    )

    assert answer.timing is timing
    assert answer.late_since == (day(late_since) if late_since else None)


@pytest.mark.parametrize(
    ("is_before", "timing", "words"),
    [
        (True, Timing.IN_TIME, "before the ending."),
        (False, Timing.LATE, "Late since Fri 4 December 2026"),
        (None, Timing.CANNOT_TELL, "say whether it came before the ending."),
    ],
)
def test_notice_on_the_day_of_the_ending_turns_on_which_came_first(is_before, timing, words):
    answer = ending_timeliness(
        notice=ended("2026-12-04"), given_on=day("2026-12-04"), today=day("2026-12-07"), is_given_before_end=is_before
    )

    assert answer.timing is timing
    assert words in answer.sentence


@pytest.mark.parametrize("how", OUT_OF_REACH)
def test_reg_14_does_not_reach_these_endings_and_notice_is_practice(how):
    notice = ended("2026-12-04", how)

    assert (notice.before, notice.after) == (None, None)
    assert [finding.basis for finding in notice.findings] == [Basis.PRACTICE]
    assert ending_timeliness(notice=notice, given_on=None, today=day("2030-01-01")) is None


def test_every_way_of_ending_is_either_reached_or_not():
    reached = {how for how in HowEnded if ended("2026-12-04", how).after}

    assert reached == set(HowEnded) - set(OUT_OF_REACH)


@pytest.mark.parametrize("words", [{"reason": " "}, {"decided_by": ""}])
def test_reason_without_words_or_without_who_decided_is_refused(words):
    facts = {"reason": "flood", "decided_by": "Tom Oakes", "decided_on": day("2026-12-04")}

    with pytest.raises(ReasonMissing, match="Neither may be left blank"):
        NotPracticable(**(facts | words))


def test_ending_past_the_table_of_bank_holidays_is_refused():
    with pytest.raises(CalendarNotKnown, match="later edition"):
        ended("2028-12-18")


@given(on=st.dates(date(2012, 2, 1), date(2028, 11, 1)))
def test_tenth_working_day_is_that_of_a_walk_through_the_calendar(on):
    notice = ending_notice(how=HowEnded.BY_US, ends_on=on, holidays=HOLIDAYS)

    assert notice.after.due_on == nth_working_day_after(on, 10)
    assert nth_working_day_after(notice.before.last_working_day_before, 1) >= on
