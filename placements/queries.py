"""What does the register say? The reads that pages and API share; all within the authority acted for."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from notifications import documents
from notifications.models import Document
from placements import missing
from placements.go_live import NO_TRACE
from placements.models import Child, GoLive, MissingReport, Placement, PlacementEvent, Verdict
from placements.overlay.screening import last_birthday_of_an_adult

Status = Placement.Status


@dataclass(frozen=True)
class Line:
    """One line of a placement's timeline: when it happened, when it was recorded, by whom, in words."""

    happened_at: datetime
    recorded_at: datetime
    by: str
    words: str
    kind: str


def placements() -> QuerySet[Placement]:
    """The authority's placements, the latest first, each with `current_verdicts`: the one that holds, if there is one."""
    verdicts = Verdict.objects.filter(superseded_at=None).select_related("host")
    return (
        Placement.objects.filter(superseded_at=None)
        .select_related("child")
        .prefetch_related(Prefetch("verdicts", queryset=verdicts, to_attr="current_verdicts"))
        .order_by(F("starts_on").desc(nulls_first=True), "-recorded_at", "id")
    )


def current() -> QuerySet[Placement]:
    """Where children are now. A planned move is not a current placement."""
    return placements().filter(status=Status.STARTED)


def of_child(child: Child) -> QuerySet[Placement]:
    """All of a child's placements, the latest first."""
    return placements().filter(child=child)


def children(search: str = "") -> QuerySet[Child]:
    """The authority's children by name and reference; with a search, those whose name or reference begins with it."""
    rows = Child.objects.order_by("family_name", "given_name", "reference")
    for word in search.split():
        rows = rows.filter(
            Q(reference__istartswith=word) | Q(given_name__istartswith=word) | Q(family_name__istartswith=word)
        )
    return rows


def notices_about(placement: Placement, *, may_know: bool = False) -> QuerySet[Document]:
    """What was sent about a placement, with the dated facts and deliveries of each.

    About a closed address nothing, unless the reader may know it: whom it went to gives it away.
    """
    about = Document.objects.filter(sender_id=placement.authority_id, subject_id=placement.id)
    return (
        documents.told_of(about, [placement.id] if may_know else [])
        .select_related("recipient")
        .prefetch_related("facts", "deliveries__attempts")
        .order_by("composed_at")
    )


def timeline(placement: Placement, *, may_know: bool = False) -> list[Line]:
    """Everything that happened to a placement and to what was sent about it, in order.

    Of a closed address only what names no place, unless the reader may know it.
    """
    is_open = may_know or not placement.is_restricted
    lines = [
        Line(event.happened_at, event.recorded_at, event.recorded_by, _words(event), "placement")
        for event in placement.events.all()
    ]
    for document in notices_about(placement, may_know=may_know):
        told = f"Notice {document.reference} to {document.recipient.name}: in its inbox"
        lines.append(Line(document.composed_at, document.composed_at, document.composed_by, told, "notice"))
        for fact in document.facts.all():
            words = f"{document.recipient.name}: notice {document.reference} {fact.get_fact_display().lower()}"
            if fact.source != fact.Source.IN_PRODUCT:
                words += f", {fact.get_source_display().lower()}"
            person = f"{fact.person}, {fact.post}" if fact.post else fact.person
            lines.append(Line(fact.at, fact.at, person, words, "notice"))
    lines += _missing_lines(placement) if is_open else []
    for screening in placement.screenings.prefetch_related("checked_again") if is_open else ():
        lines.append(Line(screening.at, screening.at, "Placewatch", "Checked against shared areas of concern", "check"))
        again = "Checked again against shared areas of concern: the same is told"
        lines += [Line(one.at, one.at, "Placewatch", again, "check") for one in screening.checked_again.all()]
    return sorted(lines, key=lambda line: (line.happened_at, line.recorded_at))


def before_we_began() -> QuerySet[Placement]:
    """Out-of-area placements that began before go-live and of which nobody has said yet whether the host was told.

    Where no trace was found of it, that was said, and notice is owed as for any other.
    """
    no_trace = PlacementEvent.objects.filter(placement=OuterRef("id"), what=NO_TRACE)
    live = GoLive.objects.first()
    if live is None:
        return Placement.objects.none()
    return (
        current()
        .filter(
            starts_on__lt=live.on,
            told_before=None,
            verdicts__superseded_at=None,
            verdicts__state__in=["out_of_area_adjoining", "out_of_area_distant"],
        )
        .exclude(legal_status__in=["V3", "V4"])
        .exclude(Exists(no_trace))
    )


def without_an_answer(on: date) -> QuerySet[Placement]:
    """Current placements of which it cannot be told whose area they lie in: where is this child?"""
    return current().filter(verdicts__superseded_at=None, verdicts__state="cannot_tell", starts_on__lte=on)


def not_checked_yet(on: date) -> QuerySet[Placement]:
    """Current placements of minors that were never checked against shared areas of concern, and are to be.

    Closed addresses are left out: who holds no grant does not see their checks, and none would look like one missing.
    """
    wanted = current().filter(screening_wanted=True, is_restricted=False, screenings=None, starts_on__lte=on)
    return wanted.filter(child__born_on__gt=last_birthday_of_an_adult(on))


def missing_reports() -> QuerySet[MissingReport]:
    """The authority's reports of missing children: those not back first, then by when they went."""
    rows = MissingReport.objects.select_related("child", "placement", "authority", "interview_owner")
    return rows.order_by(F("returned_at").desc(nulls_first=True), "-missing_since", "id")


def _missing_lines(placement: Placement) -> list[Line]:
    """What was told of the child missing from this placement, and what the host said."""
    lines = []
    for exchange in missing.exchanges_of(placement.missing_reports.all()).values():
        for notice in exchange.notices:
            told = f"Notice {notice.reference} to {notice.recipient.name}: {notice.get_kind_display().lower()}"
            lines.append(Line(notice.composed_at, notice.composed_at, notice.composed_by, told, "notice"))
        for answer in exchange.answers:
            said = f"{answer.sender.name}: {missing.Word(answer.body['word']).label}"
            happened_at = datetime.fromisoformat(answer.body["happened_at"])
            lines.append(Line(happened_at, answer.composed_at, answer.composed_by, said, "notice"))
    return lines


def _words(event: PlacementEvent) -> str:
    return f"{event.what}: {event.words}" if event.words else event.what
