"""Of what is a pack made? Tables of plain values, each written the same way as CSV, as JSON and to be read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from db.clock import LONDON
from placements.rules.written_dates import day_in_words

Cell = str | int | bool | date | datetime | UUID | None

NOT_RECORDED = "not recorded"
KEPT_CLOSED = "kept closed"


@dataclass(frozen=True)
class Row:
    """One row about a child's placement; `child_id` leads to the child's story, None where there is none."""

    child_id: UUID | None
    cells: tuple[Cell, ...]
    placement_id: UUID | None = None


@dataclass(frozen=True)
class Table:
    """Rows under columns of plain names, in an order that nothing ranks: by reference, then by date."""

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def about(self, child_id: UUID) -> "Table":
        """The rows about one child."""
        return Table(self.name, self.title, self.columns, tuple(one for one in self.rows if one.child_id == child_id))

    def column(self, name: str) -> list[Cell]:
        """The values of one column."""
        at = self.columns.index(name)
        return [row.cells[at] for row in self.rows]


def table(name: str, title: str, columns: str, rows: Iterable[Row]) -> Table:
    """A table of the columns named in a text."""
    return Table(name, title, tuple(columns.split()), tuple(rows))


def plain(cell: Cell) -> str:
    """A cell of a file: days and instants as ISO 8601 writes them, in London time."""
    match cell:
        case None:
            return ""
        case bool():
            return "yes" if cell else "no"
        case datetime():
            return cell.astimezone(LONDON).isoformat(timespec="seconds")
        case date():
            return cell.isoformat()
    return str(cell)


def in_words(cell: Cell) -> str:
    """A cell to be read: days with their weekday, instants with their time in London."""
    match cell:
        case datetime():
            local = cell.astimezone(LONDON)
            return f"{day_in_words(local.date())}, {local:%H:%M}"
        case date():
            return day_in_words(cell)
    return plain(cell)


def heading(column: str) -> str:
    """A column's name to be read."""
    text = column.replace("_", " ")
    return text[:1].upper() + text[1:]
