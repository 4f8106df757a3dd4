"""Is a process with a wrong clock found out by the database's?"""

from datetime import UTC, datetime, timedelta

import pytest

from audit import life
from audit.models import SignOfLife


def seen() -> set[str]:
    return set(SignOfLife.objects.values_list("part", flat=True))


class Wrong(datetime):
    """A clock that is wrong by so much."""

    by = timedelta(0)

    @classmethod
    def now(cls, tz=None):
        return datetime.now(tz) + cls.by


@pytest.mark.parametrize(("seconds", "is_wrong"), [(-3600, True), (-11, True), (-8, False), (8, False), (30, True)])
def test_a_clock_that_is_over_ten_seconds_wrong_leaves_a_sign(as_worker, monkeypatch, seconds, is_wrong):
    monkeypatch.setattr(Wrong, "by", timedelta(seconds=seconds))
    monkeypatch.setattr(life, "datetime", Wrong)
    life.was_seen("post")
    assert seen() == {"post", life.WRONG_CLOCK} if is_wrong else {"post"}


def test_what_was_seen_is_asked_of_the_databases_clock(as_worker):
    life.was_seen("post")
    assert life.seen_within("post", seconds=60)
    assert not life.seen_within("emails", seconds=60)
    SignOfLife.objects.filter(part="post").update(seen_at=datetime.now(tz=UTC) - timedelta(seconds=90))
    assert not life.seen_within("post", seconds=60)
