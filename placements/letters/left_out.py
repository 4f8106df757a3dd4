"""Does a letter hold what a decision leaves out? The last look at its words, after everything that chose them."""

import html
import re
from collections.abc import Iterable

from placements.letters.check import Line
from placements.letters.exceptions import HoldsWhatIsLeftOut
from placements.models import Placement, Withholding
from placements.place import places
from placements.place.verdicts import current as current_verdict
from placements.telling import people

TAG = re.compile(r"<[^>]*>")
NOT_A_LETTER_OR_DIGIT = re.compile(r"[\W_]+")
# A piece of an address this short ("12", "Flat 1") says nothing alone.
SHORTEST_PIECE = 5


def must_not_hold(page: str, placement: Placement, line: Line) -> None:
    """Refuse with HoldsWhatIsLeftOut where the page holds a withheld person's name, or the address it leaves out."""
    held = plain(TAG.sub(" ", html.unescape(page)))
    wanted = withheld_names(placement) + ([] if line.shows_address else address_words(placement))
    if any(one in held for one in map(plain, wanted) if one):
        raise HoldsWhatIsLeftOut(line.kind.code)


def plain(words: str) -> str:
    """Words as they are compared: letters and digits alone, so that no spacing or case hides an address."""
    return NOT_A_LETTER_OR_DIGIT.sub("", words).casefold()


def withheld_names(placement: Placement) -> list[str]:
    """Who is not told at all (reg. 13(3)): nobody else's letter names them."""
    return [one.person for one in people.decisions(placement) if one.what == Withholding.What.NOTICE]


def address_words(placement: Placement) -> list[str]:
    """What would say where the child is: the address, each piece of it, the postcode, the authority of the area.

    Of a closed address nothing is compared: nobody's letter is given it.
    """
    where, judged = None if placement.is_restricted else places.of(placement), current_verdict(placement)
    pieces = [] if where is None else [where.line, where.postcode, *_pieces(where.line)]
    if judged and judged.host and judged.area.is_out_of_area and not placement.is_restricted:
        pieces.append(judged.host.name)
    return pieces


def _pieces(line: str) -> Iterable[str]:
    return [piece for piece in re.split(r"[,\n]", line) if len(plain(piece)) >= SHORTEST_PIECE]
