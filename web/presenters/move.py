"""How is said what registering a move would do, before anything is saved?"""

from placements.models import Child
from placements.places import Place
from web.presenters import notice
from web.presenters.duty import due
from web.presenters.elements import Row, Table, Tag
from web.presenters.placement import rows as placement_rows
from web.rehearsal import Rehearsal


def rows(seen: Rehearsal, child: Child, place: Place) -> tuple[Row, ...]:
    """The move as it would stand in the register."""
    kept = {"Start", "Planned or emergency", "Kind of place", "Provider", "Legal status", "Address"}
    shown = [row for row in placement_rows(seen.placement, place) if row.key in kept]
    return (Row("Child", f"{child.name} ({child.reference})"), *shown)


def duties(seen: Rehearsal, on) -> Table:
    """What would be owed from then on."""
    shown = tuple((one.title, Tag(one.get_basis_display()), one.citation, due(one, on)) for one in seen.duties)
    return Table("What would be owed", ("What", "Kind", "Where it is written", "Due"), shown, "Nothing would be owed.")


def notices(seen: Rehearsal) -> list[tuple[str, tuple[Row, ...]]]:
    """Each notice that would be sent: to whom, and the whole of what it would tell."""
    return [(document.recipient.name, notice.body(document)) for document in seen.notices]
