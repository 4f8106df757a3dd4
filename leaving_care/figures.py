"""How many young people of an authority have which status, what could not be known, and what is owed to them?"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from duties import board
from duties.models import Duty
from leaving_care import facts
from leaving_care.milestone_duties import BATCH, KINDS
from leaving_care.reading import among
from leaving_care.rules.entitlement import entitlement
from leaving_care.rules.status import Status
from placements.models import Child


@dataclass
class Figures:
    """Counts of one day. `questions` by code: what nobody recorded and an answer turns on; `asked` how many have one."""

    children: int = 0
    statuses: Counter[Status] = field(default_factory=Counter)
    questions: Counter[str] = field(default_factory=Counter)
    asked: int = 0
    duties: Counter[str] = field(default_factory=Counter)
    unowned: int = 0


def of_authority(authority_id: UUID, *, on: date) -> Figures:
    """Every child of the register, whatever the age, and the open duties of leaving care; under its context."""
    found = Figures()
    ids = list(Child.objects.filter(authority_id=authority_id).values_list("id", flat=True))
    for start in range(0, len(ids), BATCH):
        children = list(Child.objects.filter(id__in=among(ids[start : start + BATCH])))
        for known in facts.of_children(children, on=on).values():
            answer = entitlement(circumstances=known.circumstances, on=on)
            found.statuses[answer.status] += 1
            found.questions.update(question.code for question in answer.questions)
            found.asked += bool(answer.questions)
    found.children = len(ids)
    open_ones = Duty.objects.filter(authority_id=authority_id, kind__in=KINDS, closed_at=None)
    found.duties.update(open_ones.values_list("kind", flat=True))
    found.unowned = board.unowned(authority_id, on=on).filter(kind__in=KINDS).count()
    return found
