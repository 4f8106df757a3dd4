"""How is a planned start moved to another day, so that everybody who was told hears of it and nothing turns late?"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from accounts import policy
from accounts.acting import Actor
from duties.actions import raise_duties
from duties.models import Basis, Closing, Duty
from notifications.models import Document
from placements import endings
from placements.actions.endings import tell_host_of_ending
from placements.actions.placements import locked, save
from placements.events import write_event
from placements.exceptions import InvalidTransition, UnreadableField
from placements.models import Placement
from placements.owed import obligations, owing
from placements.place import verdicts
from placements.rules.written_dates import day_in_words
from placements.telling import notices

Status = Placement.Status


@transaction.atomic
def move_start(
    *,
    placement_id: UUID,
    planned_start_on: date,
    reason: str,
    version: int | None = None,
    by: Actor,
    at: datetime,
) -> Placement:
    """Give a planned placement another day: its duties are replaced by ones with the new days, with the reason.

    Every authority that was told or asked gets "new date", also the host of the placement that the move will end; that
    the people of reg. 13(2) hear of it becomes a duty where they were told. Raises NotPermitted, PlacementNotFound,
    StaleVersion, InvalidTransition (it started, or does not go ahead), UnreadableField.
    """
    policy.require("placements.new_date", by.role)
    if not reason.strip():
        raise UnreadableField("reason", "Say why the day changes.")
    placement = locked(placement_id, version, by)
    if placement.status not in (Status.PROPOSED, Status.APPROVED):
        raise InvalidTransition(placement.get_status_display(), "a plan with a new date", [])
    earlier = placement.planned_start_on
    if planned_start_on == earlier:
        raise UnreadableField("planned_start_on", f"It is planned for {day_in_words(earlier)} already.")
    placement.planned_start_on = planned_start_on
    save(placement)
    why = f"New date, {day_in_words(planned_start_on)} instead of {day_in_words(earlier)}: {reason.strip()}"
    write_event(placement, "New date", at, by=by, at=at, words=why)
    judged = verdicts.judge(placement, at=at)
    obligations.redate_for(placement, judged, reason=why, by=by.name, at=at)
    notices.tell_new_date(placement, earlier=earlier, by=by, at=at)
    _ask_to_tell_people(placement, why, by=by, at=at)
    present = endings.of_the_child_now(placement)
    if present is not None:
        _follow_in_present(present, why, by=by, at=at)
    return placement


def _ask_to_tell_people(placement: Placement, why: str, *, by: Actor, at: datetime) -> None:
    told = Duty.objects.filter(key=f"notice_to_people:{placement.id}", closing=Closing.MET)
    if not told.exists():
        return
    owed = owing.owed(
        placement,
        "new_date_to_people",
        f"Tell everybody who was told of this placement the new date, {day_in_words(placement.planned_start_on)}",
        Basis.PRACTICE,
        "Whoever was told one date is told the other",
        working=(why,),
        key=f"new_date_to_people:{placement.id}:{placement.version}",
    )
    raise_duties([owed], authority_id=placement.authority_id, by=by.name, at=at)


def _follow_in_present(present: Placement, why: str, *, by: Actor, at: datetime) -> None:
    """The placement that the move ends: its duties, and a new notice where its host was told of the old day."""
    endings.bring_up_to_date(present, reason=why, by=by, at=at)
    told = Document.objects.filter(
        sender_id=present.authority_id,
        subject_id=present.id,
        kind=Document.Kind.ENDING_NOTICE,
        recalled_at=None,
        superseded_by=None,
    )
    if told.exists():
        tell_host_of_ending(placement_id=present.id, by=by, at=at)
