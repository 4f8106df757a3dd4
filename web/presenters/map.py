"""How is the map said and drawn? A drawing, and beside it a table of the same content for whoever cannot see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from geo.ground import current_ground
from geo.outlines import Outline
from hotspots.maps import MOST_DRAWN, Drawn, Frame
from hotspots.sharing.levels import Level
from web.presenters import dates
from web.presenters.elements import Lines, Table, Value

SAYS_NOTHING = (
    "Only our own areas of concern are drawn, and those whose shape a partner shares with us. Many are shared as near or "
    "not, and many places are shared by nobody: ground on which nothing is drawn says nothing about itself."
)


@dataclass(frozen=True)
class Path:
    """One shape of the drawing: its path, which kind of line it is drawn with, and its words."""

    d: str
    kind: str
    title: str


@dataclass(frozen=True)
class Drawing:
    """A drawing in metres; north is up, so northings are turned round."""

    view_box: str
    paths: tuple[Path, ...]
    words: str


def drawing(frame: Frame, outlines: Sequence[Outline], areas: Sequence[Drawn]) -> Drawing:
    """The outlines of authorities below, the areas above them."""
    west, _, _, north = frame.edges
    side = round(2 * frame.half_metres)
    paths = [Path(one.path, "outline", one.name) for one in outlines]
    paths += [Path(one.path, "stale" if one.is_stale else "area", _named(one)) for one in areas[:MOST_DRAWN]]
    words = f"A map {side:,} metres wide, north at the top: the areas of concern in the table below."
    return Drawing(f"{round(west)} {-round(north)} {side} {side}", tuple(paths), words)


def table(areas: Sequence[Drawn], on: date) -> Table:
    """The same areas in words, by reference."""
    names = current_ground().authorities
    rows = tuple(
        (
            Lines(tuple(dict.fromkeys(filter(None, (one.reference, one.name))))),
            "Our own" if one.level is Level.OWN else names[one.owner_id].name,
            Lines(tuple(filter(None, (_words(one.kind_of_place), _words(one.concern)))) or ("Not said",)),
            dates.short_day(one.last_supported_on, otherwise="not said"),
            _review(one),
        )
        for one in areas[:MOST_DRAWN]
    )
    heads = ("Area", "Owner", "What", "Last supported", "Review")
    return Table("Areas of concern on this map", heads, rows, "None that may be drawn for us lies here.")


def more(areas: Sequence[Drawn]) -> str:
    """That not all fit, and what to do."""
    if len(areas) <= MOST_DRAWN:
        return ""
    return f"More than {MOST_DRAWN} areas lie here; these are the first by reference. Go nearer to see the others."


def _review(area: Drawn) -> Value:
    written = dates.short_day(area.review_on, otherwise="no date set")
    return Lines((written, "Past its review date: old news, not good news")) if area.is_stale else written


def _named(area: Drawn) -> str:
    return area.name or area.reference


def _words(text: str) -> str:
    return text.replace("_", " ").capitalize()
