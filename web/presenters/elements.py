"""Of which pieces is a page made? Small frozen values that the templates under web/parts know how to show."""

from dataclasses import dataclass
from typing import ClassVar, Union

Value = Union[str, "Link", "Tag", "Tick", "Lines", "Details", "Finding"]


@dataclass(frozen=True)
class Link:
    """A link; `hidden` is read by screen readers only, where the text alone would not say where it leads."""

    text: str
    href: str
    hidden: str = ""
    template: ClassVar[str] = "web/parts/link.html"


@dataclass(frozen=True)
class Tag:
    """A word that names a kind or a state, always in the one neutral colour."""

    text: str
    template: ClassVar[str] = "web/parts/tag.html"


@dataclass(frozen=True)
class Tick:
    """A box to tick in a list; `label` is read by screen readers only."""

    name: str
    value: str
    label: str
    template: ClassVar[str] = "web/parts/tick.html"


@dataclass(frozen=True)
class Lines:
    """Several values, one under the other."""

    items: tuple[Value, ...]
    template: ClassVar[str] = "web/parts/lines.html"


@dataclass(frozen=True)
class Details:
    """Something to open: the days that were counted and skipped, for one."""

    summary: str
    items: tuple[Value, ...]
    template: ClassVar[str] = "web/parts/details.html"


@dataclass(frozen=True)
class Finding:
    """A sentence of a rule, which of the four kinds it is, where that is written, and the working of its date."""

    sentence: str
    basis: str
    citation: str
    working: Details | None = None
    template: ClassVar[str] = "web/parts/finding.html"


@dataclass(frozen=True)
class Row:
    """One row of a summary list."""

    key: str
    value: Value


@dataclass(frozen=True)
class Table:
    """A table with its caption; `empty` is said where there is no row."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    empty: str = "Nothing here."


@dataclass(frozen=True)
class Section:
    """A heading with what stands under it."""

    heading: str
    items: tuple[Value, ...]
    empty: str = "Nothing here."
