"""Does the timetable go on when somebody sets the clock, and is all of it due when it starts?"""

from datetime import UTC, datetime, timedelta

import pytest

from config import beat
from config.celery import app

EVERY_TWO_SECONDS = "deliver what is due"
HOURLY = "raise the duties that are owed"


class Timetable:
    """Beat without a broker: what it would send, by a steady clock that stands until it is told to go on."""

    def __init__(self, monkeypatch):
        self._at = datetime(1970, 1, 1, tzinfo=UTC)
        monkeypatch.setattr(beat, "steady_now", lambda: self._at)
        self._scheduler = beat.SteadyScheduler(app)
        self._scheduler.producer = None
        self._sent: list[str] = []
        self._scheduler.apply_entry = lambda entry, producer=None: self._sent.append(entry.name)

    def go_on(self, **span: float) -> list[str]:
        """What is sent once that time has passed."""
        self._at += timedelta(**span)
        self._sent.clear()
        while self._scheduler.tick() == 0:
            pass
        return sorted(self._sent)


@pytest.fixture
def timetable(monkeypatch):
    def asked():
        raise AssertionError("the time of day was asked for")

    made = Timetable(monkeypatch)
    monkeypatch.setattr(app, "now", asked)
    return made


def test_at_its_start_all_of_it_is_due_once(timetable):
    assert timetable.go_on() == sorted(app.conf.beat_schedule)
    assert timetable.go_on() == []


def test_each_line_comes_again_in_its_time_whatever_the_time_of_day(timetable):
    timetable.go_on()
    assert EVERY_TWO_SECONDS in timetable.go_on(seconds=3)
    assert HOURLY not in timetable.go_on(minutes=50)
    assert HOURLY in timetable.go_on(minutes=11)


def test_the_steady_clock_goes_on():
    assert beat.steady_now() <= beat.steady_now()
