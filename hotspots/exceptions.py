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
    """A file that was not imported, with every bad row and why; nothing was changed."""

    def __init__(self, sentence: str, faults: Sequence[str] = ()):
        self.faults = tuple(faults)
        super().__init__("\n".join([sentence, *faults]))
