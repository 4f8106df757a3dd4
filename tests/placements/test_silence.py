"""Does what is stored about a place stay true when an owner begins, ends or leaves off telling, however far its areas lie?"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import shapely

from accounts.acting import acting_for, operator, service
from accounts.roles import Role
from db import clock
from hotspots import actions, changes, drafting
from hotspots.models import Agreement, Change, Hotspot, Version
from hotspots.sharing import agreements
from placements.models import CheckedAgain, NewLine, Recheck, Screening
from placements.overlay import recheck
from placements.place.places import Place
from tests import databases, factories
from tests.hotspots import world as areas
from tests.placements.test_recheck import NEAR, OWNER, READER, answer, lines_of, point, published

FAR_METRES, NEAR_METRES = 1_500, 300
TOLD_NOTHING = "Sheffield has told us nothing. This says nothing about the place itself."
SHARES_NOTHING = "Sheffield shares nothing with you. This says nothing about the place itself."
OLD = "that is old news, not good news."


def nothing_near(looked: str = "1 December 2026") -> str:
    return (
        f"Sheffield shares; nothing within 1,000 metres; it last looked on {looked}. This says nothing about the place "
        "itself."
    )


@pytest.fixture
def sam(committing):
    """A social worker of Rotherham."""
    return factories.person(READER, Role.SOCIAL_WORKER, name="Sam Ortiz")


@pytest.fixture
def placement(sam):
    """A child of Rotherham's, to be placed in Sheffield."""
    return factories.placement_at("proposed", sam, of=factories.child(sam), place=NEAR)


def owner():
    return acting_for(operator(factories.authority(OWNER).id), "test")


def told(placement) -> tuple[str, list[str]]:
    """The state and the sentences of Sheffield's in the last stored answer."""
    with acting_for(service(placement.authority_id), "test"):
        last = Screening.objects.filter(placement=placement).latest("at")
    (of_owner,) = [one for one in last.answer["authorities"] if one["name"] == "Sheffield"]
    return of_owner["state"], of_owner["sentences"]


def later(moment: datetime) -> None:
    """Time goes by, and the ordinary sweep runs."""
    clock.set_to(moment)
    with databases.as_role("WORKER_DATABASE_URL"):
        for owner_id in changes.owners_waiting():
            recheck.answer_changes(owner_id, at=moment)


def minutes_later(minutes: int = 5) -> None:
    later(clock.now() + timedelta(minutes=minutes))


def stored(placement) -> int:
    with acting_for(service(placement.authority_id), "test"):
        return Screening.objects.filter(placement=placement).count()


def is_true_now(placement) -> bool:
    """Whether asking anew, place by place, finds nothing else than what is stored."""
    before = stored(placement)
    with databases.as_role("WORKER_DATABASE_URL"):
        recheck.check_all(placement.authority_id, at=clock.now() + timedelta(minutes=1))
    return stored(placement) == before


def say(**said) -> None:
    with owner() as by:
        given = {"shares": True, "scope": "", "last_looked_on": date(2026, 12, 1), "review_on": None} | said
        actions.say_coverage(**given, by=by, at=clock.now())


def end_agreement(ends_at: datetime | None = None) -> None:
    with owner() as by:
        agreements.end(Agreement.objects.get().id, ends_at=ends_at, by=by, at=clock.now())


def withdraw(hotspot_id) -> None:
    with owner() as by:
        actions.withdraw(hotspot_id, reason="Source gone", by=by, at=clock.now())


def review_again(hotspot_id, review_on: date) -> None:
    with owner() as by:
        version = Version.objects.get(hotspot_id=hotspot_id, superseded_at=None)
        said = replace(drafting.said_in(version), review_on=review_on)
        shape = drafting.shape_in(version)
        drafting.revise(hotspot_id, said=said, shape=shape, number=version.number, by=by, at=clock.now())


def move(hotspot_id, metres_east: int) -> None:
    with owner() as by:
        version = Version.objects.get(hotspot_id=hotspot_id, superseded_at=None)
        shape = shapely.box(point()[0] + metres_east, point()[1], point()[0] + metres_east + 200, point()[1] + 200)
        said = drafting.said_in(version)
        moved = shapely.MultiPolygon([shape])
        drafting.revise(hotspot_id, said=said, shape=moved, number=version.number, by=by, at=clock.now())


def may_say_otherwise() -> bool:
    """Whether what waits may alter what is said of Sheffield where none of its areas lies near."""
    with owner() as by:
        waiting = changes.unanswered(by.authority_id, most=10)
        assert waiting
        return changes.may_say_otherwise(waiting, at=clock.now())


def test_an_area_that_moves_and_stays_shared_alters_nothing_that_is_said_farther_off(sam, placement):
    hotspot_id = published(metres_east=FAR_METRES, review_on="2026-12-10")
    assert may_say_otherwise()
    minutes_later()
    minutes_later(90)
    before = stored(placement)
    move(hotspot_id, FAR_METRES + 500)
    assert not may_say_otherwise()
    minutes_later()
    assert stored(placement) == before
    clock.set_to(datetime(2026, 12, 11, 9, 0, tzinfo=UTC))
    move(hotspot_id, FAR_METRES)
    assert may_say_otherwise()
    minutes_later()
    assert told(placement)[0] == "stale"


def test_the_first_share_turns_a_stored_silence_into_nothing_near_and_tells_nobody(sam, placement):
    assert told(placement) == ("shares_nothing", [TOLD_NOTHING])
    published(metres_east=FAR_METRES)
    minutes_later()
    assert told(placement) == ("nothing_near", [nothing_near()])
    assert is_true_now(placement)
    assert lines_of(sam) == []


def test_an_area_shared_with_somebody_else_says_nothing_to_this_reader_but_that_its_owner_looked(sam, placement):
    shape = areas.polygon(point()[0] + FAR_METRES, point()[1])
    areas.publish(OWNER, areas.square("A1", geometry=shape), to=areas.BARNSLEY)
    minutes_later()
    assert told(placement) == ("shares_nothing", [SHARES_NOTHING])
    assert is_true_now(placement)


@pytest.mark.parametrize("metres_east", [NEAR_METRES, FAR_METRES])
def test_an_agreements_end_leaves_nothing_shared_near_and_far(sam, placement, metres_east):
    published(metres_east=metres_east)
    minutes_later()
    end_agreement(datetime(2026, 12, 5, tzinfo=UTC))
    minutes_later()
    assert told(placement)[0] != "shares_nothing"
    later(datetime(2026, 12, 5, 9, 0, tzinfo=UTC))
    assert told(placement) == ("shares_nothing", [SHARES_NOTHING])
    assert is_true_now(placement)
    assert lines_of(sam) == (["entered", "left"] if metres_east == NEAR_METRES else [])


def test_a_new_agreement_after_the_old_one_is_read_again(sam, placement):
    hotspot_id = published(metres_east=FAR_METRES)
    minutes_later()
    end_agreement()
    minutes_later()
    assert told(placement)[0] == "shares_nothing"
    areas.share(OWNER, [hotspot_id], READER)
    minutes_later()
    assert told(placement) == ("nothing_near", [nothing_near()])
    assert lines_of(sam) == []


def test_only_the_last_area_taken_back_leaves_nothing_shared(sam, placement):
    first, last = published(metres_east=FAR_METRES), published(metres_east=FAR_METRES + 500, reference="A2")
    minutes_later()
    before = stored(placement)
    withdraw(first)
    minutes_later()
    assert (told(placement)[0], stored(placement)) == ("nothing_near", before)
    withdraw(last)
    minutes_later()
    assert told(placement) == ("shares_nothing", [SHARES_NOTHING])
    assert is_true_now(placement)
    assert lines_of(sam) == []


def test_a_lapsed_area_that_is_published_again_is_silence_and_then_nothing_near(sam, placement):
    hotspot_id = published(metres_east=FAR_METRES, expires_on="2026-12-03")
    minutes_later()
    later(datetime(2026, 12, 3, 0, 1, tzinfo=UTC))
    assert told(placement) == ("shares_nothing", [SHARES_NOTHING])
    with owner() as by:
        assert Hotspot.objects.get(id=hotspot_id).state == Hotspot.State.LAPSED
        version = Version.objects.get(hotspot_id=hotspot_id, superseded_at=None)
        said = replace(drafting.said_in(version), expires_on=None)
        shape = drafting.shape_in(version)
        drafting.revise(hotspot_id, said=said, shape=shape, number=version.number, by=by, at=clock.now())
        actions.publish(hotspot_id, by=by, at=clock.now())
    minutes_later()
    assert told(placement) == ("nothing_near", [nothing_near("3 December 2026")])
    assert is_true_now(placement)


@pytest.mark.parametrize("metres_east", [NEAR_METRES, FAR_METRES])
def test_a_new_statement_is_read_in_every_stored_answer_and_tells_nobody_to_look(sam, placement, metres_east):
    published(metres_east=metres_east)
    minutes_later()
    lines = lines_of(sam)
    clock.set_to(datetime(2026, 12, 9, 9, 0, tzinfo=UTC))
    say(scope="Streets and parks", last_looked_on=date(2026, 12, 9))
    minutes_later()
    if metres_east == FAR_METRES:
        assert told(placement) == ("nothing_near", [nothing_near("9 December 2026")])
    assert is_true_now(placement)
    assert lines_of(sam) == lines


def test_a_statement_of_sharing_nothing_is_read_though_no_area_was_ever_there(sam, placement):
    say(shares=False)
    minutes_later()
    assert told(placement) == (
        "shares_nothing",
        ["Sheffield shares nothing yet, said 1 December 2026. This says nothing about the place itself."],
    )
    assert is_true_now(placement)


def test_a_statement_past_its_review_is_stale_from_the_next_day_until_it_is_said_again(sam, placement):
    published(metres_east=FAR_METRES)
    say(review_on=date(2026, 12, 10))
    minutes_later()
    later(datetime(2026, 12, 10, 23, 59, tzinfo=UTC))
    assert told(placement)[0] == "nothing_near"
    later(datetime(2026, 12, 11, 0, 1, tzinfo=UTC))
    state, (words,) = told(placement)
    assert state == "stale"
    assert "past its review date of 10 December 2026" in words
    assert OLD in words
    assert is_true_now(placement)
    say(review_on=date(2027, 6, 1), last_looked_on=date(2026, 12, 11))
    minutes_later()
    assert told(placement) == ("nothing_near", [nothing_near("11 December 2026")])
    assert lines_of(sam) == []


@pytest.mark.parametrize("metres_east", [NEAR_METRES, FAR_METRES])
def test_areas_all_past_their_review_are_stale_from_the_next_day_until_one_is_looked_at(sam, placement, metres_east):
    hotspot_id = published(metres_east=metres_east, review_on="2026-12-10")
    minutes_later()
    fresh = told(placement)[0]
    lines = lines_of(sam)
    later(datetime(2026, 12, 11, 0, 1, tzinfo=UTC))
    state, (words,) = told(placement)
    assert state == "stale"
    assert "old news, not good news" in words
    assert is_true_now(placement)
    review_again(hotspot_id, date(2027, 6, 1))
    minutes_later()
    assert told(placement)[0] == fresh
    assert is_true_now(placement)
    assert lines_of(sam) == lines


def test_what_is_old_twice_is_read_in_the_other_words(sam, placement):
    published(metres_east=FAR_METRES, review_on="2026-12-05")
    say(review_on=date(2026, 12, 10))
    later(datetime(2026, 12, 6, 9, 0, tzinfo=UTC))
    assert "all of it is past its review date" in told(placement)[1][0]
    later(datetime(2026, 12, 11, 9, 0, tzinfo=UTC))
    assert "past its review date of 10 December 2026" in told(placement)[1][0]
    assert is_true_now(placement)


def test_a_review_date_that_went_by_while_the_worker_was_away_is_found_once(sam, placement):
    published(metres_east=FAR_METRES, review_on="2026-12-10")
    say(review_on=date(2026, 12, 10))
    minutes_later()
    later(datetime(2027, 3, 1, 9, 0, tzinfo=UTC))
    assert told(placement)[0] == "stale"
    with databases.as_role("WORKER_DATABASE_URL"):
        assert changes.owners_waiting() == []
    assert answer() == 0


def test_a_closed_address_keeps_a_true_answer_and_nobody_is_told_that_it_was_checked(sam):
    closed = factories.placement_at("proposed", sam, of=factories.child(sam), place=NEAR, is_restricted=True)
    published(metres_east=FAR_METRES)
    minutes_later()
    assert told(closed) == ("nothing_near", [nothing_near()])
    end_agreement()
    minutes_later()
    assert told(closed) == ("shares_nothing", [SHARES_NOTHING])
    with acting_for(sam, "test"):
        assert not Recheck.objects.exists()
        assert not NewLine.objects.exists()


def test_who_has_no_place_of_which_the_owner_is_asked_is_not_checked(sam):
    at_home = Place(line="1 Invented Road", postcode="S65 1SB", home_postcode="S65 1SB")
    elsewhere = factories.placement_at("proposed", sam, of=factories.child(sam), place=at_home)
    published(metres_east=FAR_METRES)
    minutes_later()
    with acting_for(sam, "test"):
        assert Screening.objects.filter(placement=elsewhere).count() == 1
        assert not CheckedAgain.objects.exists()
        assert not Recheck.objects.exists()


def test_a_second_run_stores_nothing_and_tells_nobody(sam, placement):
    published(metres_east=FAR_METRES)
    minutes_later()
    before = stored(placement)
    with owner():
        Change.objects.update(answered_at=None)
    minutes_later()
    assert stored(placement) == before
    assert lines_of(sam) == []
    with acting_for(sam, "test"):
        assert Recheck.objects.count() == 1
