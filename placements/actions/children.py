"""How does a child come into the register?"""

from datetime import date, datetime

from django.db import transaction

from accounts import policy
from accounts.acting import Actor
from audit import log
from placements.exceptions import AlreadyRegistered, UnreadableField
from placements.models import CarePeriod, Child, LegalStatus


@transaction.atomic
def register_child(
    *,
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
    """Register a child under the authority's own reference, with the period of care that runs, if it is known.

    Raises NotPermitted, AlreadyRegistered and UnreadableField (care that begins before birth).
    """
    policy.require("children.register", by.role)
    if looked_after_since and looked_after_since < born_on:
        raise UnreadableField("looked_after_since", "The child cannot have been looked after before birth.")
    if Child.objects.filter(authority_id=by.authority_id, reference=reference.strip()).exists():
        raise AlreadyRegistered(reference)
    child = Child.objects.create(
        authority_id=by.authority_id,
        reference=reference.strip(),
        given_name=given_name.strip(),
        family_name=family_name.strip(),
        born_on=born_on,
        is_born_on_estimated=is_born_on_estimated,
        sex=sex,
        recorded_at=at,
        recorded_by=by.name,
    )
    if looked_after_since:
        CarePeriod.objects.create(authority_id=by.authority_id, child=child, starts_on=looked_after_since)
        if legal_status:
            LegalStatus.objects.create(
                authority_id=by.authority_id, child=child, code=legal_status, starts_on=looked_after_since
            )
    log.record(operation="children.register", subject_kind="child", subject_ids=[child.id])
    return child
