"""A small register of Rotherham's, made by the real actions; what its pack must say is worked out by hand in the tests."""

from datetime import UTC, date, datetime

from accounts.acting import Actor, acting_for, service
from duties import handling
from duties.actions import meet
from duties.models import Duty
from placements.actions.placements import record_emergency_start
from placements.actions.told_before import state_told_before
from placements.models import GoLive, Placement
from placements.owed import sweeps
from placements.pack.contents import Contents, contents
from placements.pack.files import files
from placements.pack.question import Question
from placements.place.places import Place, keep
from tests import factories
from tests.databases import NOON
from tests.factories import PlaceTo

Status = Placement.Status
CLOSED_LINE, CLOSED_WORDS = "9 Hidden Lane", "Her uncle waits at the gate"
NEW_YEAR = datetime(2027, 1, 5, 9, 0, tzinfo=UTC)
LATE_WORDS = "The first letter went astray."


def question(*, starts_on=date(2026, 11, 1), ends_on=date(2026, 12, 31), as_at=NEW_YEAR) -> Question:
    """November and December 2026, as recorded up to 5 January 2027."""
    return Question(authority=factories.authority(), starts_on=starts_on, ends_on=ends_on, as_at=as_at)


def answer(asked: Question | None = None) -> Contents:
    """The contents, as the worker makes them."""
    asked = asked or question()
    with acting_for(service(asked.authority.id), "test"):
        return contents(asked)


def written(asked: Question | None = None) -> dict[str, bytes]:
    """The files, as the worker makes them."""
    asked = asked or question()
    with acting_for(service(asked.authority.id), "test"):
        return files(contents(asked))


def planned(by: Actor, reference: str, place: Place, status: Status = Status.STARTED, **changes) -> Placement:
    """A move proposed and approved on 1 December 2026, started on Monday 7, perhaps ended on Sunday 20."""
    return factories.placement_at(status, by, factories.child(by, reference=reference), place, **changes)


def emergency(by: Actor, reference: str, started_at: datetime = NOON, **changes) -> Placement:
    """A start in an emergency in Leeds, recorded as it happened."""
    of = factories.child(by, reference=reference)
    given = {"place": PlaceTo.AT_A_DISTANCE, "place_code": "U6", "provider_code": "PR4", "why_not_wait": "Tonight."}
    with factories.acting(by):
        return record_emergency_start(child_id=of.id, started_at=started_at, **(given | changes), by=by, at=started_at)


def closed(by: Actor, reference: str) -> Placement:
    """The same at an address that is kept closed."""
    place = Place(line=CLOSED_LINE, postcode="LS1 8ED", home_postcode="S65 1SB")
    return emergency(by, reference, place=place, is_restricted=True, why_not_wait=CLOSED_WORDS)


def told_before(by: Actor, reference: str) -> Placement:
    """A placement of a return, in Leeds since 1 September 2026, whose host was told before Placewatch."""
    of = factories.child(by, reference=reference)
    with factories.acting(by):
        GoLive.objects.create(authority_id=by.authority_id, on=date(2026, 12, 1), set_at=NOON, set_by="test")
        made = Placement.objects.create(
            authority_id=by.authority_id,
            child=of,
            status=Status.STARTED,
            starts_on=date(2026, 9, 1),
            place_code="U6",
            provider_code="PR4",
            source=Placement.Source.RETURN,
            recorded_at=NOON,
            recorded_by="test",
        )
        keep(made, Place(postcode="LS1 8ED", home_postcode="S65 1SB"))
    sweeps.screen_pending(by.authority_id, at=NOON)
    with factories.acting(by):
        state_told_before(placement_ids=[made.id], told_on=date(2026, 9, 2), evidence="A letter", by=by, at=NOON)
    return made


def give_complete_notice(placement: Placement, *, at: datetime, evidence: str, by: Actor) -> None:
    """The duty of complete notice is met."""
    key = f"notice_to_host:{placement.id}"
    with factories.acting(by):
        meet(key, authority_id=placement.authority_id, evidence=evidence, by=by.name, at=at)


def say_why_late(placement: Placement, *, words: str, by: Actor, at: datetime) -> None:
    """Why the complete notice was late."""
    with factories.acting(by):
        duty = Duty.objects.get(subject_id=placement.id, kind="notice_to_host")
        handling.say_why_late(duty.id, words=words, by=by, at=at)


def whole(by: Actor) -> dict[str, Placement]:
    """Seven children: two planned moves, a closed emergency, one in our area, one nowhere, a short break, one of a return."""
    made = {
        "in time": planned(by, "AA-1", PlaceTo.AT_A_DISTANCE, reason_for_distance="Her sister lives there."),
        "late": planned(by, "AA-2", PlaceTo.ADJOINING, Status.ENDED),
        "closed": closed(by, "AA-3"),
        "in area": planned(by, "AA-4", PlaceTo.IN_AREA),
        "nowhere": planned(by, "AA-5", PlaceTo.UNKNOWN),
        "short break": planned(by, "AA-6", PlaceTo.AT_A_DISTANCE, legal_status="V4"),
        "told before": told_before(by, "AA-7"),
    }
    give_complete_notice(made["in time"], at=NOON, evidence="Sent whole.", by=by)
    late_at = datetime(2026, 12, 9, 10, 0, tzinfo=UTC)
    give_complete_notice(made["late"], at=late_at, evidence="Sent whole.", by=by)
    say_why_late(made["late"], words=LATE_WORDS, by=by, at=late_at)
    return made
