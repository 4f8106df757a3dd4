"""Where people and shared information differ: both ways, by period, with the words, and no figure for a child?"""

from datetime import UTC, date, datetime, timedelta

import pytest

from placements.models import Judgement, Placement
from placements.overlay import ledger
from tests import factories
from tests.databases import NOON
from tests.factories import PlaceTo, acting, placement_at
from tests.placements.judgement_world import leeds_shares, social_worker, write

pytestmark = pytest.mark.django_db
Agreement = Judgement.Agreement
DECEMBER = {"starts_on": date(2026, 12, 1), "ends_on": date(2026, 12, 31)}


@pytest.fixture
def sam(db):
    return social_worker()


def judged(by, agreement, at=NOON, **placed) -> Judgement:
    return write(placement_at(Placement.Status.PROPOSED, by, **placed), by, at=at, agreement=agreement)


def counted(by, **period) -> tuple[int, int]:
    with acting(by):
        found = ledger.counts(by.authority_id, **(DECEMBER | period))
    return found.shared_and_not_worried, found.nothing_near_and_worried


def test_both_ways_are_counted_and_kept_with_their_words(sam):
    """Story 6: overlay near and judgement not: 1; overlay nothing and judgement worried: 1."""
    leeds_shares()
    one = judged(sam, Agreement.NOT_WORRIED)
    other = judged(sam, Agreement.WORRIED, at=NOON + timedelta(days=1), place=PlaceTo.IN_AREA)
    judged(sam, Agreement.AGREES)
    judged(sam, Agreement.NOTHING_SAID, place=PlaceTo.ADJOINING)

    assert counted(sam) == (1, 1)
    with acting(sam):
        words = list(ledger.disagreements(sam.authority_id, **DECEMBER))
    assert words == [one, other]
    assert "CANARY-JUDGEMENT" in words[0].thinks_and_why


def test_the_days_of_a_period_are_days_in_london(sam):
    """00:30 on 1 July in London is 23:30 on 30 June in UTC."""
    placement = placement_at(Placement.Status.PROPOSED, sam, place=PlaceTo.IN_AREA)
    june = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    write(placement, sam, at=june, agreement=Agreement.WORRIED, asked_whom="", asked_on=None, they_said="")

    assert counted(sam, starts_on=date(2026, 7, 1), ends_on=date(2026, 7, 1)) == (0, 1)
    assert counted(sam, starts_on=date(2026, 6, 1), ends_on=date(2026, 6, 30)) == (0, 0)


def test_what_is_said_again_in_a_period_counts_once_in_its_newest_words(sam):
    first = judged(sam, Agreement.WORRIED, place=PlaceTo.IN_AREA)
    second = write(first.placement, sam, at=NOON + timedelta(hours=1), agreement=Agreement.WORRIED)

    assert counted(sam) == (0, 1)
    with acting(sam):
        assert list(ledger.disagreements(sam.authority_id, **DECEMBER)) == [second]


def test_what_was_thought_and_changed_stays_in_the_ledger(sam):
    first = judged(sam, Agreement.WORRIED, place=PlaceTo.IN_AREA)
    write(first.placement, sam, at=NOON + timedelta(hours=1), agreement=Agreement.NOTHING_SAID)

    assert counted(sam) == (0, 1)


def test_said_again_in_a_later_period_it_counts_in_each(sam):
    first = judged(sam, Agreement.WORRIED, place=PlaceTo.IN_AREA)
    january = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)
    write(first.placement, sam, at=january, agreement=Agreement.WORRIED, look_again_on=date(2027, 4, 1))

    assert counted(sam) == (0, 1)
    assert counted(sam, starts_on=date(2027, 1, 1), ends_on=date(2027, 1, 31)) == (0, 1)


def test_closed_addresses_are_left_out_for_every_reader(sam):
    judged(sam, Agreement.WORRIED, place=PlaceTo.IN_AREA, is_restricted=True)

    assert counted(sam) == (0, 0)


def test_another_authority_counts_its_own_only(sam):
    judged(sam, Agreement.WORRIED, place=PlaceTo.IN_AREA)
    elsewhere = factories.person(factories.LEEDS)

    assert counted(elsewhere) == (0, 0)
    with acting(elsewhere):
        assert not ledger.disagreements(sam.authority_id, **DECEMBER).exists()
