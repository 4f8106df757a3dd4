"""Does a letter hold what a decision leaves out? The last look at its words, after everything that chose them.

What says which house it is, is searched in all of a letter. A town, or the authority of the area, says nothing where the
reader lives there too, or where the sender is named after it: it is searched beside their own names and addresses.
"""

import html
import re
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Whereabouts:
    """What would say where a child is: the house, the street with its number and the postcode; and the town, the area."""

    house: tuple[str, ...] = ()
    town: tuple[str, ...] = ()


def must_not_hold(page: str, placement: Placement, line: Line, *, without_own_names: str) -> None:
    """Refuse with HoldsWhatIsLeftOut where the page holds a withheld person's name, or the address it leaves out.

    `without_own_names` is the same page without the names and addresses of its sender and its reader.
    """
    held, words_beside = _text(page), _in_words(_text(without_own_names))
    names = withheld_names(placement)
    where = Whereabouts() if line.shows_address else whereabouts(placement)
    is_held = any(_names(one, held) for one in names) or any(plain(one) in plain(held) for one in where.house)
    if is_held or any(_in_words(one) in words_beside for one in where.town):
        raise HoldsWhatIsLeftOut(line.kind.code)


def plain(words: str) -> str:
    """Words as they are compared: letters and digits alone, so that no spacing or case hides an address."""
    return NOT_A_LETTER_OR_DIGIT.sub("", words).casefold()


def withheld_names(placement: Placement) -> list[str]:
    """Who is not told at all (reg. 13(3)): nobody else's letter names them."""
    decided = people.decisions(placement)
    return [one.person for one in decided if one.what == Withholding.What.NOTICE and plain(one.person)]


def whereabouts(placement: Placement) -> Whereabouts:
    """What a letter without the address must not hold. Of a closed one nothing is compared: nobody's letter is given it."""
    if placement.is_restricted:
        return Whereabouts()
    where, judged = places.of(placement), current_verdict(placement)
    pieces = [one for one in re.split(r"[,\n]", where.line) if len(plain(one)) >= SHORTEST_PIECE] if where else []
    house = [one for number, one in enumerate(pieces) if number == 0 or re.search(r"\d", one)]
    town = [one for one in pieces if one not in house]
    if judged and judged.host and judged.area.is_out_of_area:
        # “Bristol, City of” is Bristol.
        town.append(judged.host.name.partition(",")[0])
    if where and len(plain(where.line)) >= SHORTEST_PIECE:
        house.append(where.line)
    if where and plain(where.postcode):
        house.append(where.postcode)
    return Whereabouts(tuple(house), tuple(town))


def _text(page: str) -> str:
    """What is read of a page. Its own tags go first: what somebody wrote between “<” and “>” is read, and is no tag."""
    return html.unescape(TAG.sub(" ", page))


def _names(person: str, held: str) -> bool:
    """A name of one word is sought as a word: “Ann” stands in “cannot”."""
    return plain(person) in plain(held) if len(person.split()) > 1 else _in_words(person) in _in_words(held)


def _in_words(text: str) -> str:
    """The words of a text with a space around each, so that “Kent” is not found in “taken to”."""
    return f" {NOT_A_LETTER_OR_DIGIT.sub(' ', text).casefold().strip()} "
