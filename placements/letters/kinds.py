"""Which kinds of reader does a list have: those of reg. 13(2), those of practice, and whoever has the child now?"""

from datetime import date

from placements.models import Letter, Placement
from placements.owed import facts
from placements.rules.ending import CARER
from placements.rules.finding import Basis
from placements.rules.people_to_tell import Recipient, people_to_tell

About = Letter.About
CARER_NOW = Recipient("carer", "whoever has the child now", CARER)
# Whom a child's own worker writes to in the child's words; the others are told in an official letter.
CHILD, REVIEWING_OFFICER = "child", "iro"
OF_AN_ENDING = (About.INTENTION, About.ENDED)


def kinds(placement: Placement, about: About, *, on: date) -> tuple[Recipient, ...]:
    """The kinds in the regulation's order. Of an ending the present carer is told too (reg. 14(2)(c)(ii))."""
    listed = people_to_tell(placement=facts.of_placement(placement), told_on=on)
    return (*listed, CARER_NOW) if about in OF_AN_ENDING else listed


def known(placement: Placement, *, on: date) -> dict[str, Recipient]:
    """Every kind that a list may name, by its code."""
    return {one.code: one for one in kinds(placement, About.INTENTION, on=on)}


def to_be_answered(placement: Placement, *, on: date) -> tuple[Recipient, ...]:
    """The kinds that the law names: each has somebody on the list, or a word why nobody."""
    listed = kinds(placement, About.PLACEMENT, on=on)
    return tuple(one for one in listed if one.basis is Basis.LAW)
