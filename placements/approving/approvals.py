"""Which approvals does a placement need, how do they stand, and of what can the approver be satisfied?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from accounts.acting import Actor
from notifications.models import Document
from notifications.reached import reached_at, with_ways
from placements.approving import approvers
from placements.approving.approvers import GRADES
from placements.exceptions import KeptClosed
from placements.models import Approval, CarePlanSupply, GatheredEvidence, Placement, Verdict
from placements.owed import calendar, facts
from placements.place import verdicts
from placements.place.verdicts import Judged
from placements.rules import key_stage_four, parents
from placements.rules.approval import OwedWhen, Requirement, required_approver, requirements
from placements.rules.finding import Finding
from placements.rules.satisfied_of import Answer, Evidence, HostRecord, Item, satisfied_of


@dataclass(frozen=True)
class Needed:
    """One approval that the law asks for."""

    under: Approval.Under
    grade: Approval.Grade


def needed(placement: Placement, judged: Judged) -> list[Needed]:
    """The approvals that the placement needs before it is put into effect; none for a place that cannot be told."""
    wanted = []
    placement_facts = facts.of_placement(placement)
    grade = GRADES.get(required_approver(area=judged.area, placement=placement_facts))
    if grade:
        wanted.append(Needed(Approval.Under.REG_11, grade))
    because_of_school = key_stage_four.key_stage_four(
        is_pupil_in_key_stage_four=placement.is_in_key_stage_four,
        disrupts_education=placement.is_in_key_stage_four,
        manner=placement_facts.manner,
    )
    if because_of_school.approver in GRADES:
        wanted.append(Needed(Approval.Under.REG_10, GRADES[because_of_school.approver]))
    if placement_facts.is_with_parents and placement_facts.in_care:
        wanted.append(Needed(Approval.Under.REG_18, Approval.Grade.NOMINATED_OFFICER))
    return wanted


def request(placement: Placement, judged: Judged, *, by: str, at: datetime) -> list[Approval]:
    """Ask for each approval that the placement needs now; what was asked about another place is superseded.

    Sets what the placement keeps of it, and leaves saving the placement to the caller.
    """
    Approval.objects.filter(placement=placement, superseded_at=None).update(superseded_at=at)
    verdict = Verdict.objects.filter(placement=placement, superseded_at=None).first()
    asked = [
        Approval.objects.create(
            authority_id=placement.authority_id,
            placement=placement,
            verdict=verdict,
            under=one.under,
            grade=one.grade,
            requested_at=at,
            requested_by=by,
        )
        for one in needed(placement, judged)
    ]
    reg_11 = next((one for one in asked if one.under == Approval.Under.REG_11), None)
    placement.approver_needed = reg_11.grade if reg_11 else ""
    placement.is_approved = False
    return asked


def items(approval: Approval, answers: Mapping[str, Answer], *, at: datetime) -> tuple[Item, ...]:
    """What the approver must be satisfied of before deciding, each with its evidence as it stands at an instant.

    What was gathered before counts where `answers` say nothing. Raises KeptClosed for a closed address without a
    grant: whose area it is would give it away.
    """
    judged = verdicts.current(approval.placement)
    if judged is None:
        raise KeptClosed
    wanted = requirements_of(approval, judged)
    given = {code: one for code, one in answers.items() if one.evidence.strip() or one.reason.strip()}
    held = {code: Answer(one.evidence, one.reason) for code, one in gathered(approval, at=at).items()}
    evidence = Evidence(at=at, answers=held | given, host=host_record(approval.placement, judged))
    return satisfied_of(requirements=wanted, evidence=evidence)


def gathered(approval: Approval, *, at: datetime) -> dict[str, GatheredEvidence]:
    """What was written down for each item before the decision, by its code, as it stood at an instant."""
    rows = approval.gathered.filter(Q(superseded_at=None) | Q(superseded_at__gt=at), recorded_at__lte=at)
    return {one.code: one for one in rows.order_by("recorded_at")}


def requirements_of(approval: Approval, judged: Judged) -> tuple[Requirement, ...]:
    """The requirements that come before the decision: reg. 11(2), or the shorter list of 11(3); reg. 10(2); reg. 18(2)."""
    if approval.under == Approval.Under.REG_10:
        return key_stage_four.REQUIREMENTS
    if approval.under == Approval.Under.REG_18:
        return parents.REQUIREMENTS
    placement = approval.placement
    listed = requirements(
        area=judged.area,
        placement=facts.of_placement(placement),
        is_emergency=bool(placement.is_emergency),
        holidays=calendar.holidays(),
    )
    return tuple(one for one in listed if one.owed is OwedWhen.BEFORE_APPROVAL)


def host_record(placement: Placement, judged: Judged) -> HostRecord:
    """What is recorded of the host: told, asked, given the care plan, answered."""
    if judged.host is None:
        return HostRecord(name="the area authority")
    papers = Document.objects.filter(
        sender_id=placement.authority_id, recipient=judged.host, subject_id=placement.id, recalled_at=None
    ).order_by("composed_at")
    notices = with_ways(papers.filter(kind=Document.Kind.PLACEMENT_NOTICE))
    reached = [when for when in map(reached_at, notices) if when]
    questions = list(papers.filter(kind__in=[Document.Kind.CONSULTATION, Document.Kind.ENQUIRY]))
    asked = questions[0] if questions else None
    answered = (
        Document.objects.filter(
            sender=judged.host,
            recipient_id=placement.authority_id,
            kind=Document.Kind.ANSWER,
            subject_id__in=[one.id for one in questions],
        )
        .order_by("composed_at")
        .first()
    )
    supply = CarePlanSupply.objects.filter(placement=placement, supplied_to=judged.host).order_by("supplied_at").last()
    return HostRecord(
        name=judged.host_for(placement),
        notified_at=min(reached, default=None),
        asked_at=asked.composed_at if asked else None,
        care_plan_version=supply.version if supply else "",
        care_plan_supplied_at=supply.supplied_at if supply else None,
        answered_at=answered.composed_at if answered else None,
    )


def current(placement: Placement) -> QuerySet[Approval]:
    """The approvals asked about the place as it is recorded now, the nominated officer's after the director's."""
    return Approval.objects.filter(placement=placement, superseded_at=None).order_by("grade", "under")


def of_placement(placement: Placement) -> QuerySet[Approval]:
    """Every approval ever asked, those about another place last."""
    return Approval.objects.filter(placement=placement).order_by("-requested_at", "grade", "under")


def waiting_for(actor: Actor, *, at: datetime) -> QuerySet[Approval]:
    """The approvals that wait for the actor's own decision, the soonest start first."""
    rows = Approval.objects.filter(
        grade__in=approvers.grades_of(actor, at=at),
        decision="",
        superseded_at=None,
        placement__superseded_at=None,
        placement__status__in=[Placement.Status.PROPOSED, Placement.Status.APPROVED, Placement.Status.STARTED],
    )
    return rows.select_related("placement__child").order_by("placement__planned_start_on", "requested_at", "id")


def to_confirm(actor: Actor) -> QuerySet[Approval]:
    """The decisions that somebody recorded for the actor and that they have not confirmed."""
    rows = Approval.objects.filter(decider_id=actor.person_id, confirmed_at=None).exclude(decision="")
    return rows.select_related("placement__child").order_by("decided_at", "id")


def breaches(placement: Placement, *, started_at: datetime | None) -> list[Finding]:
    """What is wrong with the placement's approvals for a start at an instant; nothing where nobody need approve."""
    return approvers.breaches(placement, current(placement), started_at=started_at)


def stands(placement: Placement) -> str:
    """How the current approvals stand together: "none", "asked", "approved" or "declined"."""
    decisions = list(
        Approval.objects.filter(placement=placement, superseded_at=None).values_list("decision", flat=True)
    )
    if not decisions:
        return "none"
    if Approval.Decision.DECLINED in decisions:
        return "declined"
    return "asked" if "" in decisions else "approved"
