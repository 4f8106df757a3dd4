"""Cover: who may set it, for which days, and what it carries; each constraint broken by hand."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts import cover, policy
from accounts.exceptions import EndedAlready, NotPermitted, Unacceptable
from accounts.models import Cover, Membership
from accounts.roles import Role
from audit.models import LogEntry
from tests.factories import NOON, SHEFFIELD, acting, person

pytestmark = pytest.mark.django_db
MONDAY, SATURDAY = date(2026, 12, 7), date(2026, 12, 12)


@pytest.fixture
def lewis(db):
    return person(role=Role.LEAVING_CARE_ADVISER, name="Lewis Grant")


@pytest.fixture
def kofi(db):
    return person(role=Role.LEAVING_CARE_ADVISER, name="Kofi Mensah")


def covering(away, by, *, starts_on=MONDAY, ends_on=SATURDAY, set_by=None) -> Cover:
    with acting(set_by or away) as actor:
        return cover.set_cover(
            person_id=away.person_id,
            covered_by_id=by.person_id,
            starts_on=starts_on,
            ends_on=ends_on,
            by=actor,
            at=NOON,
        )


def test_a_cover_runs_from_its_first_day_and_ends_by_itself(lewis, kofi):
    covering(lewis, kofi)

    with acting(kofi):
        runs = [day for day in range(5, 14) if cover.people_covered(kofi, on=date(2026, 12, day))]

    assert runs == [7, 8, 9, 10, 11]


def test_a_person_sets_their_own_and_a_manager_anybodys(lewis, kofi):
    carla = person(role=Role.MANAGER, name="Carla Dunn")

    assert covering(lewis, kofi).set_by == "Lewis Grant"
    assert covering(kofi, lewis, set_by=carla).set_by == "Carla Dunn"


def test_nobody_else_sets_a_persons_cover(lewis, kofi):
    with pytest.raises(NotPermitted, match="the person themselves, or a manager"):
        covering(lewis, kofi, set_by=kofi)


@pytest.mark.parametrize(
    ("days", "field"),
    [
        ((SATURDAY, MONDAY), "ends_on"),
        ((MONDAY, MONDAY), "ends_on"),
        ((date(2026, 11, 1), date(2026, 12, 1)), "ends_on"),
    ],
)
def test_days_that_cannot_be_are_refused(lewis, kofi, days, field):
    with pytest.raises(Unacceptable) as refusal:
        covering(lewis, kofi, starts_on=days[0], ends_on=days[1])

    assert refusal.value.field == field


def test_sickness_can_be_covered_from_a_day_that_has_passed(lewis, kofi):
    assert covering(lewis, kofi, starts_on=date(2026, 11, 30)).starts_on == date(2026, 11, 30)


def test_nobody_covers_for_themselves(lewis):
    with pytest.raises(Unacceptable, match="Nobody covers for themselves"):
        covering(lewis, lewis)


def test_only_members_of_the_authority_cover(lewis):
    with pytest.raises(Unacceptable, match="not a member") as refusal:
        covering(lewis, person(SHEFFIELD))

    assert refusal.value.field == "covered_by"


def test_the_same_cover_is_not_set_twice(lewis, kofi):
    covering(lewis, kofi)

    with pytest.raises(Unacceptable, match="covers on some of these days already"):
        covering(lewis, kofi, starts_on=date(2026, 12, 11), ends_on=date(2026, 12, 20))


def test_two_people_can_cover_one(lewis, kofi):
    covering(lewis, kofi)
    covering(lewis, person(name="Ann Other"))

    with acting(lewis):
        assert cover.running(MONDAY).count() == 2


def test_a_cover_that_is_ended_carries_nothing_more(lewis, kofi):
    made = covering(lewis, kofi, starts_on=date(2026, 12, 1))
    with acting(kofi):
        assert cover.roles_carried(kofi, on=date(2026, 12, 1)) == {Role.LEAVING_CARE_ADVISER}

    with acting(lewis):
        cover.end_cover(cover_id=made.id, by=lewis, at=NOON + timedelta(minutes=5))

    with acting(kofi):
        assert cover.roles_carried(kofi, on=date(2026, 12, 1)) == frozenset()


def test_whoever_covers_cannot_end_it_and_what_is_over_stays_over(lewis, kofi):
    made = covering(lewis, kofi)

    with acting(kofi), pytest.raises(NotPermitted):
        cover.end_cover(cover_id=made.id, by=kofi, at=NOON)
    with acting(lewis):
        cover.end_cover(cover_id=made.id, by=lewis, at=NOON)
        with pytest.raises(EndedAlready):
            cover.end_cover(cover_id=made.id, by=lewis, at=NOON)


def test_a_cover_that_ended_by_itself_is_not_ended_again(lewis, kofi):
    made = covering(lewis, kofi)

    with acting(lewis), pytest.raises(EndedAlready):
        cover.end_cover(cover_id=made.id, by=lewis, at=datetime(2026, 12, 12, 0, 0, tzinfo=UTC))


def test_cover_carries_duties_and_nothing_else(lewis):
    analyst = person(role=Role.HOTSPOT_ANALYST)
    covering(lewis, analyst, starts_on=date(2026, 12, 1))

    with acting(analyst):
        carried = {
            name
            for name, rule in policy.operations().items()
            if cover.permits(name, analyst) and not rule.permits(Role.HOTSPOT_ANALYST)
        }

    assert carried == {"duties.read", "duties.close", "duties.bulk", "duties.say_why_late"}


def test_covering_a_director_gives_no_approval(lewis):
    director = person(role=Role.DIRECTOR, name="Dr Helen Marsh")
    covering(director, lewis, starts_on=date(2026, 12, 1))

    with acting(lewis):
        assert not cover.permits("approvals.decide", lewis)
        with pytest.raises(NotPermitted):
            cover.require("approvals.decide", lewis)


def test_cover_for_somebody_who_has_left_carries_nothing(lewis, kofi):
    covering(lewis, kofi, starts_on=date(2026, 12, 1))
    with acting(lewis):
        Membership.objects.filter(user_id=lewis.person_id).update(ends_on=date(2026, 12, 3))

    with acting(kofi):
        assert cover.roles_carried(kofi, on=date(2026, 12, 2))
        assert not cover.roles_carried(kofi, on=date(2026, 12, 3))


def test_a_manager_sees_every_cover_and_others_their_own(lewis, kofi):
    covering(lewis, kofi)
    carla, priya = person(role=Role.MANAGER), person()

    with acting(carla):
        assert cover.visible_to(carla).count() == 1
        assert cover.visible_to(kofi).count() == 1
        assert cover.visible_to(priya).count() == 0


def test_another_authority_sees_no_cover(lewis, kofi):
    covering(lewis, kofi)

    with acting(person(SHEFFIELD, Role.MANAGER)):
        assert Cover.objects.count() == 0


def test_setting_and_ending_are_in_the_log_book_with_whose_it_is(lewis, kofi):
    made = covering(lewis, kofi)
    with acting(lewis):
        cover.end_cover(cover_id=made.id, by=lewis, at=NOON)

        lines = LogEntry.objects.filter(subject_ids=[made.id]).order_by("id")
        assert [one.operation for one in lines] == ["covers.set", "covers.end"]
        assert lines[0].detail == {"for": str(lewis.person_id)}


BROKEN = {
    "cover_ends_after_it_starts": {"ends_on": MONDAY},
    "cover_ended_at_and_by_together": {"ended_at": NOON},
}


@pytest.mark.parametrize("constraint", BROKEN)
def test_each_constraint_refuses_the_row_that_breaks_it(lewis, kofi, constraint):
    made = covering(lewis, kofi)

    with acting(lewis), pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Cover.objects.filter(id=made.id).update(**BROKEN[constraint])


def test_the_database_refuses_cover_by_oneself(lewis, kofi):
    made = covering(lewis, kofi)

    with acting(lewis), pytest.raises(IntegrityError, match="cover_is_by_somebody_else"), transaction.atomic():
        Cover.objects.filter(id=made.id).update(covered_by_id=lewis.person_id)
