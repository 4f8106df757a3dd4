"""How is it said who a child is, who was registered in an emergency under a provisional reference?"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from accounts import policy
from accounts.acting import Actor
from audit import log
from duties.actions import meet, rename_subject
from placements.events import write_event
from placements.exceptions import AlreadyRegistered, ChildNotFound, UnreadableField
from placements.models import CarePeriod, Child, LegalStatus, Placement
from placements.owed import found_again


@transaction.atomic
def identify_child(
    *,
    child_id: UUID,
    reference: str,
    given_name: str,
    family_name: str,
    born_on: date,
    is_born_on_estimated: bool = False,
    sex: str = Child.Sex.UNKNOWN,
    looked_after_since: date | None = None,
    legal_status: str = "",
    by: Actor,
    at: datetime,
) -> Child:
    """Give a child of a provisional reference the real one, the name and the date of birth; it is said in the timeline.

    What was sent under the provisional reference stays as it was sent. Raises NotPermitted, ChildNotFound,
    AlreadyRegistered (the real reference stands for a record of its own), UnreadableField.
    """
    policy.require("children.identify", by.role)
    child = Child.objects.select_for_update().filter(authority_id=by.authority_id, id=child_id).first()
    if child is None:
        raise ChildNotFound
    _check(child, reference.strip(), born_on, looked_after_since)
    provisional = child.reference
    child.reference, child.sex = reference.strip(), sex
    child.given_name, child.family_name = given_name.strip(), family_name.strip()
    child.born_on, child.is_born_on_estimated = born_on, is_born_on_estimated
    child.save()
    if looked_after_since and not child.care_periods.exists():
        CarePeriod.objects.create(authority_id=child.authority_id, child=child, starts_on=looked_after_since)
        if legal_status:
            LegalStatus.objects.create(
                authority_id=child.authority_id, child=child, code=legal_status, starts_on=looked_after_since
            )
    for placement in Placement.objects.filter(child=child, superseded_at=None):
        write_event(placement, f"It was said who the child is: until then {provisional}", at, by=by, at=at)
    rename_subject(provisional, to=child.reference, authority_id=by.authority_id)
    log.record(operation="children.identify", subject_kind="child", subject_ids=[child.id])
    key, evidence = found_again.identification(child).key, f"Identified by {by.name}."
    meet(key, authority_id=by.authority_id, evidence=evidence, by=by.name, at=at)
    return child


def _check(child: Child, reference: str, born_on: date, looked_after_since: date | None) -> None:
    if not child.reference.startswith(found_again.PROVISIONAL):
        raise UnreadableField("reference", "This child’s reference is not a provisional one.")
    if not reference or reference.startswith(found_again.PROVISIONAL):
        raise UnreadableField("reference", "Enter the reference that your records use for this child.")
    if Child.objects.filter(authority_id=child.authority_id, reference=reference).exists():
        raise AlreadyRegistered(reference)
    if looked_after_since and looked_after_since < born_on:
        raise UnreadableField("looked_after_since", "The child cannot have been looked after before birth.")
