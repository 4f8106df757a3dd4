"""What can be refused about an area of concern, and what is the way on?"""

from collections.abc import Sequence


class HotspotError(Exception):
    """A refusal of this package, with a sentence for people."""


class InvalidTransition(HotspotError):
    """The area's state does not allow the step."""

    def __init__(self, present: str, wanted: str, permitted: Sequence[str]):
        self.present = present
        self.permitted = permitted
        way_on = " or ".join(permitted) if permitted else "nothing further; give a new area a new reference"
        super().__init__(f"This area of concern is “{present}”, so it cannot become “{wanted}”. From here: {way_on}.")


class HotspotNotFound(HotspotError):
    """No such area among the authority's own; another authority's and a missing one are never told apart."""

    def __init__(self):
        super().__init__("You have no such area of concern.")


class NobodyActs(HotspotError):
    """The overlay was asked outside acting_for."""

    def __init__(self):
        super().__init__("The overlay answers an authority: ask it while acting for one.")


class FileRefused(HotspotError):
    """A file that was not imported, with every bad row and why; nothing was changed.

    `reason` is a code that stays the same whatever the sentence says: geo.reading.features.Reason, or "rows".
    """

    def __init__(self, sentence: str, faults: Sequence[str] = (), *, reason: str = "rows"):
        self.faults = tuple(faults)
        self.sentence = sentence
        self.reason = str(reason)
        super().__init__("\n".join([sentence, *faults]))


class BudgetSpent(HotspotError):
    """More places were asked about in a day than one person, or one authority, may ask about."""

    def __init__(self, *, whose: str, most: int):
        super().__init__(
            f"No more than {most} places a day may be asked about by {whose} without a registered placement. Ask again "
            f"tomorrow; or register the placement, which is checked at once and counts for nothing here; or ring the "
            f"exploitation lead of the authority in whose area the place lies."
        )
