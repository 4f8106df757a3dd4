"""Which placements does a pack list, and which lists stand apart? By the children's references; nothing is ranked."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q

from db.clock import london_date
from notifications.models import Document, DocumentFact
from placements.code_labels import in_words
from placements.models import CarePeriod, LegalStatus, MissingReport, Placement, Turn
from placements.pack.question import Question
from placements.pack.register import ABOUT, Entry
from placements.pack.table import KEPT_CLOSED, NOT_RECORDED, Cell, Row, Table, table
from placements.pack.why import Tried, in_a_cell
from placements.place.places import Place
from placements.rules.ages import age_on

PLACEMENT_COLUMNS = (
    f"{ABOUT} child_name started_at ended_on planned_or_emergency kind_of_place provider legal_status host"
    " miles_from_home reason_for_distance places_tried why_it_could_not_wait host_first_told_at told_before_on"
    " told_before_evidence recorded_at recorded_by source"
)
APART_COLUMNS = f"{ABOUT} child_name ended_on kind_of_place legal_status why"
WITH_US_COLUMNS = "notice from_authority child_reference planned_start_on starts_on composed_at acknowledged_at"
OUTSIDE = "outside every authority that we know"
MANNERS = {True: "in an emergency", False: "planned", None: "not known which"}
WHY = {
    "cannot_tell": "It cannot be told whose area the place lies in: no notice is counted",
    "short_breaks": "Short breaks: no notice owed",
}
# Ofsted's list of looked-after children (Annex A to its inspection guidance), in its own words and order. What
# Placewatch does not keep is said to be not recorded, so that the two lists can be laid side by side.
CHILDREN_IN_CARE = (
    "Child Unique ID",
    "Gender",
    "Ethnicity",
    "Date of Birth",
    "Age of Child (Years)",
    "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months",
    "Does the Child have a Disability",
    "Date Started to be Looked After",
    "Child's Category of Need",
    "Start date of current legal status",
    "Child's Legal Status",
    "Date of Latest Statutory Review",
    "Date of Last Social Work Visit",
    "Date of Last IRO Visit / Contact to the Child",
    "Date of Last Health Assessment",
    "Date of Last Dental Check",
    "Number of Placements in the Last 12 months",
    "Date Ceased to be Looked After",
    "Reason Ceased to be Looked After",
    "Start Date of Most Recent Placement",
    "Placement Type",
    "Placement Provider",
    "Placement Postcode",
    "URN of Placement",
    "LA of Placement",
    "Number of Episodes the Child has been 'Missing' from their Placement in the last 12 Months",
)
WHERE = ("Placement Postcode", "URN of Placement", "LA of Placement")


def placements(entries: Iterable[Entry], *, told: Mapping[UUID, datetime], tried: Tried) -> Table:
    """The out-of-area placements of the period, with the reason for the distance as it was recorded at the time."""
    rows = (_placement_row(one, told.get(one.placement.id), in_a_cell(one, tried)) for one in entries)
    return table("placements", "Out-of-area placements open in the period", PLACEMENT_COLUMNS, rows)


def apart(name: str, title: str, entries: Iterable[Entry]) -> Table:
    """Placements that are counted nowhere, with the reason why."""
    rows = (
        one.row(
            one.child.name,
            one.ends_on,
            in_words("place", one.placement.place_code),
            in_words("legal_status", one.placement.legal_status),
            WHY[name],
        )
        for one in entries
    )
    return table(name, title, APART_COLUMNS, rows)


def children_in_care(entries: Sequence[Entry], places: Mapping[UUID, Place | None], *, question: Question) -> Table:
    """One row a child of the list, by the placement that began last; a closed one without place, provider's number or host."""
    latest = {one.child.id: one for one in entries}
    children = list(latest)
    periods = _last(CarePeriod.objects.filter(child__in=children, starts_on__lte=question.ends_on))
    statuses = _last(LegalStatus.objects.filter(child__in=children, starts_on__lte=question.ends_on))
    counts, turns = _counts(children, question), _turns(children, question)
    rows = []
    for child_id, entry in latest.items():
        known = _child_in_care(entry, places.get(entry.placement.id), periods, statuses, counts, turns, question)
        cells = tuple(known.get(column, NOT_RECORDED) for column in CHILDREN_IN_CARE)
        rows.append(Row(child_id, cells, entry.placement.id))
    return Table("children_in_care", "As Ofsted's list of looked-after children", CHILDREN_IN_CARE, tuple(rows))


def placed_with_us(question: Question) -> Table:
    """Other authorities' children placed in this one's area in the period, with only what this one holds: the notices."""
    received = (
        Document.objects.filter(recipient=question.authority, composed_at__lte=question.as_at)
        .filter(Q(recalled_at=None) | Q(recalled_at__gt=question.as_at))
        .select_related("sender")
        .order_by("sender__name", "composed_at", "reference")
    )
    over = _over(received, question)
    latest = {(one.sender_id, one.subject_id): one for one in received if one.kind == Document.Kind.PLACEMENT_NOTICE}
    acknowledged = dict(
        DocumentFact.objects.filter(
            document__in=list(latest.values()), fact=DocumentFact.Fact.ACKNOWLEDGED, at__lte=question.as_at
        ).values_list("document_id", "at")
    )
    rows = (
        Row(None, _with_us(one, acknowledged.get(one.id)))
        for matter, one in latest.items()
        if matter not in over and (_begins_on(one) or question.ends_on) <= question.ends_on
    )
    return table("placed_with_us", "Children placed in our area by others", WITH_US_COLUMNS, rows)


def _placement_row(entry: Entry, told_at: datetime | None, tried: str) -> Row:
    placement, before = entry.placement, entry.told_before
    return entry.row(
        entry.child.name,
        entry.started_at,
        entry.ends_on,
        MANNERS[placement.is_emergency],
        in_words("place", placement.place_code),
        in_words("provider", placement.provider_code),
        in_words("legal_status", placement.legal_status),
        _open_words(entry, entry.host.name if entry.host else OUTSIDE),
        _open_words(entry, _miles(entry)),
        _open_words(entry, placement.reason_for_distance or NOT_RECORDED),
        tried,
        _open_words(entry, placement.why_not_wait or NOT_RECORDED) if placement.is_emergency else "",
        told_at,
        before.told_on if before else None,
        _open_words(entry, before.evidence) if before else "",
        placement.recorded_at,
        placement.recorded_by,
        placement.get_source_display(),
    )


def _open_words(entry: Entry, words: str) -> str:
    """Words that give a closed address away, or may, stay out."""
    return KEPT_CLOSED if entry.is_closed else words


def _miles(entry: Entry) -> str:
    miles = entry.verdict.detail.get("pl_distance")
    return NOT_RECORDED if miles is None else str(miles)


def _child_in_care(entry, place, periods, statuses, counts, turns, question) -> dict[str, Cell]:
    child, placement = entry.child, entry.placement
    period, status = periods.get(child.id), statuses.get(child.id)
    has_ceased = period is not None and period.ends_on is not None and period.ends_on <= question.ends_on
    known = {
        "Child Unique ID": child.reference,
        "Gender": child.get_sex_display(),
        "Date of Birth": child.born_on,
        "Age of Child (Years)": age_on(date_of_birth=child.born_on, on=question.ends_on),
        "Date Started to be Looked After": period.starts_on if period else None,
        "Start date of current legal status": status.starts_on if status else None,
        "Child's Legal Status": status.code if status else placement.legal_status,
        "Number of Placements in the Last 12 months": counts["placements"].get(child.id, 0),
        "Date Ceased to be Looked After": period.ends_on if has_ceased else "",
        "Reason Ceased to be Looked After": period.end_code if has_ceased else "",
        "Start Date of Most Recent Placement": entry.starts_on,
        "Placement Type": placement.place_code,
        "Placement Provider": placement.provider_code,
        CHILDREN_IN_CARE[-1]: counts["missing"].get(child.id, 0),
        "Date of Latest Statutory Review": turns.get((child.id, Turn.What.REVIEW)),
        "Date of Last Social Work Visit": turns.get((child.id, Turn.What.VISIT)),
    }
    known |= dict(zip(WHERE, _where(entry, place), strict=True))
    return {name: NOT_RECORDED if value is None else value for name, value in known.items()}


def _where(entry: Entry, place: Place | None) -> tuple[Cell, ...]:
    if entry.is_closed:
        return (KEPT_CLOSED,) * len(WHERE)
    host = entry.host.name if entry.host else None
    return (place.postcode if place else "") or None, entry.placement.urn or None, host


def _last(rows) -> dict:
    """The latest row of each child."""
    return {one.child_id: one for one in rows.order_by("starts_on", "id")}


def _counts(children: list[UUID], question: Question) -> dict[str, dict]:
    """Of each child in the year before the period's last day: placements that ran in it, and times missing."""
    since = question.ends_on - timedelta(days=365)
    counts: dict[str, dict] = {"placements": {}, "missing": {}}
    ran = Placement.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=since),
        Q(superseded_at=None) | Q(superseded_at__gt=question.as_at),
        child__in=children,
        starts_on__lte=question.ends_on,
        recorded_at__lte=question.as_at,
    )
    missing = MissingReport.objects.filter(child__in=children, recorded_at__lte=question.as_at)
    for child_id in ran.values_list("child_id", flat=True):
        counts["placements"][child_id] = counts["placements"].get(child_id, 0) + 1
    for child_id, at in missing.values_list("child_id", "missing_since"):
        if since <= london_date(at) <= question.ends_on:
            counts["missing"][child_id] = counts["missing"].get(child_id, 0) + 1
    return counts


def _turns(children: list[UUID], question: Question) -> dict[tuple[UUID, str], date]:
    """The latest visit and the latest review of each child until the period's last day, as they stood at the instant."""
    stood = Turn.objects.filter(
        Q(taken_back_at=None) | Q(taken_back_at__gt=question.as_at),
        child__in=children,
        done_on__lte=question.ends_on,
        recorded_at__lte=question.as_at,
    )
    return {(one.child_id, one.what): one.done_on for one in stood.order_by("done_on")}


def _over(received, question: Question) -> set:
    """The matters that had ended before the period, or did not go ahead."""
    over = set()
    for one in received:
        if one.kind == Document.Kind.NOT_GOING_AHEAD:
            over.add((one.sender_id, one.subject_id))
        if one.kind == Document.Kind.ENDING_NOTICE and date.fromisoformat(one.body["ends_on"]) < question.starts_on:
            over.add((one.sender_id, one.subject_id))
    return over


def _begins_on(document: Document) -> date | None:
    written = document.body.get("starts_on") or document.body.get("planned_start_on")
    return date.fromisoformat(written) if written else None


def _with_us(document: Document, acknowledged_at: datetime | None) -> tuple[Cell, ...]:
    body = document.body
    days = (date.fromisoformat(body[name]) if body.get(name) else None for name in ("planned_start_on", "starts_on"))
    told = (document.reference, document.sender.name, body["child_reference"], *days)
    return (*told, document.composed_at, acknowledged_at)
