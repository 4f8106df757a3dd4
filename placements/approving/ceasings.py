"""Who must approve that a child ceases to be looked after, and by when (reg. 39)?"""

from uuid import UUID

from accounts.roles import Role
from duties.models import Basis
from duties.owed import Owed
from placements.models import CarePeriod, Ceasing, Child, LegalStatus
from placements.owed import calendar, owing
from placements.rules import codes
from placements.rules.approval import Approver
from placements.rules.due_dates import before_day
from placements.rules.reg_39 import Ceasing as Answer
from placements.rules.reg_39 import ceasing

KIND = "ceasing_approved"
TITLES = {
    Approver.NOMINATED_OFFICER: "Nominated officer: approve that looking after ends",
    Approver.DIRECTOR_OF_CHILDRENS_SERVICES: "Director of children’s services: approve that looking after ends",
    Approver.CANNOT_TELL: "Say whether the child is in care: who must approve that looking after ends turns on it",
}
ROLES = {
    Approver.NOMINATED_OFFICER: Role.NOMINATED_OFFICER,
    Approver.DIRECTOR_OF_CHILDRENS_SERVICES: Role.DIRECTOR,
    Approver.CANNOT_TELL: Role.SOCIAL_WORKER,
}


def answer(plan: Ceasing) -> Answer | None:
    """Who approves, why, and what comes before deciding; None where the calendar does not reach."""
    period = CarePeriod.objects.filter(child=plan.child, starts_on__lte=plan.ceases_on).order_by("starts_on").last()
    return owing.counted(
        lambda: ceasing(
            date_of_birth=plan.child.born_on,
            looked_after_since=period.starts_on,
            ceases_on=plan.ceases_on,
            in_care=plan.is_in_care,
            holidays=calendar.holidays(),
        )
    )


def owed(plan: Ceasing) -> list[Owed]:
    """The approval of reg. 39, before looking after ends; nothing where nobody need approve, or somebody has."""
    said = answer(plan)
    if plan.decided_on or said is None or said.approver is Approver.NOBODY:
        return []
    finding = said.findings[0]
    due = owing.counted(
        lambda: before_day(
            on=plan.ceases_on, owed="To be approved", citation=finding.citation, holidays=calendar.holidays()
        )
    )
    before = [f"Before deciding: {one.sentence}" for one in said.requirements]
    return [
        Owed(
            key=key_of(plan),
            kind=KIND,
            title=TITLES[said.approver],
            basis=Basis.LAW,
            citation=str(finding.citation),
            subject_kind="child",
            subject_id=plan.child_id,
            subject_reference=plan.child.reference,
            due_on=due.due_on if due else None,
            late_from=due.late_from if due else None,
            working=(finding.sentence, *(owing.said(due) if due else owing.BEYOND_THE_TABLE), *before),
            role=ROLES[said.approver],
        )
    ]


def of_authority(authority_id: UUID) -> list[Owed]:
    """What the plans that nobody has approved ask for."""
    plans = Ceasing.objects.filter(authority_id=authority_id, superseded_at=None, decided_on=None)
    return [one for plan in plans.select_related("child") for one in owed(plan)]


def key_of(plan: Ceasing) -> str:
    """The duty's name."""
    return f"{KIND}:{plan.id}"


def in_care(child: Child) -> bool | None:
    """Whether the legal status on record says that a care order is in force; None where it does not say."""
    running = LegalStatus.objects.filter(child=child, ends_on=None).order_by("starts_on").last()
    return codes.placement_facts(placement_code="", legal_status=running.code).in_care if running else None
