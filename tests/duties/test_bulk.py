"""Many duties at once: each stands or falls alone, says why not, and keeps whose it was."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from accounts.exceptions import NotAMember, NotPermitted, Unacceptable
from accounts.models import Membership
from accounts.roles import Role
from audit.models import LogEntry
from duties import actions, board, bulk, handling
from duties.exceptions import DutyIsClosed, ReasonMissing
from duties.models import Duty, DutyEvent
from duties.owed import Owed
from tests.duties.owing import owe
from tests.duties.test_who_can_act import covers
from tests.factories import NOON, SHEFFIELD, acting, person

pytestmark = pytest.mark.django_db
ADVISER = Role.LEAVING_CARE_ADVISER
TODAY = date(2026, 12, 1)


@pytest.fixture
def lewis(db):
    return person(role=ADVISER, name="Lewis Grant")


@pytest.fixture
def kofi(db):
    return person(role=ADVISER, name="Kofi Mensah")


def test_one_refusal_takes_back_nothing_of_the_others(lewis):
    first, closed, last = (owe(lewis, key) for key in ("first", "closed", "last"))
    foreign = owe(person(SHEFFIELD, ADVISER))
    with acting(lewis):
        actions.close_as_met(closed.id, evidence="Done", by="Tom Oakes", at=NOON)

        asked = [last.id, closed.id, foreign.id, first.id]
        results = bulk.close_each(asked, reason="A short break", by=lewis, at=NOON)

        assert [one.is_done for one in results] == [True, False, False, True]
        assert [one.duty.id if one.duty else None for one in results] == [last.id, closed.id, None, first.id]
        assert "Tom Oakes" in str(results[1].refusal)
        assert isinstance(results[2].refusal, Duty.DoesNotExist)
        assert not board.open_duties().exists()


def test_a_duty_named_twice_is_done_once(lewis):
    duty = owe(lewis)

    with acting(lewis):
        results = bulk.close_each([duty.id, duty.id], evidence="Visited", by=lewis, at=NOON)

    assert [one.is_done for one in results] == [True]


def test_words_are_asked_for_each(lewis):
    duty = owe(lewis)

    with acting(lewis):
        [result] = bulk.close_each([duty.id], evidence="  ", by=lewis, at=NOON)

        assert isinstance(result.refusal, ReasonMissing)
        assert board.open_duties().count() == 1


def test_work_is_given_to_members_only_and_then_none_is_touched(lewis):
    duty = owe(lewis)
    outsider, analyst = person(SHEFFIELD), person(role=Role.HOTSPOT_ANALYST)

    with acting(lewis):
        for nobody in (outsider.person_id, analyst.person_id, uuid4()):
            with pytest.raises(NotAMember, match="not a member of the authority"):
                bulk.give_each([duty.id], to_id=nobody, by=lewis, at=NOON)
        duty.refresh_from_db()
        assert duty.owner_id is None


def test_handing_over_gives_everything_that_is_open_and_only_that(lewis, kofi):
    carla = person(role=Role.MANAGER, name="Carla Dunn")
    done, open_one = (owe(lewis, key, owner_id=lewis.person_id) for key in ("done", "open"))
    anothers = owe(lewis, "another's", owner_id=carla.person_id)
    with acting(carla):
        actions.close_as_met(done.id, evidence="Done", by="Lewis Grant", at=NOON)

        results = bulk.hand_over(from_id=lewis.person_id, to_id=kofi.person_id, by=carla, at=NOON)

        assert [one.duty.id for one in results] == [open_one.id]
        owners = dict(Duty.objects.values_list("id", "owner_id"))
        assert owners == {done.id: lewis.person_id, open_one.id: kofi.person_id, anothers.id: carla.person_id}
        assigned = DutyEvent.objects.get(what="assigned")
        assert (assigned.by, assigned.for_person_id, assigned.reason) == (
            "Carla Dunn",
            lewis.person_id,
            "To Kofi Mensah",
        )


def test_a_leavers_work_stands_with_the_manager_the_same_minute_and_can_be_handed_over(lewis, kofi):
    carla = person(role=Role.MANAGER)
    owe(lewis, owner_id=lewis.person_id)
    with acting(carla):
        Membership.objects.filter(user_id=lewis.person_id).update(ends_on=TODAY)
        assert board.unowned(carla.authority_id, on=TODAY).count() == 1

        bulk.hand_over(from_id=lewis.person_id, to_id=kofi.person_id, by=carla, at=NOON)

        assert board.unowned(carla.authority_id, on=TODAY).count() == 0


def test_an_adviser_does_not_hand_over_for_others(lewis, kofi):
    with acting(lewis), pytest.raises(NotPermitted, match="manager"):
        bulk.hand_over(from_id=kofi.person_id, to_id=lewis.person_id, by=lewis, at=NOON)


def test_whoever_covers_closes_for_the_covered_person_and_every_line_says_so(lewis):
    analyst = person(role=Role.HOTSPOT_ANALYST, name="Mark Tolley")
    mine, roles = owe(lewis, "mine", owner_id=lewis.person_id), owe(lewis, "role's")
    covers(lewis, analyst)

    with acting(analyst):
        for duty in (mine, roles):
            handling.close(duty.id, evidence="Visited", by=analyst, at=NOON)

        for duty in (mine, roles):
            event = DutyEvent.objects.get(duty=duty, what="closed as met")
            line = LogEntry.objects.get(operation="duties.closed", subject_ids=[duty.id])
            assert (event.by, event.by_person_id, event.for_person_id) == (
                "Mark Tolley",
                analyst.person_id,
                lewis.person_id,
            )
            assert (line.person_id, line.detail) == (analyst.person_id, {"for": str(lewis.person_id)})


def test_cover_opens_no_other_duty_to_somebody_without_the_role(lewis, kofi):
    analyst = person(role=Role.HOTSPOT_ANALYST)
    other = owe(lewis, owner_id=kofi.person_id)
    covers(lewis, analyst)

    with acting(analyst), pytest.raises(NotPermitted):
        handling.close(other.id, evidence="Visited", by=analyst, at=NOON)


def test_a_duty_of_ones_own_role_is_done_for_nobody_else(lewis, kofi):
    duty = owe(lewis)
    covers(lewis, kofi)

    with acting(kofi):
        handling.close(duty.id, evidence="Visited", by=kofi, at=NOON)

        assert DutyEvent.objects.get(duty=duty, what="closed as met").for_person_id is None


def test_a_closed_duty_is_not_given_away(lewis, kofi):
    duty = owe(lewis)
    with acting(lewis):
        handling.close(duty.id, evidence="Visited", by=lewis, at=NOON)

        with pytest.raises(DutyIsClosed):
            handling.give(duty.id, to_id=kofi.person_id, by=lewis, at=NOON)


@pytest.mark.parametrize("is_given_by_the_rule_to_another", [False, True])
def test_a_new_date_does_not_take_a_duty_from_whoever_has_it(lewis, kofi, is_given_by_the_rule_to_another):
    duty = owe(lewis, owner_id=lewis.person_id)
    moved = {"due_on": date(2026, 12, 15), "late_from": date(2026, 12, 16)}
    names = ("key", "kind", "title", "basis", "citation", "subject_kind", "subject_id", "subject_reference", "role")
    with acting(lewis):
        whose = kofi.person_id if is_given_by_the_rule_to_another else None
        owed = Owed(**{name: getattr(duty, name) for name in names}, **moved, owner_id=whose)
        [new] = actions.redate([owed], authority_id=lewis.authority_id, reason="New date", by="Priya", at=NOON)

    assert (new.due_on, new.owner_id) == (date(2026, 12, 15), lewis.person_id)


def test_what_was_done_earlier_is_closed_with_the_time_at_which_it_was_done(lewis):
    duty, another = owe(lewis), owe(lewis, "another")
    earlier = NOON - timedelta(days=2)
    with acting(lewis):
        met = handling.close(duty.id, evidence="Told by telephone", done_at=earlier, by=lewis, at=NOON)
        assert (met.done_at, met.closed_at) == (earlier, NOON)

        with pytest.raises(Unacceptable, match="lies ahead"):
            handling.close(another.id, evidence="Told", done_at=NOON + timedelta(days=1), by=lewis, at=NOON)
