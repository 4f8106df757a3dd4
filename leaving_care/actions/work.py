"""How is it recorded what was done for a young person, and what the return asks of a birthday?"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from accounts import cover
from accounts.acting import Actor
from db.clock import london_date
from leaving_care import oc3, register
from leaving_care.exceptions import RowNotFound
from leaving_care.milestone_duties import ask_again
from leaving_care.models import ReturnAnswer, Step
from leaving_care.reading import STEP_OF_DUTY
from placements.exceptions import DoesNotFit, UnreadableField

RECORD = "leaving_care.record"


@transaction.atomic
def record_step(*, child_id: UUID, kind: str, done_on: date, words: str = "", by: Actor, at: datetime) -> Step:
    """Record something done on a day; the duty that asked for it is met by it, and the next one stands.

    Raises NotPermitted, ChildNotFound, UnreadableField (an unknown kind, a day ahead), DoesNotFit (twice a day).
    """
    child = register.locked(child_id, RECORD, by)
    if kind not in Step.Kind.values:
        raise UnreadableField("kind", "Choose what was done from the list.")
    register.not_ahead("done_on", done_on, on=london_date(at))
    if Step.objects.filter(child=child, kind=kind, done_on=done_on, superseded_at=None).exists():
        raise DoesNotFit(f"{Step.Kind(kind).label}: recorded for that day already.")
    step = Step.objects.create(
        authority_id=by.authority_id,
        child=child,
        kind=kind,
        done_on=done_on,
        words=words.strip(),
        recorded_at=at,
        recorded_by=by.name,
    )
    register.written(RECORD, [child], reason=f"{step.get_kind_display()}: recorded by {by.name}.", by=by, at=at)
    return step


@transaction.atomic
def take_back_step(*, step_id: UUID, reason: str, by: Actor, at: datetime) -> Step:
    """Take back what was recorded wrongly; the row stays, superseded. What it had met is owed again.

    Raises NotPermitted, ChildNotFound, RowNotFound, DoesNotFit (no reason).
    """
    cover.require(RECORD, by)
    step = Step.objects.filter(id=step_id, authority_id=by.authority_id, superseded_at=None).first()
    if step is None:
        raise RowNotFound("step")
    child = register.locked(step.child_id, RECORD, by)
    if not reason.strip():
        raise DoesNotFit("Say why it is taken back.")
    step.superseded_at = at
    step.save(update_fields=["superseded_at"])
    why = f"{step.get_kind_display()}: taken back by {by.name}. {reason.strip()}"
    kinds = [kind for kind, asked_for in STEP_OF_DUTY.items() if asked_for == step.kind]
    ask_again(child, kinds, done_on=step.done_on, reason=why, by=by.name, at=at)
    register.written(RECORD, [child], reason=why, by=by, at=at)
    return step


@transaction.atomic
def answer_return(
    *,
    child_id: UUID,
    age: int,
    in_touch: str,
    activity: str = "",
    accommodation: str = "",
    on: date,
    by: Actor,
    at: datetime,
) -> ReturnAnswer:
    """Record what the return's file OC3 asks of one birthday, in its codes; a later answer replaces it.

    Raises NotPermitted, ChildNotFound, UnreadableField.
    """
    child = register.locked(child_id, RECORD, by)
    register.not_ahead("on", on, on=london_date(at))
    oc3.check(age=age, in_touch=in_touch, activity=activity, accommodation=accommodation)
    ReturnAnswer.objects.filter(child=child, age=age, superseded_at=None).update(superseded_at=at)
    answer = ReturnAnswer.objects.create(
        authority_id=by.authority_id,
        child=child,
        age=age,
        in_touch=in_touch,
        activity=activity,
        accommodation=accommodation,
        on=on,
        recorded_at=at,
        recorded_by=by.name,
    )
    register.written(RECORD, [child], reason=f"In touch at {age}: recorded by {by.name}.", by=by, at=at)
    return answer
