"""How is a host asked about a place, with or without a named child, and how does it answer?"""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction

from accounts import policy
from accounts.acting import Actor
from audit import log
from db.clock import london_date
from geo.models import Authority
from notifications import documents
from notifications.models import Document
from placements.actions import care_plans as care_plan_actions
from placements.actions.placements import locked
from placements.events import write_event
from placements.exceptions import NoHostToTell, QuestionClosed, UnreadableField
from placements.models import TelephoneTry
from placements.place import grants, hosts, jurisdiction
from placements.place.places import Place
from placements.telling import bodies, care_plans, completeness, consultations, notices
from placements.telling.care_plans import CarePlan
from placements.telling.consultations import BOXES

Kind = Document.Kind


@transaction.atomic
def ask_host(
    *,
    placement_id: UUID,
    question: str = "",
    answer_hoped_for_by: datetime | None = None,
    is_child_named: bool = True,
    care_plan: CarePlan | None = None,
    by: Actor,
    at: datetime,
) -> Document:
    """Ask the host of a placement what it knows of the place; with the child named, the care plan may go with it.

    Asking again supersedes the earlier question. Nothing turns late for want of an answer: no law obliges the host.
    Raises NotPermitted, PlacementNotFound, NoHostToTell, UnreadableField.
    """
    policy.require("consultations.ask", by.role)
    placement = locked(placement_id, None, by)
    judged = care_plan_actions.host_of(placement)
    _check_hope(answer_hoped_for_by, at)
    if care_plan is not None:
        if not is_child_named:
            raise UnreadableField("care_plan_version", "A care plan names its child: ask with the child named.")
        care_plan_actions.keep(placement, judged, care_plan, by=by, at=at)
    if is_child_named:
        told = bodies.child(placement) | bodies.place(placement) | bodies.stay(placement)
        told |= care_plans.written(care_plans.supplied(placement, judged.host.id))
    else:
        where = bodies.place(placement)
        told = {"kind_of_place": where["kind_of_place"], "postcode": where["postcode"]}
        told |= {"planned_start_on": bodies.written(placement.planned_start_on)}
    document = _send(
        judged.host,
        Kind.CONSULTATION if is_child_named else Kind.ENQUIRY,
        placement.id,
        told,
        question,
        answer_hoped_for_by,
        only_for=grants.readers(placement),
        is_urgent=bool(placement.is_emergency),
        by=by,
        at=at,
    )
    notices.ask_for_a_contact(placement, judged, by=by, at=at)
    write_event(
        placement, f"{judged.host_for(placement)} was asked about the place ({document.reference})", at, by=by, at=at
    )
    completeness.meet_what_is_done(placement, judged, by=by, at=at)
    return document


@transaction.atomic
def enquire(
    *,
    postcode: str,
    question: str,
    kind_of_place: str = "",
    planned_start_on: date | None = None,
    answer_hoped_for_by: datetime | None = None,
    host_id: UUID | None = None,
    by: Actor,
    at: datetime,
) -> Document:
    """Ask the authority of a place about it before any child is named, or any placement planned.

    `host_id` says which of the areas is asked where the postcode lies in several. Raises NotPermitted, NoHostToTell,
    UnreadableField.
    """
    policy.require("consultations.ask", by.role)
    if not question.strip():
        raise UnreadableField("question", "Write what you want to know of the place.")
    _check_hope(answer_hoped_for_by, at)
    where = Place(postcode=postcode).read()
    if not where.postcode:
        raise UnreadableField("postcode", "Give the postcode of the place that you ask about.")
    _check_chosen(host_id, where.postcode, at)
    verdict = jurisdiction.verdict(
        authority=Authority.objects.get(id=by.authority_id),
        on=london_date(at),
        question=jurisdiction.Question(postcode=where.postcode, host_id=host_id),
    )
    if verdict.place.host is None or not verdict.area.is_out_of_area:
        raise NoHostToTell
    told = {
        "kind_of_place": kind_of_place.strip(),
        "postcode": where.postcode,
        "planned_start_on": bodies.written(planned_start_on),
    }
    return _send(
        verdict.place.host, Kind.ENQUIRY, uuid4(), told, question, answer_hoped_for_by, is_urgent=False, by=by, at=at
    )


@transaction.atomic
def answer(*, question_id: UUID, boxes: Mapping[str, str], post: str = "", by: Actor, at: datetime) -> Document:
    """Answer a question as the host, in whichever of the five boxes; none is compulsory, all empty is no answer.

    A later answer supersedes an earlier one. Raises NotPermitted, Document.DoesNotExist (not addressed to this
    authority, or no question), QuestionClosed, UnreadableField.
    """
    policy.require("consultations.answer", by.role)
    question = Document.objects.select_for_update().get(
        id=question_id, recipient_id=by.authority_id, kind__in=consultations.QUESTIONS
    )
    if question.recalled_at or Document.objects.filter(supersedes=question).exists():
        raise QuestionClosed(question.reference)
    written = {name: boxes.get(name, "").strip() for name in BOXES}
    if not any(written.values()):
        raise UnreadableField("place", "Write in one box at least. To say only that you read it, acknowledge it.")
    document = documents.compose(
        sender_id=by.authority_id,
        recipient_id=question.sender_id,
        kind=Kind.ANSWER,
        subject_id=question.id,
        body={**written, "post": post.strip() or by.role.label, "about_reference": question.reference},
        due_on=None,
        urgency=Document.Urgency.ORDINARY,
        supersedes=consultations.answer_to(question),
        by=by.name,
        at=at,
    )
    log.record(operation="consultations.answer", subject_kind="document", subject_ids=[question.id, document.id])
    return document


@transaction.atomic
def record_telephone_try(
    *, placement_id: UUID, rung: str, rung_at: datetime, words: str, by: Actor, at: datetime
) -> TelephoneTry:
    """Record that somebody rang about a placement, and what came of it: "no reply" is an answer.

    Raises NotPermitted, PlacementNotFound, UnreadableField.
    """
    policy.require("telephone_tries.record", by.role)
    placement = locked(placement_id, None, by)
    for name, given, sentence in (
        ("rung", rung, "Say whom you rang: who, and on which number."),
        ("words", words, "Say what came of it; “no reply” will do."),
    ):
        if not given.strip():
            raise UnreadableField(name, sentence)
    if rung_at > at:
        raise UnreadableField("rung_at", "A call that lies ahead cannot be recorded yet.")
    made = TelephoneTry.objects.create(
        authority_id=placement.authority_id,
        placement=placement,
        rung=rung.strip(),
        rung_at=rung_at,
        words=words.strip(),
        recorded_at=at,
        recorded_by=by.name,
    )
    write_event(placement, f"Rang {made.rung}", made.rung_at, by=by, at=at, words=made.words)
    return made


def _check_chosen(host_id: UUID | None, postcode: str, at: datetime) -> None:
    """Which area is asked is chosen where the postcode leaves several possible, and only there."""
    possible = hosts.possible(postcode, on=london_date(at))
    if possible and host_id is None:
        between = "; ".join(map(hosts.in_words, possible))
        raise UnreadableField("host", f"This postcode lies in several areas: say which to ask. {between}.")
    if host_id is not None and host_id not in {one.authority.id for one in possible}:
        raise UnreadableField("host", "This postcode does not leave a choice, or not that one.")


def _check_hope(hoped_for_by: datetime | None, at: datetime) -> None:
    if hoped_for_by is not None and hoped_for_by <= at:
        raise UnreadableField("answer_hoped_for_by", "An answer can be hoped for by a later moment only.")


def _send(
    host: Authority,
    kind: Document.Kind,
    subject_id: UUID,
    told: dict,
    question: str,
    hoped_for_by: datetime | None,
    *,
    only_for: list[UUID] | None = None,
    is_urgent: bool,
    by: Actor,
    at: datetime,
) -> Document:
    earlier = Document.objects.filter(
        sender_id=by.authority_id, recipient=host, kind=kind, subject_id=subject_id, superseded_by=None
    ).first()
    return documents.compose(
        sender_id=by.authority_id,
        recipient_id=host.id,
        kind=kind,
        subject_id=subject_id,
        body={
            **told,
            "question": question.strip(),
            "answer_hoped_for_by": hoped_for_by.isoformat() if hoped_for_by else None,
            **bodies.whom_to_ring(by.authority_id, london_date(at)),
        },
        due_on=None,
        urgency=Document.Urgency.URGENT if is_urgent else Document.Urgency.ORDINARY,
        only_for=only_for,
        supersedes=earlier,
        by=by.name,
        at=at,
    )
