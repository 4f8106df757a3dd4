"""Whom does reg. 13 name for a placement, from whom is it withheld, and to whom is the address not shown?"""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from placements.models import Placement, Withholding
from placements.owed import facts
from placements.rules.people_to_tell import Recipient, people_to_tell
from placements.rules.telling import Decision, Telling, telling

PARAGRAPHS = {"b": "parents", "c": "contact_in_care", "d": "contact_not_in_care", "e": "previous_carer"}


@dataclass(frozen=True)
class Person:
    """Somebody of reg. 13(2), or a named one about whom something was decided, and what the rules make of it."""

    who: str
    telling: Telling

    @property
    def findings(self) -> list[dict]:
        """What the rules say of telling this person, in their serial form."""
        return [finding.as_dict() for finding in self.telling.findings]


def decisions(placement: Placement) -> QuerySet[Withholding]:
    """The decisions about whom to tell that hold now."""
    return Withholding.objects.filter(placement=placement, ended_at=None).order_by("paragraph", "person", "what")


def to_tell(placement: Placement, *, on: date) -> list[Person]:
    """Everybody of the list, then each person about whom something else was decided, by name.

    Empty for a short break, a temporary stay and an adoption.
    """
    known = facts.of_placement(placement)
    listed = people_to_tell(placement=known, told_on=on)
    by_code = {recipient.code: recipient for recipient in listed}
    told = [Person(one.who, telling(recipient=one, in_care=known.in_care, on=on)) for one in listed]
    for withheld in decisions(placement):
        recipient = by_code.get(PARAGRAPHS[withheld.paragraph])
        if recipient is not None:
            told.append(Person(withheld.person, _told_otherwise(withheld, recipient, known.in_care, on)))
    return told


def recipient_of(placement: Placement, paragraph: str) -> Recipient | None:
    """Whom a paragraph of reg. 13(2) names for this placement; None for one that does not apply to it."""
    listed = {one.code: one for one in people_to_tell(placement=facts.of_placement(placement))}
    return listed.get(PARAGRAPHS.get(paragraph, ""))


def decision_of(withheld: Withholding) -> Decision:
    """A stored decision as the rules read it."""
    return Decision(
        decided_by=withheld.decided_by,
        decided_on=withheld.decided_on,
        reason=withheld.reason,
        look_again_on=withheld.look_again_on,
    )


def _told_otherwise(withheld: Withholding, recipient: Recipient, in_care: bool | None, on: date) -> Telling:
    decided = decision_of(withheld)
    if withheld.what == Withholding.What.NOTICE:
        return telling(recipient=recipient, in_care=in_care, on=on, withholding=decided)
    return telling(recipient=recipient, in_care=in_care, on=on, without_address=decided)
