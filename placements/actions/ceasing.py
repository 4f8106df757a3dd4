"""How is it said that a child is to cease to be looked after, and who decided it (reg. 39)?"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from accounts import policy
from accounts.acting import Actor
from audit import log
from db.clock import london_date
from duties.actions import ask_anew, meet, raise_duties
from duties.models import Duty
from placements.approving import ceasings
from placements.exceptions import CeasingNotFound, ChildNotFound, UnreadableField
from placements.models import CarePeriod, Ceasing, Child
from placements.owed import turns


@transaction.atomic
def plan_ceasing(
    *, child_id: UUID, ceases_on: date, is_in_care: bool | None = None, by: Actor, at: datetime
) -> Ceasing:
    """Say on which day looking after is to end, or has ended: whoever must approve that is asked, before the day.

    A later plan supersedes it. Whether the child is in care is asked only where the legal status on record does not
    say. Raises NotPermitted, ChildNotFound, UnreadableField.
    """
    policy.require("ceasings.plan", by.role)
    child = Child.objects.select_for_update().filter(authority_id=by.authority_id, id=child_id).first()
    if child is None:
        raise ChildNotFound
    period = CarePeriod.objects.filter(child=child, starts_on__lte=ceases_on).order_by("starts_on").last()
    if period is None or (period.ends_on and period.ends_on < ceases_on):
        raise UnreadableField("ceases_on", "No time of being looked after is recorded that could end on this day.")
    on_record = ceasings.in_care(child)
    Ceasing.objects.filter(child=child, superseded_at=None).update(superseded_at=at)
    made = Ceasing.objects.create(
        authority_id=by.authority_id,
        child=child,
        ceases_on=ceases_on,
        is_in_care=is_in_care if on_record is None else on_record,
        recorded_at=at,
        recorded_by=by.name,
    )
    log.record(operation="ceasings.plan", subject_kind="child", subject_ids=[child.id, made.id])
    _bring_up_to_date(made, by=by, at=at)
    return made


@transaction.atomic
def decide_ceasing(*, ceasing_id: UUID, decided_by: str, decided_on: date, by: Actor, at: datetime) -> Ceasing:
    """Record who approved that looking after ends, and on which day: it meets the duty of reg. 39.

    Raises NotPermitted, CeasingNotFound (also for one that was superseded or decided), UnreadableField.
    """
    policy.require("ceasings.decide", by.role)
    found = (
        Ceasing.objects.select_for_update(of=("self",))
        .select_related("child")
        .filter(authority_id=by.authority_id, id=ceasing_id, superseded_at=None, decided_on=None)
        .first()
    )
    if found is None:
        raise CeasingNotFound
    if not decided_by.strip():
        raise UnreadableField("decided_by", "Say who approved it.")
    if decided_on > london_date(at):
        raise UnreadableField("decided_on", "A decision that lies ahead cannot be recorded yet.")
    found.decided_by, found.decided_on = decided_by.strip(), decided_on
    found.save(update_fields=["decided_by", "decided_on"])
    log.record(operation="ceasings.decide", subject_kind="child", subject_ids=[found.child_id, found.id])
    evidence = f"Approved by {found.decided_by}."
    done_at = turns.noon_of(decided_on, at)
    meet(ceasings.key_of(found), authority_id=by.authority_id, evidence=evidence, by=by.name, at=at, done_at=done_at)
    return found


def _bring_up_to_date(made: Ceasing, *, by: Actor, at: datetime) -> None:
    """The former plan's duty is not owed any more; this one's is asked."""
    about = Duty.objects.filter(subject_id=made.child_id, kind=ceasings.KIND, closed_at=None)
    reason = "Another day was given on which looking after ends."
    keys = list(about.values_list("key", flat=True))
    ask_anew(keys, wanted=(), authority_id=by.authority_id, reason=reason, by=by.name, at=at)
    raise_duties(ceasings.owed(made), authority_id=by.authority_id, by=by.name, at=at)
