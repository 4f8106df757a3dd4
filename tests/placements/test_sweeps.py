"""What the register lacks is found by the sweeps, whenever they run, and raised or screened once."""

from datetime import UTC, date, datetime

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from accounts.acting import operator
from accounts.roles import Role
from audit.models import LogEntry
from duties.actions import close_as_met
from duties.models import Duty
from placements import tasks
from placements.actions.approvals import decide
from placements.actions.placements import record_emergency_start
from placements.actions.withholdings import withhold
from placements.approving import approvals
from placements.models import (
    Approval,
    Child,
    GoLive,
    Placement,
    PlacementAddress,
    RestrictedAddress,
    Screening,
    Verdict,
)
from placements.owed import grounds, sweeps, unreadable
from placements.place.places import Place, keep
from placements.rules.satisfied_of import Answer
from tests.factories import NOON, ROTHERHAM, SHEFFIELD, PlaceTo, acting, authority, child, person, placement_at
from tests.placements.losing import lose_open_duties

Status = Placement.Status
LATER = datetime(2026, 12, 21, 12, 0, tzinfo=UTC)
BEFORE = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)


@pytest.fixture
def priya(db):
    return person()


def imported(by, *, starts_on: date, postcode: str = "LS1 8ED", **changes) -> Placement:
    """A current placement as an import leaves it: an address, no verdict, no screening, no duty."""
    of = changes.pop("of", None) or child(by)
    with acting(by):
        made = Placement.objects.create(
            authority_id=by.authority_id,
            child=of,
            status=Status.STARTED,
            starts_on=starts_on,
            place_code="U6",
            provider_code="PR4",
            source=Placement.Source.RETURN,
            recorded_at=NOON,
            recorded_by="test",
            **changes,
        )
        keep(made, Place(postcode=postcode, home_postcode="S65 1SB"))
    return made


def test_what_an_import_left_is_judged_and_screened_once(priya):
    made = imported(priya, starts_on=date(2026, 11, 2))

    assert sweeps.screen_pending(priya.authority_id, at=NOON) == 1
    assert sweeps.screen_pending(priya.authority_id, at=NOON) == 0

    with acting(priya):
        assert Verdict.objects.get(placement=made).state == "out_of_area_distant"
        assert Screening.objects.filter(placement=made).count() == 1


def test_rows_of_one_authority_that_cannot_be_read_hold_up_no_other(priya):
    order = sweeps.responsible_authorities()
    before, after = sorted((priya, person(SHEFFIELD)), key=lambda one: order.index(one.authority_id))
    imported(before, starts_on=date(2026, 11, 2), is_restricted=True)
    waiting = imported(after, starts_on=date(2026, 11, 2))
    with acting(operator(before.authority_id)):
        RestrictedAddress.objects.update(sealed=b"not what was sealed, and long enough")

    tasks.screen_pending()

    with acting(after):
        assert Screening.objects.filter(placement=waiting).count() == 1
    with acting(operator(before.authority_id)):
        assert not Screening.objects.exists()


@pytest.fixture
def with_one_that_cannot_be_read(priya):
    """Two current placements as an import leaves them; the closed address of one is not what was sealed."""
    broken = imported(priya, starts_on=date(2026, 11, 2), is_restricted=True)
    imported(priya, starts_on=date(2026, 11, 2))
    with acting(operator(priya.authority_id)):
        RestrictedAddress.objects.filter(placement=broken).update(sealed=b"not what was sealed, and long enough")
    return broken


def test_a_row_that_cannot_be_read_becomes_a_task_and_the_rows_beside_it_go_on(priya, with_one_that_cannot_be_read):
    broken = with_one_that_cannot_be_read

    sweeps.screen_pending(priya.authority_id, at=NOON)

    with acting(operator(priya.authority_id)):
        assert Screening.objects.exclude(placement=broken).count() == 1
        task = Duty.objects.get(kind=unreadable.KIND)
        assert (task.subject_id, task.role, task.due_on) == (broken.id, "placement_officer", None)


def test_a_row_that_could_not_be_read_is_left_alone_until_its_task_is_closed(priya, with_one_that_cannot_be_read):
    sweeps.screen_pending(priya.authority_id, at=NOON)
    with acting(operator(priya.authority_id)):
        sealed = RestrictedAddress.objects.filter(placement=with_one_that_cannot_be_read)
        sealed.delete()
        keep(with_one_that_cannot_be_read, Place(postcode="LS1 8ED", home_postcode="S65 1SB"))

    assert sweeps.screen_pending(priya.authority_id, at=NOON) == 0
    with acting(priya):
        close_as_met(Duty.objects.get(kind=unreadable.KIND).id, evidence="Put right", by=priya.name, at=LATER)

    assert sweeps.screen_pending(priya.authority_id, at=LATER) == 1


def test_a_row_that_fails_again_after_its_task_was_closed_is_a_task_again(priya, with_one_that_cannot_be_read):
    sweeps.screen_pending(priya.authority_id, at=NOON)
    with acting(priya):
        close_as_met(Duty.objects.get(kind=unreadable.KIND).id, evidence="Looked", by=priya.name, at=LATER)

    sweeps.screen_pending(priya.authority_id, at=LATER)

    with acting(priya):
        assert Duty.objects.filter(kind=unreadable.KIND, closed_at=None).count() == 1
        assert Duty.objects.filter(kind=unreadable.KIND).count() == 2


def test_a_placement_whose_duties_cannot_be_worked_out_holds_up_no_other(priya):
    broken = placement_at(Status.STARTED, priya)
    beside = imported(priya, starts_on=date(2026, 11, 30))
    sweeps.screen_pending(priya.authority_id, at=NOON)
    with acting(priya):
        # A check whose answer is not of the form that anybody wrote.
        Screening.objects.create(
            authority_id=priya.authority_id, placement=broken, at=BEFORE, radius_metres=1_000, answer={}, versions=[]
        )

    sweeps.raise_missing_duties(priya.authority_id, at=LATER)

    with acting(priya):
        assert Duty.objects.get(kind=unreadable.KIND).subject_id == broken.id
        assert Duty.objects.filter(kind="notice_to_host", subject_id=beside.id).exists()


def test_only_those_registers_are_worked_in_in_which_something_waits(priya):
    placement_at(Status.STARTED, person(SHEFFIELD))
    assert sweeps.registers_waiting(at=NOON) == []

    imported(priya, starts_on=date(2026, 11, 2))
    assert sweeps.registers_waiting(at=NOON) == [priya.authority_id]

    tasks.screen_pending()
    assert sweeps.registers_waiting(at=NOON) == []


def test_asking_which_registers_wait_leaves_nobody_acting_for_another(priya):
    imported(person(SHEFFIELD), starts_on=date(2026, 11, 2))
    with acting(priya):
        assert len(sweeps.registers_waiting(at=NOON)) == 1
        assert Placement.objects.count() == 0
        with connections["default"].cursor() as cursor:
            cursor.execute("select current_authority(), acting_as_operator()")
            assert cursor.fetchone() == (priya.authority_id, False)


def test_the_facts_of_many_placements_are_read_in_as_many_questions_as_those_of_one(priya):
    made = [placement_at(Status.STARTED, priya) for _ in range(3)]
    with acting(priya):
        with CaptureQueriesContext(connections["default"]) as of_one:
            grounds.read(made[:1])
        with CaptureQueriesContext(connections["default"]) as of_all:
            grounds.read(made)
    assert len(of_all) == len(of_one)


def test_a_restricted_address_is_screened_and_stays_closed(priya):
    made = imported(priya, starts_on=date(2026, 11, 2), is_restricted=True)

    assert sweeps.screen_pending(priya.authority_id, at=NOON) == 1

    with acting(priya):
        assert not Screening.objects.exists()
        assert not Verdict.objects.exists()
        assert not PlacementAddress.objects.filter(placement=made).exists()


def test_an_adult_is_judged_and_not_screened(priya):
    grown = child(priya, born_on=date(2008, 11, 30))
    made = imported(priya, starts_on=date(2026, 11, 2), of=grown)

    assert sweeps.screen_pending(priya.authority_id, at=NOON) == 0

    with acting(priya):
        assert Verdict.objects.filter(placement=made).exists()
        assert not Screening.objects.exists()


def test_placements_before_go_live_raise_no_duties_and_later_ones_do(priya):
    with acting(priya):
        GoLive.objects.create(authority_id=priya.authority_id, on=date(2026, 11, 30), set_at=NOON, set_by="test")
    imported(priya, starts_on=date(2026, 11, 2))
    after = imported(priya, starts_on=date(2026, 11, 30))
    sweeps.screen_pending(priya.authority_id, at=NOON)

    sweeps.raise_missing_duties(priya.authority_id, at=NOON)

    with acting(priya):
        assert {duty.subject_id for duty in Duty.objects.filter(subject_kind="placement")} == {after.id}


def test_where_nobody_said_whether_it_was_planned_no_day_is_asserted(priya):
    imported(priya, starts_on=date(2026, 11, 30))
    sweeps.screen_pending(priya.authority_id, at=NOON)

    sweeps.raise_missing_duties(priya.authority_id, at=NOON)

    with acting(priya):
        notice = Duty.objects.get(kind="notice_to_host")
        assert (notice.due_on, notice.late_from) == (None, None)
        assert any(line.startswith("If planned:") for line in notice.working)
        assert any(line.startswith("If made in an emergency:") for line in notice.working)


def test_a_lost_duty_is_raised_again_and_a_standing_one_is_not(priya):
    placement_at(Status.PROPOSED, priya)
    with acting(priya):
        before = Duty.objects.count()

    assert sweeps.raise_missing_duties(priya.authority_id, at=NOON) == 0

    with acting(priya):
        assert Duty.objects.count() == before


def emergency(by) -> Placement:
    """A child placed in an emergency at noon, at a distance."""
    kayla = child(by)
    with acting(by):
        return record_emergency_start(
            child_id=kayla.id,
            started_at=NOON,
            place=PlaceTo.AT_A_DISTANCE,
            place_code="K2",
            why_not_wait="At risk where she was",
            by=by,
            at=NOON,
        )


def decided_by_telephone(by) -> Placement:
    """A plan whose approval was given on the telephone and recorded for the decider, who has not confirmed it."""
    made = placement_at(Status.PROPOSED, by)
    director = person(role=Role.DIRECTOR, name="Dr Helen Marsh")
    with acting(by):
        approval = Approval.objects.get(placement=made)
        answers = {
            item.requirement.code: Answer("On file.", "Asked.") for item in approvals.items(approval, {}, at=NOON)
        }
        decide(
            approval_id=approval.id,
            decision="approved",
            answers=answers,
            decider_id=director.person_id,
            is_by_telephone=True,
            by=by,
            at=NOON,
        )
    return made


def withheld(by) -> Placement:
    """A plan of which the father is not told."""
    made = placement_at(Status.PROPOSED, by)
    with acting(by):
        withhold(
            placement_id=made.id,
            paragraph="b",
            person="The father",
            what="notice",
            reason="It would put her at risk of significant harm.",
            decided_by="Tom Oakes",
            decided_on=date(2026, 11, 30),
            look_again_on=date(2027, 5, 30),
            by=by,
            at=NOON,
        )
    return made


PLACED = {
    "decided by telephone": decided_by_telephone,
    "withheld from somebody": withheld,
    "proposed": lambda by: placement_at(Status.PROPOSED, by),
    "of an unknown place": lambda by: placement_at(Status.PROPOSED, by, place=PlaceTo.UNKNOWN),
    "approved": lambda by: placement_at(Status.APPROVED, by),
    "started": lambda by: placement_at(Status.STARTED, by),
    "started in an emergency": emergency,
    "ended": lambda by: placement_at(Status.ENDED, by),
}


def open_keys(by) -> set[str]:
    with acting(by):
        owed = Duty.objects.filter(closed_at=None)
        return set(owed.values_list("key", flat=True))


@pytest.mark.parametrize("placed", PLACED)
def test_whatever_is_owed_because_of_a_placement_and_was_lost_is_found_again(committing, placed):
    by = person()
    PLACED[placed](by)
    owed = open_keys(by)
    assert owed
    assert sweeps.raise_missing_duties(by.authority_id, at=LATER) == 0

    lose_open_duties(by)
    assert open_keys(by) == set()
    sweeps.raise_missing_duties(by.authority_id, at=LATER)

    assert owed - open_keys(by) == set()


def test_what_was_closed_is_not_raised_again(priya):
    placement_at(Status.STARTED, priya)
    with acting(priya):
        for duty in Duty.objects.filter(closed_at=None):
            close_as_met(duty.id, evidence="Done", by=priya.name, at=LATER)

    assert sweeps.raise_missing_duties(priya.authority_id, at=LATER) == 0
    assert open_keys(priya) == set()


def test_every_english_authority_is_swept(db):
    assert authority(ROTHERHAM).id in sweeps.responsible_authorities()
    assert len(sweeps.responsible_authorities()) >= 153


def test_the_log_book_says_that_placewatch_itself_looked(priya):
    imported(priya, starts_on=date(2026, 11, 2))

    sweeps.screen_pending(priya.authority_id, at=NOON)

    with acting(priya):
        assert LogEntry.objects.filter(purpose=sweeps.PURPOSE, operation="hotspots.overlay").exists()
        assert Child.objects.count() == 1
