"""What practitioners do in the register, and what it leaves behind: facts, duties, a notice, a screening."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from accounts.acting import Actor
from accounts.exceptions import NotPermitted
from accounts.roles import Role
from audit.models import LogEntry
from duties.models import Duty
from notifications.models import Document
from placements import queries
from placements.actions import placements as actions
from placements.actions.children import register_child
from placements.exceptions import (
    AlreadyRegistered,
    ChildNotFound,
    InvalidTransition,
    PlacementNotFound,
    StaleVersion,
    UnreadableField,
)
from placements.models import GoLive, Placement, RestrictedAddress, Screening, Verdict
from placements.place.places import Place
from tests.factories import LEEDS, NOON, SHEFFIELD, PlaceTo, acting, authority, child, person, placement_at

pytestmark = pytest.mark.django_db
Status = Placement.Status


@pytest.fixture
def priya(db):
    return person()


def duty(kind: str) -> Duty:
    return Duty.objects.get(kind=kind)


def test_a_planned_move_at_a_distance_asks_for_the_director_and_tells_the_host(priya):
    made = placement_at(Status.PROPOSED, priya)

    with acting(priya):
        verdict = Verdict.objects.get(placement=made)
        assert (verdict.state, verdict.relation) == ("out_of_area_distant", "not_adjoining")
        assert verdict.host == authority("E08000035")
        assert duty("approval_by_director").late_from == date(2026, 12, 8)
        document = Document.objects.get(subject_id=made.id)
        assert document.recipient == authority("E08000035")
        assert document.due_on == date(2026, 12, 7)
        assert (document.body["given_name"], document.body["family_name"]) == ("Kayla", "Brent")
        assert Screening.objects.filter(placement=made).count() == 1


def test_a_planned_move_next_door_asks_for_the_nominated_officer(priya):
    placement_at(Status.PROPOSED, priya, place=PlaceTo.ADJOINING)

    with acting(priya):
        assert duty("approval_by_nominated_officer").role == Role.NOMINATED_OFFICER
        assert Document.objects.get().recipient == authority(SHEFFIELD)


def test_a_move_within_the_area_owes_nobody_a_notice(priya):
    placement_at(Status.PROPOSED, priya, place=PlaceTo.IN_AREA)

    with acting(priya):
        assert not Document.objects.exists()
        assert not Duty.objects.filter(kind="notice_to_host").exists()


def test_an_unknown_place_is_recorded_and_becomes_a_duty(priya):
    placement_at(Status.PROPOSED, priya, place=PlaceTo.UNKNOWN)

    with acting(priya):
        assert Verdict.objects.get().state == "cannot_tell"
        assert duty("find_the_place").basis == "practice"
        assert Screening.objects.get().answer["is_located"] is False


def test_an_emergency_before_christmas_gives_five_working_days_and_shows_the_days_skipped(priya):
    kayla = child(priya)
    recorded_at = datetime(2026, 12, 18, 0, 55, tzinfo=UTC)

    with acting(priya):
        made = actions.record_emergency_start(
            child_id=kayla.id,
            started_at=datetime(2026, 12, 18, 0, 40, tzinfo=UTC),
            place=PlaceTo.AT_A_DISTANCE,
            place_code="K2",
            provider_code="PR4",
            by=priya,
            at=recorded_at,
        )

        assert made.status == Status.STARTED
        assert made.starts_on == date(2026, 12, 18)
        owed = duty("notice_to_host")
        assert owed.due_on == date(2026, 12, 29)
        assert owed.late_from == date(2026, 12, 30)
        assert any("25 December 2026, Christmas Day" in line for line in owed.working)
        assert any("28 December 2026, Boxing Day" in line for line in owed.working)
        assert Document.objects.get().urgency == "urgent"


def test_a_start_ends_the_childs_current_placement_on_that_day(priya):
    kayla = child(priya)
    first = placement_at(Status.STARTED, priya, of=kayla)
    moved_at = datetime(2026, 12, 18, 21, 15, tzinfo=UTC)

    with acting(priya):
        second = actions.record_emergency_start(
            child_id=kayla.id, started_at=moved_at, place=PlaceTo.ADJOINING, by=priya, at=moved_at
        )

        first.refresh_from_db()
        assert (first.status, first.ends_on) == (Status.ENDED, date(2026, 12, 18))
        assert list(queries.current().filter(child=kayla)) == [second]


def test_a_start_within_an_ended_stay_is_refused_with_the_time_at_which_that_ended(priya):
    kayla = child(priya)
    placement_at(Status.ENDED, priya, of=kayla)
    at = datetime(2026, 12, 21, 10, 0, tzinfo=UTC)

    with acting(priya):
        with pytest.raises(UnreadableField, match="ended on Sun 20 December 2026"):
            actions.record_emergency_start(
                child_id=kayla.id,
                started_at=datetime(2026, 12, 19, 23, 0, tzinfo=UTC),
                place=PlaceTo.ADJOINING,
                by=priya,
                at=at,
            )
        made = actions.record_emergency_start(
            child_id=kayla.id,
            started_at=datetime(2026, 12, 20, 9, 0, tzinfo=UTC),
            place=PlaceTo.ADJOINING,
            by=priya,
            at=at,
        )

        assert list(queries.current().filter(child=kayla)) == [made]


def test_a_planned_move_is_not_the_current_placement(priya):
    made = placement_at(Status.PROPOSED, priya)

    with acting(priya):
        assert made not in queries.current()
        assert made in queries.placements()


def test_the_database_refuses_a_child_in_two_places(priya):
    kayla = child(priya)
    placement_at(Status.STARTED, priya, of=kayla)

    with acting(priya), pytest.raises(IntegrityError, match="placement_child_not_in_two_places"), transaction.atomic():
        Placement.objects.create(
            authority_id=priya.authority_id,
            child=kayla,
            status=Status.STARTED,
            starts_on=date(2026, 12, 10),
            recorded_at=NOON,
            recorded_by="a direct insert",
        )


@pytest.mark.parametrize("present", Status)
@pytest.mark.parametrize("step", ["start", "end", "withdraw"])
def test_every_step_from_every_state_is_done_or_refused_through_the_actions(priya, present, step):
    made = placement_at(present, priya)
    later = datetime(2026, 12, 21, 10, 0, tzinfo=UTC)
    given = {
        "start": {"started_at": later, "breach_reason": "Nobody could be reached"},
        "end": {"ended_at": later},
        "withdraw": {"reason": "The plan changed"},
    }[step]
    allowed = {
        ("proposed", "start"),
        ("proposed", "withdraw"),
        ("approved", "start"),
        ("approved", "withdraw"),
        ("started", "end"),
    }

    with acting(priya):
        if (present.value, step) in allowed:
            getattr(actions, step)(placement_id=made.id, **given, by=priya, at=later)
        else:
            with pytest.raises((InvalidTransition, UnreadableField)):
                getattr(actions, step)(placement_id=made.id, **given, by=priya, at=later)
            made.refresh_from_db()
            assert made.status == present


def test_a_move_that_does_not_go_ahead_takes_back_the_notice_and_closes_what_was_owed(priya):
    made = placement_at(Status.PROPOSED, priya)

    with acting(priya):
        actions.withdraw(placement_id=made.id, reason="The carer is ill", by=priya, at=NOON)

        assert Document.objects.get(kind="placement_notice").recalled_at == NOON
        assert Document.objects.get(kind="not_going_ahead").recalled_at is None
        assert {one.closing for one in Duty.objects.filter(subject_id=made.id)} == {"not_owed"}


def test_a_change_on_an_old_version_is_refused_and_changes_nothing(priya):
    made = placement_at(Status.STARTED, priya)
    later = datetime(2026, 12, 21, 10, 0, tzinfo=UTC)

    with acting(priya):
        with pytest.raises(StaleVersion):
            actions.end(placement_id=made.id, ended_at=later, version=made.version - 1, by=priya, at=later)
        made.refresh_from_db()
        assert made.status == Status.STARTED


def test_an_ending_before_the_start_or_ahead_of_now_is_refused(priya):
    made = placement_at(Status.STARTED, priya)
    now = datetime(2026, 12, 21, 10, 0, tzinfo=UTC)

    with acting(priya):
        for ended_at in (datetime(2026, 12, 6, tzinfo=UTC), now + timedelta(hours=1)):
            with pytest.raises(UnreadableField):
                actions.end(placement_id=made.id, ended_at=ended_at, by=priya, at=now)


def test_another_authoritys_child_and_placement_are_not_found(priya):
    made = placement_at(Status.PROPOSED, priya)
    other = person(SHEFFIELD)

    with acting(other):
        with pytest.raises(PlacementNotFound):
            actions.start(placement_id=made.id, started_at=NOON, by=other, at=NOON)
        with pytest.raises(ChildNotFound):
            actions.propose(
                child_id=made.child_id, planned_start_on=date(2026, 12, 8), place=PlaceTo.IN_AREA, by=other, at=NOON
            )


def test_a_role_that_may_not_is_told_who_may(priya):
    auditor = person(role=Role.AUDITOR)
    kayla = child(priya)

    with acting(auditor), pytest.raises(NotPermitted, match="placements officer"):
        actions.propose(
            child_id=kayla.id, planned_start_on=date(2026, 12, 8), place=PlaceTo.IN_AREA, by=auditor, at=NOON
        )


def test_a_restricted_address_is_kept_closed_to_all_but_whoever_has_a_grant(priya):
    place = Place(line="CANARY-REFUGE", postcode="LS1 8ED", home_postcode="S65 1SB")
    made = placement_at(Status.PROPOSED, priya, place=place, is_restricted=True)
    colleague = person(name="Tom Oakes", role=Role.MANAGER)

    with acting(priya):
        assert RestrictedAddress.objects.filter(placement=made).exists()
        assert Verdict.objects.filter(placement=made).exists()
        body = Document.objects.get(subject_id=made.id).body
        assert "CANARY-REFUGE" not in str(body)
        assert body["postcode"] == ""
    with acting(colleague):
        assert not RestrictedAddress.objects.filter(placement=made).exists()
        assert not Verdict.objects.filter(placement=made).exists()
        assert not Screening.objects.filter(placement=made).exists()
        assert not Document.objects.exists()
        assert "Leeds" not in str(list(Duty.objects.values("title", "working")))
    with acting(person(LEEDS, role=Role.HOST_OFFICER, name="Nadia Clarke")):
        assert Document.objects.get(subject_id=made.id).body["is_address_withheld"] is True


def test_a_system_without_a_grant_registers_a_restricted_address_and_its_host_is_told(priya):
    kayla = child(priya)
    system = Actor(authority_id=priya.authority_id, role=Role.SYSTEM, name="Case system", client_id=uuid4())

    made = placement_at(Status.PROPOSED, system, of=kayla, is_restricted=True)

    with acting(system):
        assert not Verdict.objects.exists()
    with acting(person(LEEDS, role=Role.HOST_OFFICER)):
        assert Document.objects.filter(subject_id=made.id).exists()


def test_registering_leaves_lines_in_the_log_book_without_a_name(priya):
    made = placement_at(Status.PROPOSED, priya)

    with acting(priya):
        lines = LogEntry.objects.filter(subject_ids__contains=[made.id])
        assert "placements.register" in {line.operation for line in lines}
        assert "Kayla" not in str([line.detail for line in lines])


def test_a_reference_is_taken_once(priya):
    child(priya, reference="AG-2041")

    with pytest.raises(AlreadyRegistered, match="AG-2041"):
        child(priya, reference="AG-2041")


def test_care_cannot_begin_before_birth(priya):
    with acting(priya), pytest.raises(UnreadableField):
        register_child(
            reference="AG-1",
            given_name="",
            family_name="",
            born_on=date(2012, 1, 1),
            looked_after_since=date(2011, 1, 1),
            by=priya,
            at=NOON,
        )


def test_a_placement_that_began_before_go_live_raises_no_duty_and_tells_nobody(priya):
    with acting(priya):
        GoLive.objects.create(authority_id=priya.authority_id, on=date(2026, 12, 1), set_at=NOON, set_by="test")
    kayla = child(priya)

    with acting(priya):
        made = actions.record_emergency_start(
            child_id=kayla.id,
            started_at=datetime(2026, 11, 2, 12, 0, tzinfo=UTC),
            place=PlaceTo.AT_A_DISTANCE,
            place_code="U6",
            provider_code="PR4",
            by=priya,
            at=NOON,
        )

        assert not Duty.objects.filter(subject_id=made.id).exists()
        assert not Document.objects.exists()
        assert list(queries.before_we_began()) == [made]


@pytest.mark.parametrize(
    ("place", "provider_code", "tell_host", "is_told"),
    [
        (PlaceTo.ADJOINING, "PR4", None, True),
        (PlaceTo.AT_A_DISTANCE, "PR4", None, False),
        (PlaceTo.AT_A_DISTANCE, "PR4", True, True),
        (PlaceTo.ADJOINING, "PR4", False, False),
        # Our own foster carer: nobody approves, so nobody waits for the host's answer.
        (PlaceTo.AT_A_DISTANCE, "PR1", None, True),
    ],
)
def test_a_host_at_a_distance_is_asked_about_a_plan_before_it_is_told(priya, place, provider_code, tell_host, is_told):
    kayla = child(priya)
    with acting(priya):
        made = actions.propose(
            child_id=kayla.id,
            planned_start_on=date(2026, 12, 7),
            place=place,
            place_code="U6",
            provider_code=provider_code,
            tell_host=tell_host,
            by=priya,
            at=NOON,
        )
        assert Document.objects.filter(subject_id=made.id).exists() is is_told
        assert Duty.objects.filter(subject_id=made.id, kind="notice_to_host", closed_at=None).exists()
