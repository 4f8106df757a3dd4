"""Who decides that somebody is not told of a placement, or not its address; and what comes of looking at it again?"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from accounts import policy
from accounts.acting import Actor
from audit import log
from db.clock import london_date
from duties.actions import meet, raise_duties
from placements.actions.placements import locked
from placements.events import write_event
from placements.exceptions import UnreadableField, WithholdingNotFound
from placements.models import DecisionAbout, Withholding
from placements.owed import facts, found_again
from placements.rules.not_practicable import ReasonMissing
from placements.rules.telling import Decision, MayNotDecideSo, check_leaving_address_out, check_withholding
from placements.telling import people

What = Withholding.What


@transaction.atomic
def withhold(
    *,
    placement_id: UUID,
    paragraph: str,
    person: str,
    what: str,
    reason: str,
    decided_by: str,
    decided_on: date,
    look_again_on: date,
    by: Actor,
    at: datetime,
) -> Withholding:
    """Record the decision that a person of reg. 13(2)(b) to (e) is not told (13(3)), or not told the address.

    Leaving the address out is a decision of its own, for a child in care alone. To look at it again becomes a duty.
    Raises NotPermitted, PlacementNotFound, UnreadableField (the law gives nobody this decision; words missing).
    """
    policy.require("withholdings.decide", by.role)
    placement = locked(placement_id, None, by)
    recipient = people.recipient_of(placement, paragraph)
    if recipient is None:
        raise UnreadableField(
            "paragraph",
            "Nobody may be left out under that paragraph: reg. 13(3) names only parents, people with contact and the "
            "previous carer (paragraphs (b) to (e)), and of the two kinds of contact the one that fits this child.",
        )
    if not person.strip():
        raise UnreadableField("person", "Say who the person is.")
    if decided_on > london_date(at):
        raise UnreadableField("decided_on", "A decision that lies ahead cannot be recorded yet.")
    try:
        Decision(decided_by=decided_by, decided_on=decided_on, reason=reason, look_again_on=look_again_on)
        if what == What.NOTICE:
            check_withholding(recipient=recipient)
        else:
            check_leaving_address_out(recipient=recipient, in_care=facts.of_placement(placement).in_care)
    except ReasonMissing as refusal:
        raise UnreadableField("reason", str(refusal)) from refusal
    except MayNotDecideSo as refusal:
        field = "look_again_on" if look_again_on <= decided_on else "what"
        raise UnreadableField(field, str(refusal)) from refusal
    made = Withholding.objects.create(
        authority_id=placement.authority_id,
        placement=placement,
        paragraph=paragraph,
        person=person.strip(),
        what=What(what),
        reason=reason.strip(),
        decided_by=decided_by.strip(),
        decided_on=decided_on,
        look_again_on=look_again_on,
        recorded_at=at,
        recorded_by=by.name,
    )
    log.record(operation="withholdings.decide", subject_kind="placement", subject_ids=[placement.id, made.id])
    write_event(placement, f"Decided by {made.decided_by}: {made.get_what_display().lower()}", at, by=by, at=at)
    raise_duties([found_again.withholding(made)], authority_id=placement.authority_id, by=by.name, at=at)
    return made


@transaction.atomic
def end_withholding(*, withholding_id: UUID, because: str, by: Actor, at: datetime) -> Withholding:
    """End a decision: from now on the person is told like the others.

    `because` says who decided so, and why. Raises NotPermitted, WithholdingNotFound, UnreadableField.
    """
    policy.require("withholdings.decide", by.role)
    found = _standing(withholding_id, by)
    if not because.strip():
        raise UnreadableField("because", "Say who decided that it ends, and why.")
    found.ended_at, found.ended_by, found.ended_because = at, by.name, because.strip()
    found.save(update_fields=["ended_at", "ended_by", "ended_because"])
    log.record(operation="withholdings.end", subject_kind="placement", subject_ids=[found.placement_id, found.id])
    write_event(found.placement, f"Decision ended: {found.get_what_display().lower()}", at, by=by, at=at)
    evidence = f"Looked at again, recorded by {by.name}."
    meet(f"look_again:{found.id}", authority_id=found.authority_id, evidence=evidence, by=by.name, at=at)
    return found


@transaction.atomic
def keep_withholding(
    *,
    withholding_id: UUID,
    reason: str,
    decided_by: str,
    decided_on: date,
    look_again_on: date,
    by: Actor,
    at: datetime,
) -> Withholding:
    """Looked at again, and it holds: a new decision takes its place in the same moment, about the same people.

    Raises as `withhold` does, and WithholdingNotFound.
    """
    policy.require("withholdings.decide", by.role)
    found = _standing(withholding_id, by)
    decided = {"reason": reason, "decided_by": decided_by, "decided_on": decided_on, "look_again_on": look_again_on}
    same = {"paragraph": found.paragraph, "person": found.person, "what": found.what}
    made = withhold(placement_id=found.placement_id, **same, **decided, by=by, at=at)
    for said in found.about.all():
        told = {name: getattr(said, name) for name in ("correspondent_id", "is_the_one", "said_at", "said_by")}
        DecisionAbout.objects.create(authority_id=made.authority_id, withholding=made, **told)
    because = f"Looked at again by {made.decided_by}: it holds, and another decision took its place."
    end_withholding(withholding_id=found.id, because=because, by=by, at=at)
    return made


def _standing(withholding_id: UUID, by: Actor) -> Withholding:
    rows = Withholding.objects.select_for_update(of=("self",)).select_related("placement__child")
    found = rows.filter(authority_id=by.authority_id, id=withholding_id, ended_at=None).first()
    if found is None:
        raise WithholdingNotFound
    return found
