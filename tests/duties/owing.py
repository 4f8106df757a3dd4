"""Duties to test with: raised by the real action, about nobody."""

from datetime import date
from uuid import uuid4

from accounts.acting import Actor
from accounts.roles import Role
from duties.actions import raise_duties
from duties.models import Basis, Duty
from duties.owed import Owed
from tests.factories import NOON, acting


def owe(by: Actor, key: str = "one", **changes) -> Duty:
    """One open duty of the authority of `by`, for personal advisers unless told another role."""
    given = {
        "key": key,
        "kind": "visit",
        "title": f"Duty {key}",
        "basis": Basis.LAW,
        "citation": "CLR reg. 8(2)",
        "subject_kind": "authority",
        "subject_id": uuid4(),
        "subject_reference": "AG-1402",
        "due_on": date(2026, 12, 8),
        "late_from": date(2026, 12, 9),
        "role": Role.LEAVING_CARE_ADVISER,
    }
    with acting(by):
        [made] = raise_duties([Owed(**(given | changes))], authority_id=by.authority_id, by="Placewatch", at=NOON)
    return made
