"""How is said what registering a move would do, before anything is saved?"""

from duties.models import Basis
from placements.models import Approval, Child
from placements.place.places import Place
from placements.rules.approval import Requirement
from web.presenters import notice
from web.presenters.duty import due_with_working
from web.presenters.elements import Finding, Lines, Row, Section, Table, Tag
from web.presenters.placement import rows as placement_rows
from web.presenters.rules import citation
from web.rehearsal import Rehearsal


def rows(seen: Rehearsal, child: Child, place: Place) -> tuple[Row, ...]:
    """The move as it would stand in the register."""
    kept = {"Start", "Planned or emergency", "Kind of place", "Provider", "Legal status", "Address"}
    shown = [row for row in placement_rows(seen.placement, place) if row.key in kept]
    return (Row("Child", f"{child.name} ({child.reference})"), *shown)


def approvals(seen: Rehearsal) -> Section:
    """Who must approve, under which regulation, and of what they must be satisfied."""
    said = tuple(_approval(one, wanted) for one, wanted in seen.approvals)
    return Section("Who must approve it, and on what", said, "Nobody need approve this move before it is made.")


def _approval(approval: Approval, wanted: tuple[Requirement, ...]) -> Lines:
    asked = f"{approval.get_grade_display()}: {approval.get_under_display()}"
    return Lines((asked, *(_requirement(one) for one in wanted)))


def _requirement(wanted: Requirement) -> Finding:
    return Finding(wanted.sentence, Basis.LAW.label, citation(wanted.citation))


def duties(seen: Rehearsal, on) -> Table:
    """What would be owed from then on."""
    shown = tuple(
        (one.title, Tag(one.get_basis_display()), one.citation, due_with_working(one, on)) for one in seen.duties
    )
    return Table("What would be owed", ("What", "Kind", "Where it is written", "Due"), shown, "Nothing would be owed.")


def notices(seen: Rehearsal) -> list[tuple[str, tuple[Row, ...]]]:
    """Each notice that would be sent: to whom, and the whole of what it would tell."""
    return [(document.recipient.name, notice.body(document)) for document in seen.notices]
