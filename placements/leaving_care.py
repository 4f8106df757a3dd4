"""What is a child entitled to on leaving care, and what is owed by when? Derived when read, never a stored flag."""

from datetime import date, datetime
from uuid import UUID

from accounts.roles import Role
from duties.actions import raise_duties
from duties.models import Basis, Duty
from duties.owed import Owed
from placements import facts, unreadable
from placements.models import Child
from placements.rules.finding import DueDate
from placements.rules.leaving_care import LeavingCareAnswer, leaving_care_status
from placements.rules.pathway import needs_assessment_due, pathway_plan_due

OLDEST_WITH_DUTIES = 18
YOUNGEST_WITH_DUTIES = 16


def entitlement(child: Child, *, on: date) -> LeavingCareAnswer:
    """The child's leaving-care status on a day, with the count behind it."""
    return leaving_care_status(
        date_of_birth=child.born_on,
        periods=facts.periods_of_care(child),
        legal_statuses=facts.legal_statuses(child),
        on=on,
        date_of_birth_is_estimated=child.is_born_on_estimated,
    )


def raise_milestones(authority_id: UUID, *, on: date, by: str, at: datetime) -> list[Duty]:
    """Raise the needs assessment and the pathway plan of every child of 16 or 17 who is an eligible child.

    A child of whom that cannot be worked out becomes a person's task.
    """
    born_after = _years_before(on, OLDEST_WITH_DUTIES)
    born_until = _years_before(on, YOUNGEST_WITH_DUTIES)
    children = Child.objects.filter(
        authority_id=authority_id, born_on__gt=born_after, born_on__lte=born_until
    ).prefetch_related("care_periods", "legal_statuses")
    owed: list[Owed] = []
    for child in children.iterator(chunk_size=2_000):
        try:
            owed += milestones(child, on=on)
        except Exception:
            unreadable.ask_about_child(child, doing="working out what is owed on leaving care", at=at)
    return raise_duties(owed, authority_id=authority_id, by=by, at=at)


def milestones(child: Child, *, on: date) -> list[Owed]:
    """The leaving-care duties that the child's entitlement gives rise to on a day; none unless eligible."""
    answer = entitlement(child, on=on)
    if answer.status != "eligible":
        return []
    assessment = needs_assessment_due(answer=answer)
    plan = pathway_plan_due(answer=answer)
    return [
        _owed(child, "needs_assessment", "Assess what support the young person needs on leaving care", assessment),
        _owed(child, "pathway_plan", "Prepare the pathway plan", plan),
    ]


def _owed(child: Child, kind: str, title: str, due: DueDate) -> Owed:
    return Owed(
        key=f"{kind}:{child.id}",
        kind=kind,
        title=title,
        basis=Basis(due.basis.value),
        citation=str(due.citation),
        subject_kind="child",
        subject_id=child.id,
        subject_reference=child.reference,
        due_on=due.due_on,
        late_from=due.late_from,
        working=(due.sentence, *(step.text for step in due.working)),
        role=Role.LEAVING_CARE_ADVISER,
    )


def _years_before(on: date, years: int) -> date:
    """The latest birthday that makes somebody at least so old; one day generous around 29 February."""
    try:
        return on.replace(year=on.year - years)
    except ValueError:
        return date(on.year - years, 3, 1)
