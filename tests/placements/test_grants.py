"""A closed address is known to named people, for as long as somebody said, and to nobody else; nor is what gives it away."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from accounts.acting import operator
from accounts.exceptions import NotPermitted
from accounts.roles import Role
from audit.models import LogEntry
from db import clock
from duties.models import Duty
from notifications import documents
from notifications.models import Document
from placements import queries
from placements.actions.grants import candidates, end_grant, give_grant
from placements.actions.placements import record_emergency_start
from placements.exceptions import GrantNotFound, UnreadableField
from placements.models import Placement
from placements.owed import found_again, sweeps
from placements.place import grants, places
from tests.factories import LEEDS, NOON, SHEFFIELD, PlaceTo, acting, child, person, placement_at

LATER = NOON + timedelta(hours=12)


@pytest.fixture
def priya(db):
    return person()


@pytest.fixture
def tom(db):
    return person(role=Role.MANAGER, name="Tom Oakes")


@pytest.fixture
def sam(db):
    return person(role=Role.SOCIAL_WORKER, name="Sam Field")


@pytest.fixture
def remy(priya) -> Placement:
    """A closed address at a distance, registered by Priya."""
    return placement_at("proposed", priya, is_restricted=True)


def give(placement, to, by, at=NOON, **changes):
    with acting(by):
        return give_grant(
            placement_id=placement.id, person_id=to.person_id, reason="Visits him", by=by, at=at, **changes
        )


def reads(placement, by) -> bool:
    """Whether the database lets the person read the address."""
    with acting(by):
        return places.of(placement) is not None


def test_a_person_reads_the_address_from_the_grant_until_it_is_taken_back(remy, tom, sam):
    assert not reads(remy, sam)

    made = give(remy, sam, tom)
    assert reads(remy, sam)

    with acting(tom):
        end_grant(grant_id=made.id, reason="He has another worker now", by=tom, at=NOON)
    assert not reads(remy, sam)
    with acting(tom):
        made.refresh_from_db()
        assert (made.ended_by, made.ended_why) == ("Tom Oakes", "He has another worker now")
        with pytest.raises(GrantNotFound):
            end_grant(grant_id=made.id, reason="Again", by=tom, at=NOON)


def test_a_grant_of_twelve_hours_ends_by_itself(committing):
    priya, tom, sam = person(), person(role=Role.MANAGER), person(role=Role.SOCIAL_WORKER)
    placement = placement_at("proposed", priya, is_restricted=True)
    give(placement, sam, tom, ends_at=LATER)

    clock.set_to(LATER - timedelta(seconds=1))
    assert reads(placement, sam)
    with acting(sam):
        assert grants.held([placement], by=sam, at=clock.now()) == {placement.id}

    clock.set_to(LATER)
    assert not reads(placement, sam)
    with acting(sam):
        assert grants.held([placement], by=sam, at=clock.now()) == set()


def test_whoever_gives_a_grant_learns_nothing_of_the_address_and_gives_none_to_themselves(remy, tom, sam):
    with acting(tom), pytest.raises(UnreadableField, match="Nobody opens a closed address to themselves"):
        give_grant(placement_id=remy.id, person_id=tom.person_id, reason="To look", by=tom, at=NOON)

    give(remy, sam, tom)

    assert not reads(remy, tom)


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.MANAGER, Role.DATA_PROTECTION_OFFICER])
def test_three_roles_give_grants(remy, sam, role):
    assert give(remy, sam, person(role=role, name="Ruth Adeyemi")).given_by == "Ruth Adeyemi"


@pytest.mark.parametrize("role", [Role.SOCIAL_WORKER, Role.PLACEMENT_OFFICER, Role.DIRECTOR, Role.AUDITOR])
def test_others_do_not(remy, sam, role):
    with pytest.raises(NotPermitted):
        give(remy, sam, person(role=role))


def test_what_a_grant_is_refused_for(remy, tom, sam, priya):
    stranger = person(SHEFFIELD, Role.SOCIAL_WORKER)
    analyst = person(role=Role.HOTSPOT_ANALYST)
    for to, words in ((stranger, "of your authority"), (analyst, "whose role reads placements")):
        with pytest.raises(UnreadableField, match=words):
            give(remy, to, tom)
    with pytest.raises(UnreadableField, match="lies ahead"):
        give(remy, sam, tom, ends_at=NOON)
    with acting(tom), pytest.raises(UnreadableField, match="Say why"):
        give_grant(placement_id=remy.id, person_id=sam.person_id, reason=" ", by=tom, at=NOON)
    give(remy, sam, tom, ends_at=LATER)
    with pytest.raises(UnreadableField, match="may read it already until"):
        give(remy, sam, tom)
    with pytest.raises(UnreadableField, match="not closed"):
        give(placement_at("proposed", priya), sam, tom)


def test_those_are_offered_who_read_placements_and_hold_none(remy, tom, sam, priya):
    person(role=Role.HOTSPOT_ANALYST, name="Not Offered")
    with acting(tom):
        offered = {one.name for one in candidates(remy, by=tom, at=NOON)}
    assert sam.name in offered
    assert not offered & {tom.name, priya.name, "Not Offered"}


def test_a_grant_is_a_line_of_the_log_book_and_of_the_timeline_that_names_nobody(remy, tom, sam):
    made = give(remy, sam, tom)
    with acting(tom):
        entry = LogEntry.objects.get(operation="address_grants.give")
        assert set(entry.subject_ids) == {remy.id, made.id}
        words = [line.words for line in queries.timeline(remy)]
    assert "A person was let read the closed address" in words
    assert not any(sam.name in line for line in words)


def test_a_later_grant_reaches_older_notices_and_one_that_ended_reaches_none(remy, priya, tom, sam):
    with acting(sam):
        assert not Document.objects.exists()

    made = give(remy, sam, tom)
    with acting(sam):
        assert Document.objects.get().subject_id == remy.id
        opened = grants.open_matters(by=sam, at=NOON)
        assert documents.sent(sam.authority_id, open_matters=opened).count() == 1
        assert queries.notices_about(remy, may_know=True).count() == 1
    with acting(tom):
        end_grant(grant_id=made.id, reason="Left", by=tom, at=NOON)
    with acting(sam):
        assert not Document.objects.exists()


def test_the_services_own_wall_stands_where_the_database_lets_everything_through(remy, priya, sam):
    with acting(operator(priya.authority_id)):
        assert Document.objects.count() == 1
        assert not documents.sent(priya.authority_id).exists()
        assert not queries.notices_about(remy).exists()
        assert {line.kind for line in queries.timeline(remy)} == {"placement"}
        assert grants.open_matters(by=sam, at=NOON) == set()


def test_the_host_reads_its_notice_whoever_may_know_the_address(remy):
    with acting(person(LEEDS, Role.HOST_OFFICER)):
        assert Document.objects.get().subject_id == remy.id


def test_a_closed_placement_is_walked_to_its_start_by_an_approver_who_was_let_read_it(priya):
    made = placement_at("started", priya, is_restricted=True)
    assert made.status == "started"
    assert made.is_approved


GIVES_AWAY = re.compile(r"adjoin|distan|director\b|nominated|consulted|notified|Leeds|Sheffield", re.IGNORECASE)
# The factory's approvers are called by their grade and a number.
NAME = re.compile(r"by (Nominated officer|Director of children.s services) \d+")


@pytest.mark.parametrize("place", [PlaceTo.ADJOINING, PlaceTo.AT_A_DISTANCE], ids=["adjoining", "at a distance"])
@pytest.mark.parametrize("is_emergency", [False, True])
def test_duties_and_lines_about_a_closed_address_do_not_say_how_far_away_it_lies(priya, sam, place, is_emergency):
    if is_emergency:
        remy = child(priya)
        with acting(priya):
            made = record_emergency_start(
                child_id=remy.id,
                started_at=NOON,
                place=place,
                place_code="K2",
                is_restricted=True,
                why_not_wait="At risk",
                by=priya,
                at=NOON,
            )
    else:
        made = placement_at("started", priya, place=place, is_restricted=True)
    with acting(sam):
        duties = Duty.objects.filter(subject_id=made.id)
        fields = ("kind", "title", "citation", "role", "working", "evidence")
        told = [str(value) for row in duties.values_list(*fields) for value in row]
        told += [line.words for line in queries.timeline(made)]
    assert len(told) > len(fields)
    assert [words for words in told if GIVES_AWAY.search(NAME.sub("", words))] == []


def test_an_imported_adoption_has_a_way_to_its_first_reader(priya, tom, sam):
    remy = child(priya)
    with acting(priya):
        made = Placement.objects.create(
            authority_id=priya.authority_id,
            child=remy,
            status="started",
            starts_on=datetime(2026, 12, 1, tzinfo=UTC).date(),
            place_code="A3",
            is_restricted=True,
            source=Placement.Source.RETURN,
            recorded_at=NOON,
            recorded_by="test",
        )
    sweeps.raise_missing_duties(priya.authority_id, at=NOON)
    with acting(tom):
        asked = Duty.objects.get(kind=found_again.FIND_READER)
        assert (asked.subject_id, asked.role) == (made.id, Role.MANAGER)

    granted = give(made, sam, tom)
    sweeps.raise_missing_duties(priya.authority_id, at=NOON)
    with acting(tom):
        assert not Duty.objects.filter(kind=found_again.FIND_READER, closed_at=None).exists()
        end_grant(grant_id=granted.id, reason="Left", by=tom, at=NOON)
    sweeps.raise_missing_duties(priya.authority_id, at=LATER)
    with acting(tom):
        assert Duty.objects.filter(kind=found_again.FIND_READER, closed_at=None).count() == 1
