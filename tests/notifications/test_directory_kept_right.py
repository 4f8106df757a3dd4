"""The directory keeps itself right: its tasks close when it answers them, and what came back is seen where one looks."""

from datetime import date, timedelta

import pytest

from accounts.roles import Role
from duties.models import Duty
from notifications.directory import contact_file, contacts, directory, directory_watch
from tests.factories import NOON, ROTHERHAM, SHEFFIELD, acting, authority, person
from tests.notifications.test_contacts import (
    HEAD,
    NEW,
    NOTICES,
    OLD,
    SWITCHBOARD,
    TODAY,
    confirm,
    current,
    enter,
    propose,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def hari(db):
    return person(name="Hari Lal")


@pytest.fixture
def ewan(db):
    return person(name="Ewan Pike", role=Role.NOMINATED_OFFICER)


@pytest.fixture
def dunmere(db):
    return authority(SHEFFIELD)


def waiting(by, kind):
    with acting(by):
        return sorted(Duty.objects.filter(kind=kind, closed_at=None).values_list("key", flat=True))


def test_the_duty_to_say_how_we_are_reached_closes_when_it_was_said(hari):
    ours = authority(ROTHERHAM)
    directory_watch.raise_owed(ours.id, at=NOON)
    assert len(waiting(hari, "enter_contact")) == 3
    manager = person(role=Role.MANAGER, name="Tom Oakes")
    file = HEAD + "".join(
        f"{ROTHERHAM},{role},A team,{role}@own.example,01632 960100,2026-09-30\n"
        for role in ("oola_notifications", "duty_desk", "out_of_hours")
    )

    with acting(manager):
        contact_file.take_in(file.encode(), by=manager, at=NOON)

    assert waiting(hari, "enter_contact") == []
    with acting(hari):
        evidence = set(Duty.objects.filter(kind="enter_contact").values_list("evidence", flat=True))
    assert evidence == {"On file: confirmed on 30 September 2026, A file, loaded by Tom Oakes."}


def test_the_duty_to_ask_whether_it_is_still_right_closes_when_it_was_changed_by_two_people(hari, ewan, dunmere):
    with acting(hari):
        contacts.keep(
            dunmere.id,
            NOTICES,
            {"team": "", "channel": "email", "email": OLD, "telephone": SWITCHBOARD},
            keeper_id=hari.authority_id,
            confirmed_on=TODAY - timedelta(days=200),
            confirmed_by="R. Pell",
            on=TODAY - timedelta(days=200),
        )
    directory_watch.raise_owed(hari.authority_id, at=NOON)
    assert len(waiting(hari, "confirm_contact")) == 1

    confirm(ewan, propose(hari, dunmere))

    assert waiting(hari, "confirm_contact") == []


def change_from(by, of, on, email=NEW):
    with acting(by):
        told = {"purpose": NOTICES, "email": email, "telephone": SWITCHBOARD, "said_by": "R. Pell"}
        return contacts.propose(of_id=of.id, **told, starts_on=on, by=by, at=NOON)


def test_a_new_address_may_hold_from_a_day_ahead_and_the_old_one_until_then(hari, ewan, dunmere):
    enter(dunmere.id)
    january = date(2027, 1, 4)

    kept = confirm(ewan, change_from(hari, dunmere, january))

    assert (kept.starts_on, kept.ends_on) == (january, None)
    assert current(hari, dunmere).email == OLD
    assert current(hari, dunmere, on=january).email == NEW
    with acting(hari):
        assert [one.email for one in directory.ahead(hari.authority_id, TODAY)] == [NEW]


def test_what_is_confirmed_today_leaves_what_holds_from_a_later_day(hari, ewan):
    ours, january = authority(ROTHERHAM), date(2027, 1, 4)
    enter(ours.id)
    confirm(ewan, change_from(hari, ours, january))

    with acting(hari):
        contacts.still_right(contact_id=current(hari, ours).id, spoke_to="Nadia", by=hari, at=NOON)
    assert (current(hari, ours).email, current(hari, ours, on=january).email) == (OLD, NEW)

    confirm(ewan, change_from(hari, ours, None, email="between@own.example"))

    assert current(hari, ours).email == "between@own.example"
    assert current(hari, ours, on=january).email == NEW


def test_a_day_that_has_passed_when_it_is_confirmed_is_today(hari, ewan, dunmere):
    enter(dunmere.id)

    assert confirm(ewan, change_from(hari, dunmere, date(2026, 11, 2))).starts_on == TODAY
