"""What was done for a person while they were away: by whom, between which instants, and nothing of their own."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts import cover
from accounts.roles import Role
from duties import away, handling
from tests.duties.owing import owe
from tests.factories import SHEFFIELD, acting, person

pytestmark = pytest.mark.django_db
SET_AT = datetime(2027, 5, 6, 9, 0, tzinfo=UTC)
# Monday 10 May 2027, 00:00, in London is 23:00 UTC on the Sunday: summer time.
FIRST_INSTANT = datetime(2027, 5, 9, 23, 0, tzinfo=UTC)
LAST_INSTANT = datetime(2027, 5, 28, 23, 0, tzinfo=UTC)
BACK_ON = date(2027, 6, 1)


@pytest.fixture
def lewis(db):
    return person(role=Role.LEAVING_CARE_ADVISER, name="Lewis Grant")


@pytest.fixture
def kofi(db):
    return person(role=Role.LEAVING_CARE_ADVISER, name="Kofi Mensah")


@pytest.fixture
def covered(lewis, kofi):
    """Story 9: Lewis is on leave from Monday 10 May to Friday 28 May; Kofi covers; set on Thursday 6 May."""
    with acting(lewis):
        return cover.set_cover(
            person_id=lewis.person_id,
            covered_by_id=kofi.person_id,
            starts_on=date(2027, 5, 10),
            ends_on=date(2027, 5, 29),
            by=lewis,
            at=SET_AT,
        )


def close(who, of, key: str, at: datetime) -> None:
    duty = owe(of, key, owner_id=of.person_id)
    with acting(who):
        handling.close(duty.id, evidence="Visited", by=who, at=at)


def done(who, on: date = BACK_ON) -> list[str]:
    with acting(who):
        [absence] = away.absences(who, on=on)
        return [f"{one.what}: {one.duty.key} by {one.by}" for one in away.done_for(who, absence)]


def test_it_is_shown_once_the_cover_is_over_and_not_before(lewis, covered):
    with acting(lewis):
        assert away.absences(lewis, on=date(2027, 5, 28)) == []
        [absence] = away.absences(lewis, on=date(2027, 5, 29))

    assert (absence.since, absence.until) == (FIRST_INSTANT, LAST_INSTANT)


def test_what_happened_between_the_dates_counts_and_nothing_before_or_after(lewis, kofi, covered):
    close(kofi, lewis, "before", FIRST_INSTANT - timedelta(seconds=1))
    close(kofi, lewis, "first", FIRST_INSTANT)
    close(kofi, lewis, "last", LAST_INSTANT - timedelta(seconds=1))
    close(kofi, lewis, "after", LAST_INSTANT)

    assert done(lewis) == ["closed as met: first by Kofi Mensah", "closed as met: last by Kofi Mensah"]


def test_what_the_person_did_themselves_and_what_was_done_for_others_is_left_out(lewis, kofi, covered):
    close(lewis, lewis, "own", FIRST_INSTANT)
    close(kofi, kofi, "kofi's", FIRST_INSTANT)

    assert done(lewis) == []


def test_work_given_away_meanwhile_is_told_to_whoever_had_it(lewis, kofi, covered):
    duty = owe(lewis, owner_id=lewis.person_id)
    with acting(kofi):
        handling.give(duty.id, to_id=kofi.person_id, by=kofi, at=FIRST_INSTANT)

    assert done(lewis) == ["assigned: one by Kofi Mensah"]


def test_an_absence_that_ended_early_ends_there(lewis, covered):
    early = FIRST_INSTANT + timedelta(days=3)
    with acting(lewis):
        cover.end_cover(cover_id=covered.id, by=lewis, at=early)
        [absence] = away.absences(lewis, on=date(2027, 5, 13))

    assert absence.until == early


def test_a_cover_that_never_began_is_no_absence(lewis, covered):
    with acting(lewis):
        cover.end_cover(cover_id=covered.id, by=lewis, at=SET_AT)

        assert away.absences(lewis, on=BACK_ON) == []


def test_another_authority_is_told_nothing(lewis, kofi, covered):
    close(kofi, lewis, "one", FIRST_INSTANT)

    with acting(person(SHEFFIELD)) as outsider:
        assert away.absences(outsider, on=BACK_ON) == []
