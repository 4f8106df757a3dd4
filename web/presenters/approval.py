"""How is an approval said: who must approve, on what evidence, how it stands, and what is missing?"""

from collections.abc import Iterable, Mapping

from django.urls import reverse

from duties.models import Basis
from placements.models import Approval, GatheredEvidence, Placement
from placements.rules.satisfied_of import Item, Standing
from web.presenters import dates
from web.presenters.elements import Finding, Lines, Link, Row, Section, Table, Value
from web.presenters.rules import citation

HEADING = "Approvals"
STANDINGS = {
    Standing.SATISFIED: "shown",
    Standing.REASON_GIVEN: "a reason is given",
    Standing.NOT_YET: "not yet shown",
}


def section(
    approvals: Iterable[Approval], items_of: Mapping[Approval, tuple[Item, ...]], placement: Placement
) -> Section:
    """Each approval that the present place needs, how it stands, and what is still missing for it."""
    said: list[Value] = []
    for one in approvals:
        said.append(Lines((_asked(one), *_standing(one), *_missing(items_of.get(one, ())))))
    if placement.breach_reason:
        said.append(f"This placement stands as a breach. Why it began all the same: {placement.breach_reason}")
    return Section(HEADING, tuple(said), "Nobody need approve this placement before it is put into effect.")


def rows(approval: Approval) -> tuple[Row, ...]:
    """What is asked, of whom, about which placement."""
    placement = approval.placement
    shown = [
        Row("Child", Link(placement.child.name, reverse("placement", args=[placement.id]))),
        Row("Approval under", approval.get_under_display()),
        Row("Asked of", approval.get_grade_display()),
        Row("Asked", f"{dates.instant(approval.requested_at)}, by {approval.requested_by}"),
        Row("Start", dates.day(placement.starts_on or placement.planned_start_on)),
    ]
    if placement.why_not_wait:
        shown.append(Row("Why it cannot wait", placement.why_not_wait))
    if placement.reason_for_distance:
        shown.append(Row("Why so far away", placement.reason_for_distance))
    if tried := [f"{one.place}: {one.why_not}" for one in placement.places_tried.order_by("recorded_at", "id")]:
        shown.append(Row("Places tried", Lines(tuple(tried))))
    if approval.decision:
        shown += [Row("Decision", Lines(_standing(approval)))]
    return tuple(shown)


def evidence(items: Iterable[Item], gathered: Mapping[str, GatheredEvidence]) -> Section:
    """Each thing to be satisfied of, with its evidence as it stands now, and who wrote it down."""
    said = tuple(_item(one, gathered.get(one.requirement.code)) for one in items)
    heading = "What the approver must be satisfied of, as it stands now"
    return Section(heading, said, "Nothing is asked beside the decision.")


def decided_on(approval: Approval) -> Section:
    """The same as it stood when it was decided."""
    said = tuple(
        Lines((one["requirement"]["sentence"], one["sentence"])) for one in approval.items if "requirement" in one
    )
    return Section("What it was decided on", said)


def waiting(approvals: Iterable[Approval]) -> Table:
    """The approvals that wait for the reader."""
    lines = tuple(
        (
            Link(one.placement.child.name, reverse("decide_approval", args=[one.id]), one.get_under_display()),
            one.placement.child.reference,
            one.get_under_display(),
            dates.short_day(one.placement.starts_on or one.placement.planned_start_on),
        )
        for one in approvals
    )
    heads = ("Child", "Reference", "Approval under", "Start")
    return Table("Waiting for your approval", heads, lines, "No placement waits for your approval.")


def to_confirm(approvals: Iterable[Approval]) -> Table:
    """The decisions that somebody recorded for the reader."""
    lines = tuple(
        (
            Link(one.placement.child.name, reverse("confirm_approval", args=[one.id]), one.get_under_display()),
            one.get_decision_display(),
            dates.instant(one.decided_at),
            f"{one.recorded_by}, {dates.instant(one.recorded_at)}",
        )
        for one in approvals
    )
    heads = ("Child", "Decision", "You decided", "Recorded by")
    return Table("Confirm the decisions recorded for you", heads, lines, "No decision waits to be confirmed by you.")


def _asked(approval: Approval) -> str:
    return f"{approval.get_grade_display()}: {approval.get_under_display()}"


def _standing(approval: Approval) -> tuple[str, ...]:
    if not approval.decision:
        return (f"Asked {dates.instant(approval.requested_at)}; no decision yet",)
    office = Approval.Grade(approval.decided_as).label.lower()
    acting = ", acting by a recorded appointment" if approval.is_deputy else ""
    how = "by telephone " if approval.is_by_telephone else ""
    said = [
        f"{approval.get_decision_display()} by {approval.decided_by}, {office}{acting}, "
        f"{how}on {dates.instant(approval.decided_at)}"
    ]
    if approval.recorded_at != approval.decided_at:
        said.append(f"Recorded on {dates.instant(approval.recorded_at)} by {approval.recorded_by}")
    if approval.confirmed_at is None:
        said.append(f"{approval.decided_by} has not confirmed it yet")
    elif approval.confirmed_at != approval.recorded_at:
        said.append(f"Confirmed on {dates.instant(approval.confirmed_at)}")
    if approval.words:
        said.append(approval.words)
    return tuple(said)


def _missing(items: Iterable[Item]) -> tuple[Value, ...]:
    return tuple(f"Still missing: {one.requirement.sentence} {one.sentence}" for one in items if not one.is_answered)


def _item(item: Item, held: GatheredEvidence | None) -> Value:
    asked = Finding(item.requirement.sentence, Basis.LAW.label, citation(item.requirement.citation))
    said = f"{STANDINGS[item.standing].capitalize()}: {item.sentence}"
    written = (f"Written down by {held.recorded_by}, {dates.instant(held.recorded_at)}",) if held else ()
    return Lines((asked, said, *written))
