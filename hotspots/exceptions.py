"""What can be refused about an area of concern, and what is the way on?"""

from collections.abc import Iterable, Sequence


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


class UploadNotFound(HotspotError):
    """No such file among those that the authority sent."""

    def __init__(self):
        super().__init__("You have sent no such file.")


class UploadHasItsAnswer(HotspotError):
    """A file that was brought in or dropped before."""

    def __init__(self, state: str, by: str):
        super().__init__(f"This file has its answer: {state.lower()} by {by}. Send it again if it is to come in.")


class UploadIsWorkedOn(HotspotError):
    """A file of which something was asked that is not done yet."""

    def __init__(self, state: str):
        super().__init__(f"{state}: look again in a moment. Until it is done this file can only be dropped.")


class BudgetSpent(HotspotError):
    """More places were asked about in a day than one person, or one authority, may ask about."""

    def __init__(self, *, whose: str, most: int):
        super().__init__(
            f"No more than {most} places a day may be asked about by {whose} without a registered placement. Ask again "
            f"tomorrow; or register the placement, which is checked at once and counts for nothing here; or ring the "
            f"exploitation lead of the authority in whose area the place lies."
        )


class StaleVersion(HotspotError):
    """The area was changed since it was read."""

    def __init__(self, number: int):
        self.version = number
        super().__init__(
            "Somebody changed this area of concern since you opened it. Open it again and look at what changed."
        )


class ReferenceTaken(HotspotError):
    """The authority has an area of this reference already."""

    def __init__(self, reference: str):
        super().__init__(
            f"You have an area of concern {reference} already. Change that one, or give another reference."
        )


class AreaRefused(HotspotError):
    """What was said of an area, or its shape, cannot stand; `field` is where."""

    def __init__(self, field: str, sentence: str):
        self.field = field
        super().__init__(sentence)


class IsWithdrawn(HotspotError):
    """A change to an area that was taken back for good."""

    def __init__(self):
        super().__init__(
            "This area of concern was withdrawn: it is not changed any more. Give a new area a new reference."
        )


class AgreementNotFound(HotspotError):
    """No such agreement among those that the authority made."""

    def __init__(self):
        super().__init__("You have made no such agreement.")


class AgreementMissing(HotspotError):
    """Sharing with a partner with whom nothing was agreed."""

    def __init__(self, partners: Iterable[str]):
        super().__init__(f"There is no agreement with {', '.join(partners)}. Record it first, then share.")


class AgreementStands(HotspotError):
    """A second agreement with a partner for a time in which one stands; blank for the authority itself."""

    def __init__(self, reference: str):
        super().__init__(
            f"The agreement {reference} stands for that time. End it before another begins."
            if reference
            else "An agreement is made with another authority."
        )


class AgreementHasEnded(HotspotError):
    """An agreement that is over."""

    def __init__(self, reference: str):
        super().__init__(f"The agreement {reference} has ended. Make a new one where sharing goes on.")


class EndsTooEarly(HotspotError):
    """An agreement's end that lies in the past, or before its beginning."""

    def __init__(self):
        super().__init__("An agreement ends after it begins, and not before now: what was told cannot be untold.")


class ConditionBinds(HotspotError):
    """What an owner shared would be passed on against a condition. Names who attached it and whom to ask."""

    def __init__(self, refusals: Sequence[str]):
        self.refusals = tuple(dict.fromkeys(refusals))
        super().__init__(" ".join(self.refusals))


class NoLongerShared(HotspotError):
    """What would be passed on is not open to the reader any more."""

    def __init__(self, owners: Sequence[str]):
        whose = " and ".join(dict.fromkeys(owners))
        super().__init__(f"{whose} shares this with you no longer, so it is not passed on. Check the place again.")


class TakenBack(NoLongerShared):
    """What would be passed on rests on something that its owner has withdrawn or corrected."""

    def __init__(self, owners: Sequence[str]):
        whose = " and ".join(dict.fromkeys(owners)) or "Its owner"
        HotspotError.__init__(
            self, f"{whose} has taken back what this check rests on. Do not pass it on. Check the place again."
        )


class QuestionNotFound(HotspotError):
    """No such question among those asked of the authority."""

    def __init__(self):
        super().__init__("Nobody asked you this.")


class AnsweredBefore(HotspotError):
    """A question that has its answer."""

    def __init__(self, answer: str, by: str):
        super().__init__(f"{by} has answered this: {answer}. Whoever needs another answer asks again.")


class PreviewsSpent(HotspotError):
    """More looks at what publishing would bring about than one area, or all files of an authority, have in a day."""

    def __init__(self, most: int, *, of_file: bool = False):
        super().__init__(
            f"Your authority looked ahead {most} times today: go on tomorrow, or keep new areas as drafts until then."
            if of_file
            else f"This area was previewed {most} times today: ask a second person. Somebody else of your authority can "
            "allow more, or go on tomorrow."
        )


class PreviewNotFound(HotspotError):
    """No such preview among the authority's own."""

    def __init__(self):
        super().__init__("Your authority has made no such preview. Look first at what publishing would bring about.")


class PreviewOfSomethingElse(HotspotError):
    """What would be published is not what was looked at, or the look is of another day."""

    def __init__(self):
        super().__init__("This is not what you looked at today: it has changed since. Look again, then publish.")


class SecondPersonIsTheFirst(HotspotError):
    """Somebody who looked would allow more looks themselves."""

    def __init__(self):
        super().__init__("You previewed this area today yourself: somebody else has to allow more.")
