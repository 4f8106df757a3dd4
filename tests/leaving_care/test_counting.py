"""Are the thirteen weeks counted as a person would count them, night by night?"""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leaving_care.rules.circumstances import Circumstances, Ending, Stay
from leaving_care.rules.entitlement import entitlement
from leaving_care.rules.status import Status
from placements.rules.periods_of_care import LegalStatus, PeriodOfCare
from placements.rules.thirteen_weeks import thirteen_weeks
from tests.rules.facts import day

SHANICE_BORN = day("2009-05-03")
SHANICE_PERIODS = [
    PeriodOfCare(day("2025-01-10"), day("2025-02-20")),
    PeriodOfCare(day("2025-09-01")),
]


def period(start, end=None):
    return PeriodOfCare(day(start), day(end) if end else None)


def leaving_care_status(*, date_of_birth, periods, on, legal_statuses=()):
    stays = tuple(Stay(one, Ending.OTHER) for one in sorted(periods, key=lambda one: one.start_on))
    known = Circumstances(date_of_birth=date_of_birth, stays=stays, legal_statuses=tuple(legal_statuses))
    return entitlement(circumstances=known, on=on)


def status_on(on, *periods, born="2009-05-03", statuses=()):
    return leaving_care_status(date_of_birth=day(born), periods=periods, on=day(on), legal_statuses=statuses)


def test_day_before_the_16th_birthday_is_not_yet():
    assert status_on("2025-05-02", period("2014-06-01")).status is Status.NOT_YET


def test_entering_care_too_late_is_never_eligible_and_says_so():
    answer = status_on("2027-03-20", period("2027-03-01"))

    assert answer.status is Status.NOT_YET
    assert answer.projected_on is None
    assert answer.findings[0].code == "not_reached_before_18"


def test_two_readings_that_differ_over_a_right_after_care_are_left_to_a_person():
    # 90 nights, 91 days with both ends: in care from 1 June to 30 August 2025, after the 16th birthday.
    answer = status_on("2026-01-01", period("2025-06-01", "2025-08-30"))

    assert answer.count.nights == 90
    assert answer.status is Status.CANNOT_TELL
    assert answer.findings[0].code == "turns_on_the_count"


def test_leaving_on_the_16th_birthday_turns_on_the_count_and_a_day_later_does_not():
    on_the_day = status_on("2025-06-01", period("2024-01-01", "2025-05-03"))
    a_day_later = status_on("2025-06-01", period("2024-01-01", "2025-05-04"))

    assert on_the_day.status is Status.CANNOT_TELL
    assert (a_day_later.status, a_day_later.eligible_since) == (
        Status.RELEVANT,
        day("2025-05-03"),
    )


def test_91st_night_before_the_morning_of_leaving_is_enough():
    answer = status_on("2026-01-01", period("2025-06-01", "2025-08-31"))

    assert (answer.status, answer.eligible_since) == (Status.RELEVANT, day("2025-08-31"))


def test_leaving_care_under_18_after_being_eligible_is_relevant():
    answer = status_on("2026-02-01", period("2025-01-01", "2026-01-15"))

    assert answer.status is Status.RELEVANT
    assert answer.eligible_since == day("2025-05-03")


def test_coming_back_keeps_the_first_day_as_an_eligible_child():
    answer = status_on("2026-09-01", period("2025-01-01", "2026-01-15"), period("2026-08-01"))

    assert answer.status is Status.ELIGIBLE
    assert answer.eligible_since == day("2025-05-03")


@pytest.mark.parametrize(
    ("on", "status"),
    [
        ("2027-05-02", Status.ELIGIBLE),
        ("2027-05-03", Status.FORMER_RELEVANT),
        ("2034-05-02", Status.FORMER_RELEVANT),
        ("2034-05-03", Status.NONE),
    ],
)
@pytest.mark.parametrize("end", [None, "2027-05-03"])
def test_former_relevant_begins_on_the_18th_birthday_and_ends_at_25(on, status, end):
    assert status_on(on, period("2025-01-01", end)).status is status


def test_eligible_and_out_of_care_at_18_is_former_relevant():
    answer = status_on("2028-01-01", period("2025-01-01", "2027-01-15"))

    assert answer.status is Status.FORMER_RELEVANT


def test_short_of_13_weeks_after_16_qualifies():
    assert status_on("2027-06-01", period("2026-01-01", "2026-02-01")).status is Status.QUALIFYING
    assert status_on("2027-06-01", period("2024-01-01", "2024-02-01")).status is Status.NONE


def test_short_breaks_neither_count_nor_make_eligible():
    v4 = LegalStatus("V4", day("2025-06-01"))

    in_breaks = status_on("2026-06-01", period("2025-06-01"), statuses=[v4])
    after = status_on(
        "2026-06-01", period("2025-06-01"), statuses=[LegalStatus("V4", day("2025-06-01"), day("2026-03-02"))]
    )

    assert (in_breaks.status, in_breaks.count.nights) == (Status.NONE, 0)
    assert in_breaks.findings[0].code == "short_breaks"
    assert (after.status, after.eligible_since) == (Status.ELIGIBLE, day("2026-06-01"))
    assert after.count.nights == 91


def test_other_legal_statuses_leave_the_count_alone():
    statuses = [LegalStatus("V2", day("2025-06-01"), day("2025-09-01")), LegalStatus("C2", day("2025-09-01"))]

    assert status_on("2026-06-01", period("2025-06-01"), statuses=statuses).eligible_since == day("2025-08-31")


def test_overlapping_records_count_no_night_twice():
    answer = status_on("2025-08-01", period("2025-06-01", "2025-07-15"), period("2025-07-01"))

    assert answer.count.nights == 61
    assert len(answer.count.lines) == 1


def test_records_that_touch_are_one_stay_and_gain_no_day_by_the_other_count():
    answer = status_on("2025-10-01", period("2025-06-01", "2025-07-01"), period("2025-07-01"))

    assert len(answer.count.lines) == 1
    assert answer.count.by_nights.ninety_first_on == day("2025-08-31")
    assert answer.count.other.ninety_first_on == day("2025-08-30")


def test_stay_that_ended_on_the_14th_birthday_counts_for_nothing_either_way():
    answer = status_on("2025-10-01", period("2020-01-01", "2023-05-03"), period("2025-06-01"))

    assert answer.count.by_nights.ninety_first_on == day("2025-08-31")
    assert answer.count.other.ninety_first_on == day("2025-08-30")


def test_leaving_on_the_16th_birthday_short_of_13_weeks_qualifies():
    assert status_on("2025-06-01", period("2025-04-01", "2025-05-03")).status is Status.QUALIFYING
    assert status_on("2025-06-01", period("2025-04-01", "2025-05-02")).status is Status.NONE


def test_born_on_29_february_counts_from_1_march_and_shows_the_other_day():
    answer = status_on("2022-05-31", period("2010-01-01"), born="2008-02-29")

    assert answer.count.fourteenth_birthday.on == day("2022-03-01")
    assert answer.count.by_nights.ninety_first_on == day("2022-05-31")
    assert answer.count.other.ninety_first_on == day("2022-05-29")
    assert "from Mon 28 February 2022" in answer.count.other_sentence
    assert "born_on_29_february" in [finding.code for finding in answer.findings]


def test_period_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="Correct the record first"):
        period("2025-06-01", "2025-06-01")


BORN = date(2008, 7, 1)
SOME_DAY = st.dates(date(2021, 6, 1), date(2026, 12, 31))
LENGTH = st.integers(1, 150)


@st.composite
def histories(draw):
    """Periods of care and short breaks, overlapping as real records do."""
    starts = draw(st.lists(st.tuples(SOME_DAY, LENGTH), max_size=6))
    breaks = draw(st.lists(st.tuples(SOME_DAY, LENGTH), max_size=2))
    return (
        [PeriodOfCare(start, start + timedelta(days=length)) for start, length in starts],
        [LegalStatus("V4", start, start + timedelta(days=length)) for start, length in breaks],
    )


def days_of(spans):
    return {
        span.start_on + timedelta(days=number) for span in spans for number in range((span.end_on - span.start_on).days)
    }


@settings(max_examples=300)
@given(history=histories())
def test_count_agrees_with_ticking_off_every_night_on_a_calendar(history):
    periods, breaks = history
    at_14, at_16, at_18 = date(2022, 7, 1), date(2024, 7, 1), date(2026, 7, 1)
    nights = sorted(on for on in days_of(periods) - days_of(breaks) if at_14 <= on < at_18)
    mornings_of_leaving = {
        before + timedelta(days=1)
        for before, after in pairwise([*nights, date.max])
        if after != before + timedelta(days=1)
    }
    by_nights = [
        on
        for on in sorted(set(nights) | mornings_of_leaving)
        if (on in nights or on > at_16) and on >= at_16 and sum(night < on for night in nights) >= 91
    ]
    with_both_ends = sorted(set(nights) | mornings_of_leaving)
    by_both_ends = [
        on for on in with_both_ends if on >= at_16 and sum(counted <= on for counted in with_both_ends) >= 91
    ]

    count = thirteen_weeks(date_of_birth=BORN, periods=periods, legal_statuses=breaks, on=date(2026, 12, 31))

    assert count.by_nights.eligible_since == (by_nights[0] if by_nights else None)
    assert count.other.eligible_since == (by_both_ends[0] if by_both_ends else None)
    assert count.nights == len(nights)


@settings(max_examples=200)
@given(history=histories(), on=SOME_DAY)
def test_eligible_child_is_16_or_17_and_looked_after_for_91_nights(history, on):
    periods, breaks = history

    answer = leaving_care_status(date_of_birth=BORN, periods=periods, on=on, legal_statuses=breaks)

    if answer.status is Status.ELIGIBLE:
        assert date(2024, 7, 1) <= answer.eligible_since <= on < date(2026, 7, 1)
        assert answer.count.nights >= 91
        assert on in days_of(periods) - days_of(breaks)
