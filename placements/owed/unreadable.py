"""What does a row of the register become that no rule can read? A task of a person; the rows beside it go on."""

import logging
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from accounts.roles import Role
from duties.actions import ask_anew, raise_duties
from duties.models import Basis, Duty
from duties.owed import Owed
from placements.models import Child, Placement

KIND = "unreadable_record"
WORDS = (
    "Until then nothing that falls due for it is raised or checked. The log of the server says what went wrong.",
    "Closing this has it tried again.",
)
logger = logging.getLogger(__name__)


def is_with_a_person() -> Exists:
    """That somebody was asked to look at the placement, and has not closed that yet."""
    return Exists(Duty.objects.filter(subject_id=OuterRef("pk"), kind=KIND, closed_at=None))


def ask_about_placement(placement: Placement, *, doing: str, at: datetime) -> None:
    """For the handler of what went wrong with a placement while `doing` something."""
    reference = placement.child.reference
    _ask(placement.authority_id, "placement", placement.id, reference, doing=doing, at=at)


def ask_about_child(child: Child, *, doing: str, at: datetime) -> None:
    """The same of a child."""
    _ask(child.authority_id, "child", child.id, child.reference, doing=doing, at=at)


def _ask(authority_id: UUID, kind: str, subject_id: UUID, reference: str, *, doing: str, at: datetime) -> None:
    logger.exception("%s failed for the %s %s", doing, kind, subject_id)
    key = f"{KIND}:{subject_id}"
    if Duty.objects.filter(authority_id=authority_id, key=key, closed_at=None).exists():
        return
    about = {"authority_id": authority_id, "by": "Placewatch", "at": at}
    ask_anew([key], wanted=(), reason="It went wrong again.", **about)
    owed = Owed(
        key=key,
        kind=KIND,
        title=f"Look at what is recorded of this {kind}: Placewatch cannot work with it ({doing})",
        basis=Basis.PRACTICE,
        citation="Our register",
        subject_kind=kind,
        subject_id=subject_id,
        subject_reference=reference,
        working=WORDS,
        role=Role.PLACEMENT_OFFICER,
    )
    raise_duties([owed], **about)
