"""Are the 72 hours hours of the clock, over both changes of clocks, and are the three endings kept apart?"""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placements.rules.finding import Basis
from placements.rules.missing import Interview, InterviewEnding, clock_hours_after, interview_answer, interview_due
from placements.rules.not_practicable import ReasonMissing
from placements.rules.written_times import LONDON, NotAnInstant, in_london, moment_in_words
from tests.rules.facts import day


def london(*parts, fold=0):
    return datetime(*parts, tzinfo=LONDON, fold=fold)


RETURNED = london(2027, 3, 27, 23, 30)  # story 8: the night before summer time begins


def test_interview_of_story_8_is_due_at_half_past_midnight_summer_time():
    due = interview_due(returned_at=RETURNED)

    assert due.due_at == datetime(2027, 3, 30, 23, 30, tzinfo=UTC)
    assert (due.due_on, due.late_from) == (day("2027-03-31"), day("2027-04-01"))
    assert due.basis is Basis.STATUTORY_GUIDANCE
    assert due.sentence == (
        "To be completed by Wed 31 March 2027, 00:30 summer time: 72 hours of the clock after the return on "
        "Sat 27 March 2027, 23:30 GMT."
    )


def test_twelve_hours_of_story_8_end_at_25_past_11_summer_time():
    ends_at = clock_hours_after(at=london(2027, 3, 27, 22, 25), hours=12)

    assert moment_in_words(ends_at) == "Sun 28 March 2027, 11:25 summer time"


def test_seventy_two_hours_over_the_end_of_summer_time_end_an_hour_earlier_by_the_wall():
    due = interview_due(returned_at=london(2026, 10, 24, 12, 0))

    assert moment_in_words(due.due_at) == "Tue 27 October 2026, 11:00 GMT"


@pytest.mark.parametrize(
    ("fold", "due"), [(0, "Wed 28 October 2026, 00:30 GMT"), (1, "Wed 28 October 2026, 01:30 GMT")]
)
def test_hour_that_comes_twice_is_two_different_instants(fold, due):
    returned_at = london(2026, 10, 25, 1, 30, fold=fold)

    assert moment_in_words(interview_due(returned_at=returned_at).due_at) == due


def test_29_february_is_a_day_like_any_other():
    due = interview_due(returned_at=london(2028, 2, 27, 9, 15))

    assert moment_in_words(due.due_at) == "Wed 1 March 2028, 09:15 GMT"


def test_time_without_its_offset_is_refused():
    with pytest.raises(NotAnInstant, match="no offset"):
        interview_due(returned_at=datetime(2026, 10, 25, 1, 30))  # noqa: DTZ001


def answer(ending=None, *, minutes_after_deadline=0, reason=""):
    at = RETURNED.astimezone(UTC) + timedelta(hours=72, minutes=minutes_after_deadline)
    interview = Interview(ending=ending, at=at, by="D. Okoro", reason=reason) if ending else None
    return interview_answer(returned_at=RETURNED, interview=interview, now=at)


@pytest.mark.parametrize(("minutes", "is_late"), [(-1, False), (0, False), (1, True)])
def test_lateness_is_told_to_the_minute_done_or_not(minutes, is_late):
    assert answer(minutes_after_deadline=minutes).is_late is is_late
    assert answer(InterviewEnding.DONE, minutes_after_deadline=minutes).is_late is is_late


@pytest.mark.parametrize(
    ("ending", "code"),
    [(InterviewEnding.DECLINED, "interview_declined"), (InterviewEnding.NOT_POSSIBLE, "interview_not_possible")],
)
def test_declined_and_not_possible_are_not_done_and_not_late(ending, code):
    outcome = answer(ending, minutes_after_deadline=500, reason="she did not want to talk.")

    assert outcome.finding.code == code
    assert outcome.finding.sentence.endswith("she did not want to talk. Not done.")
    assert outcome.is_late is None


def test_interview_that_was_not_done_needs_its_reason():
    with pytest.raises(ReasonMissing):
        answer(InterviewEnding.DECLINED)


@given(seconds=st.integers(1_325_376_000, 1_859_155_200), hours=st.integers(1, 200))  # 2012 to the end of 2028
def test_clock_hours_agree_with_seconds_since_1970(seconds, hours):
    returned_at = in_london(datetime.fromtimestamp(seconds, tz=UTC))

    assert clock_hours_after(at=returned_at, hours=hours).timestamp() == seconds + hours * 3600
