"""What is refused about a letter, and what is the way on?"""

from placements.exceptions import PlacementError


class NotWrittenTo(PlacementError):
    """Somebody was ticked to whom nothing is written: withheld, asked about, written to already, not told."""


class HoldsWhatIsLeftOut(PlacementError):
    """A letter would hold an address or a name that a decision leaves out."""

    def __init__(self, code: str):
        super().__init__(
            f"The letter to {code.replace('_', ' ')} would hold what a decision leaves out of it, an address or a "
            "person, perhaps in the reader’s own name or address. Nothing was made. Look at that line of the list."
        )


class SaidAlready(PlacementError):
    """A fact of a letter is recorded once."""

    def __init__(self, reference: str, fact: str):
        super().__init__(f"Letter {reference} is recorded as {fact.lower()} already. Nothing was changed.")


class OnTheListAlready(PlacementError):
    """A list with people on it is not filled from another."""

    def __init__(self):
        super().__init__("This list has people on it already. Take them off, or add those who are missing one by one.")


class NothingToWrite(PlacementError):
    """Nobody was ticked, or nobody of these placements can be written to now."""

    def __init__(self):
        super().__init__("Nobody was chosen to whom a letter can be written now. Tick at least one line of the list.")


class PrintNotReady(PlacementError):
    """The file for the printer is not there, or holds a letter that may not go out any more."""

    def __init__(self):
        super().__init__(
            "The file for the printer is not kept, or what may go out has changed since it was made. "
            "Let it be made again on the page of these letters."
        )
