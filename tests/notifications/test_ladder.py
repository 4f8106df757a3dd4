"""When is which step due? Worked out by hand: December 2026 has Christmas Day on a Friday, 28 December is a holiday."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.clock import london_date
from geo.holidays import is_working_day
from notifications.ladder import ladder
from notifications.ladder.steps import STEPS
from notifications.models import Document

# As long as the bank holidays are known. Hypothesis asks for bounds without a zone.
INSTANTS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 1), timezones=st.just(UTC))  # noqa: DTZ001
ORDINARY, URGENT = Document.Urgency.ORDINARY, Document.Urgency.URGENT
NOTICE = Document.Kind.PLACEMENT_NOTICE


def steps(composed_at: str, *, kind=NOTICE, urgency=ORDINARY, due_on=None) -> dict[str, str]:
    at = datetime.fromisoformat(composed_at).replace(tzinfo=UTC)
    found = ladder.ladder_for(kind, urgency, composed_at=at, due_on=due_on)
    return {one.step: one.at.astimezone(UTC).strftime("%Y-%m-%d %H:%M") for one in found}


def test_an_ordinary_notice_of_a_tuesday_morning():
    assert steps("2026-12-01 10:00") == {
        "email_after_failure": "2026-12-01 10:15",
        "named_person": "2026-12-01 14:00",
        "deputy": "2026-12-02 09:00",
        "call_script": "2026-12-03 09:00",
        "manager": "2026-12-04 09:00",
    }


def test_what_was_sent_on_christmas_eve_is_followed_up_when_offices_open_again():
    assert steps("2026-12-24 15:00") == {
        "email_after_failure": "2026-12-24 15:15",
        "named_person": "2026-12-29 09:00",
        "deputy": "2026-12-29 09:00",
        "call_script": "2026-12-30 09:00",
        "manager": "2026-12-31 09:00",
    }


def test_an_urgent_notice_waits_for_no_office():
    assert steps("2026-12-25 22:00", urgency=URGENT) == {
        "email_after_failure": "2026-12-25 22:15",
        "named_person": "2026-12-25 23:00",
        "deputy": "2026-12-25 23:30",
        "call_script": "2026-12-26 00:00",
        "manager": "2026-12-26 02:00",
    }


def test_in_summer_nine_o_clock_is_londons():
    assert steps("2026-07-01 10:00")["deputy"] == "2026-07-02 08:00"


def test_a_near_day_brings_the_steps_forward():
    """From noon on 1 December to 17:00 on 2 December are 29 hours: the deputy after 40 %, the call after half of them."""
    found = steps("2026-12-01 12:00", due_on=date(2026, 12, 2))
    assert (found["deputy"], found["call_script"], found["manager"]) == (
        "2026-12-01 23:36",
        "2026-12-02 02:30",
        "2026-12-02 09:45",
    )


def test_an_answer_is_followed_quietly_even_if_it_is_urgent():
    assert list(steps("2026-12-01 10:00", kind=Document.Kind.ANSWER, urgency=URGENT)) == ["named_person"]


@pytest.mark.parametrize("kind", Document.Kind)
def test_every_kind_has_a_ladder_whose_steps_are_known(kind):
    assert set(steps("2026-12-01 10:00", kind=kind)) <= set(STEPS)


@given(
    kind=st.sampled_from(Document.Kind),
    urgency=st.sampled_from(Document.Urgency),
    composed_at=INSTANTS,
    days=st.none() | st.integers(-30, 60),
)
def test_no_step_comes_before_the_one_above_it_nor_before_the_notice(kind, urgency, composed_at, days):
    due_on = None if days is None else london_date(composed_at) + timedelta(days=days)
    found = [one.at for one in ladder.ladder_for(kind, urgency, composed_at=composed_at, due_on=due_on)]
    assert found == sorted(found)
    assert found[0] >= composed_at


@given(composed_at=INSTANTS)
def test_whoever_is_asked_on_working_days_is_asked_on_one(composed_at):
    found = ladder.ladder_for(NOTICE, ORDINARY, composed_at=composed_at, due_on=None)
    assert all(is_working_day(london_date(one.at)) for one in found if one.step != "email_after_failure")
