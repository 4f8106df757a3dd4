"""Can a story set its date, and only by the role that may?"""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from db import clock


def test_the_clock_is_set_to_a_london_time_and_goes_on(committing):
    call_command("set_clock", "2027-06-14T09:30")
    assert timedelta(0) <= clock.now() - datetime(2027, 6, 14, 8, 30, tzinfo=UTC) < timedelta(minutes=1)


def test_now_is_the_databases_own_time_again(committing):
    call_command("set_clock", "2027-06-14T09:30")
    call_command("set_clock", "now")
    with connections["default"].cursor() as cursor:
        cursor.execute("select placewatch_now() - clock_timestamp() < interval '1 second'")
        assert cursor.fetchone() == (True,)


def test_what_is_no_instant_is_refused_with_how_to_write_one(committing):
    with pytest.raises(CommandError, match="write it as 2026-12-17T22:00"):
        call_command("set_clock", "next week")


def test_without_the_clocks_role_it_is_refused(monkeypatch):
    monkeypatch.delitem(connections.settings, "clock")
    with pytest.raises(CommandError, match="CLOCK_DATABASE_URL"):
        call_command("set_clock", "now")
