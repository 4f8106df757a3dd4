"""Once shadow mode ends, is everything that was shown before checked anew, told once, and shown?"""

from datetime import timedelta

import pytest

from accounts.acting import acting_for, service
from accounts.roles import Role
from db import clock
from duties.models import Duty
from placements import tasks
from placements.models import CheckedAgain, Recheck, Screening
from placements.overlay import shadow
from placements.owed import sweeps
from tests import databases, factories
from tests.placements.test_recheck import NEAR, READER, answer, lines_of, published


@pytest.fixture
def sam(committing):
    """A social worker of Rotherham."""
    return factories.person(READER, Role.SOCIAL_WORKER, name="Sam Ortiz")


@pytest.fixture
def manager(sam):
    """Who may switch shadow mode."""
    return factories.person(READER, Role.MANAGER, name="Tom Oakes")


def placed(by, **changes):
    return factories.placement_at("proposed", by, of=factories.child(by), **{"place": NEAR} | changes)


def begin(by) -> None:
    with acting_for(by, "test"):
        shadow.start(owner="Ann Other, manager", reason="A trial", by=by, at=clock.now())


def end(by) -> None:
    with acting_for(by, "test"):
        shadow.end(by=by, at=clock.now())


def an_area_came_near_meanwhile(manager) -> None:
    begin(manager)
    published()
    answer()
    end(manager)


def minutes_later(minutes: int = 5) -> None:
    """Time goes by, and the ordinary sweep runs."""
    clock.set_to(clock.now() + timedelta(minutes=minutes))
    with databases.as_role("WORKER_DATABASE_URL"):
        for authority_id in sweeps.registers_waiting(at=clock.now()):
            tasks.screen_register_now(authority_id, at=clock.now())


def waiting() -> list:
    with databases.as_role("WORKER_DATABASE_URL"):
        return sweeps.registers_waiting(at=clock.now())


def states(placement) -> list[str]:
    """What the last check that is shown says, authority by authority."""
    with acting_for(service(placement.authority_id), "test"):
        last = Screening.objects.filter(placement=placement).latest("at")
    return [one["state"] for one in last.answer["authorities"] if one["name"] == "Sheffield"]


def test_what_came_near_in_shadow_is_shown_and_told_once_it_ends(sam, manager):
    placement = placed(sam)
    an_area_came_near_meanwhile(manager)
    assert (states(placement), lines_of(sam)) == (["shares_nothing"], [])
    minutes_later()
    assert (states(placement), lines_of(sam)) == (["near"], ["entered"])
    with acting_for(sam, "test"):
        assert Duty.objects.filter(subject_id=placement.id, kind="judgement", closed_at=None).exists()


def test_the_register_waits_until_it_was_checked_and_no_longer(sam, manager):
    placed(sam)
    assert waiting() == []
    an_area_came_near_meanwhile(manager)
    assert waiting() == [sam.authority_id]
    minutes_later()
    assert waiting() == []


def test_the_nudge_of_the_end_does_the_same_as_the_sweep(sam, manager):
    placement = placed(sam)
    an_area_came_near_meanwhile(manager)
    with databases.as_role("WORKER_DATABASE_URL"):
        tasks.screen_register(str(sam.authority_id))
    assert (states(placement), lines_of(sam)) == (["near"], ["entered"])


def test_a_worker_that_died_before_it_said_so_begins_anew_and_tells_nobody_twice(sam, manager):
    placement = placed(sam)
    an_area_came_near_meanwhile(manager)
    minutes_later()
    with acting_for(service(sam.authority_id), "test"):
        shadow.ShadowMode.objects.update(followed_at=None)
    minutes_later()
    assert lines_of(sam) == ["entered"]
    with acting_for(sam, "test"):
        assert Screening.objects.filter(placement=placement).count() == 2
        assert CheckedAgain.objects.count() == 1


def test_what_reads_as_it_did_before_is_marked_and_no_line(sam, manager):
    placement = placed(sam)
    begin(manager)
    end(manager)
    minutes_later()
    assert lines_of(sam) == []
    with acting_for(sam, "test"):
        assert CheckedAgain.objects.filter(screening__placement=placement).count() == 1


def test_while_it_is_on_again_nothing_is_shown_and_the_register_does_not_wait(sam, manager):
    placement = placed(sam)
    an_area_came_near_meanwhile(manager)
    begin(manager)
    assert waiting() == []
    with databases.as_role("WORKER_DATABASE_URL"):
        tasks.screen_register(str(sam.authority_id))
    assert (states(placement), lines_of(sam)) == (["shares_nothing"], [])
    end(manager)
    minutes_later()
    assert lines_of(sam) == ["entered"]


def test_what_was_placed_in_shadow_is_checked_as_after_an_import_and_no_line(sam, manager):
    begin(manager)
    published()
    answer()
    placement = placed(sam)
    end(manager)
    minutes_later()
    assert (states(placement), lines_of(sam)) == (["near"], [])
    with acting_for(sam, "test"):
        assert not CheckedAgain.objects.exists()


def test_of_a_closed_address_whoever_has_a_grant_is_told_and_no_progress_tells_that_it_was_checked(sam, manager):
    closed = placed(sam, is_restricted=True)
    an_area_came_near_meanwhile(manager)
    minutes_later()
    assert states(closed) == ["near"]
    assert (lines_of(sam), lines_of(manager)) == (["entered"], [])
    with acting_for(sam, "test"):
        assert not Recheck.objects.exists()
