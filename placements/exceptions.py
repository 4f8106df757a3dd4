"""What can be refused, and what is the way on? Refusals are for plans; what happened can always be recorded."""

from placements.rules.finding import Finding


class PlacementError(Exception):
    """A refusal of this package, with a sentence for people."""


class ChildNotFound(PlacementError):
    """The child is not in the authority's register, or belongs to another authority: the two are never told apart."""

    def __init__(self):
        super().__init__("There is no such child in your register.")


class PlacementNotFound(PlacementError):
    """The placement is not in the authority's register, or belongs to another authority."""

    def __init__(self):
        super().__init__("There is no such placement in your register.")


class GrantNotFound(PlacementError):
    """No such grant runs in the authority's register."""

    def __init__(self):
        super().__init__("No such grant runs: it may have ended already.")


class TurnNotFound(PlacementError):
    """No such visit or review stands in the authority's register."""

    def __init__(self):
        super().__init__("No such visit or review stands in your register: it may have been taken back.")


class CeasingNotFound(PlacementError):
    """No such plan waits for approval in the authority's register."""

    def __init__(self):
        super().__init__("No such plan waits for approval: it may have been approved, or another day given.")


class AlreadyRegistered(PlacementError):
    """The reference is taken."""

    def __init__(self, reference: str):
        super().__init__(
            f"A child with the reference {reference} is in your register already. Open that record instead."
        )


class InvalidTransition(PlacementError):
    """The placement's state does not allow the step; somebody else may have been first."""

    def __init__(self, present: str, wanted: str, permitted: list[str]):
        self.present = present
        self.permitted = permitted
        way_on = " or ".join(permitted) if permitted else "nothing further"
        super().__init__(f"This placement is “{present}”, so it cannot become “{wanted}”. From here: {way_on}.")


class StaleVersion(PlacementError):
    """The placement was changed since it was read."""

    def __init__(self, version: int):
        self.version = version
        super().__init__("Somebody changed this placement since you opened it. Open it again and look at what changed.")


class RequirementsNotMet(PlacementError):
    """A plan lacks something that it needs; each finding says what, under which rule."""

    def __init__(self, *findings: Finding):
        self.findings = findings
        super().__init__(" ".join(finding.sentence for finding in findings))


class UnreadableField(PlacementError):
    """A value that cannot be read, with the name of its field."""

    def __init__(self, field: str, sentence: str):
        self.field = field
        super().__init__(sentence)


class ApprovalNotFound(PlacementError):
    """The approval is not the authority's, or was asked about a place that is no longer the one."""

    def __init__(self):
        super().__init__("There is no such approval: it may have been asked about another place. Open the placement.")


class DecidedAlready(PlacementError):
    """Somebody else was first: the approval was decided, or confirmed, a moment ago."""

    def __init__(self, what: str):
        super().__init__(f"{what} Nothing of yours was recorded: read what is there.")


class NotTheRightGrade(PlacementError):
    """Somebody decided who did not hold the grade that the law asks for."""

    def __init__(self, grade: str):
        super().__init__(
            f"This needs the {grade.lower()}, holding that post at the time of the decision, or a deputy with a "
            f"recorded acting appointment. Ask them, or record their decision."
        )


class MissingReportNotFound(PlacementError):
    """The report is not in the authority's register, or belongs to another authority."""

    def __init__(self):
        super().__init__("There is no such report of a missing child in your register.")


class AlreadyMissing(PlacementError):
    """A child has one open report at a time: two would run two clocks."""

    def __init__(self, since: str):
        super().__init__(
            f"This child is reported missing already, since {since}. Open that report, or record the return in it first."
        )


class DoesNotFit(PlacementError):
    """The step does not fit what is recorded of a missing child already; the sentence says what that is."""


class KeptClosed(PlacementError):
    """What is thought of a closed address gives it away: it is written and read with a named grant only."""

    def __init__(self):
        super().__init__("This address is kept closed. Ask whoever registered the move for a named grant.")


class JudgementNotFound(PlacementError):
    """The judgement is not the authority's, or a newer one took its place."""

    def __init__(self):
        super().__init__(
            "There is no such current judgement: somebody may have written a newer one. Open the list again."
        )


class ReadSinceThen(PlacementError):
    """The judgement was written on what is no longer the latest: the place was checked again, or somebody else wrote."""

    def __init__(self, what: str):
        super().__init__(
            f"{what} since you opened this. Open it again, read what is new, and write your judgement on it."
        )


class ConcernNotFound(PlacementError):
    """The concern is not in the authority's register, or belongs to another authority."""

    def __init__(self):
        super().__init__("There is no such concern in your register.")


class ConcernIsClosed(PlacementError):
    """A closed concern is not written to: what is new is a concern of its own, and the past one stays to be read."""

    def __init__(self):
        super().__init__(
            "This concern is closed. Record what is new as a concern of its own; this one stays to be read."
        )


class NothingEnds(PlacementError):
    """Nobody is told of an ending that is not planned and has not happened."""

    def __init__(self):
        super().__init__(
            "No ending is in sight: plan the child's next move, or say for which day the ending is planned."
        )


class NoHostToTell(PlacementError):
    """There is no other authority to tell or to ask: the place lies in our own area, or nobody knows where it lies."""

    def __init__(self):
        super().__init__(
            "There is no other authority to write to: the place lies in our own area, or it cannot be told whose it is."
        )


class QuestionClosed(PlacementError):
    """A question that was taken back, or that a newer one replaced, is not answered any more."""

    def __init__(self, reference: str):
        super().__init__(
            f"{reference} waits for no answer any more: it was taken back, or a newer question took its place."
        )


class WithholdingNotFound(PlacementError):
    """The decision is not the authority's, or it was ended already."""

    def __init__(self):
        super().__init__("There is no such decision that holds now: it may have been ended already.")


class PackNotFound(PlacementError):
    """The pack is not the authority's, or never was."""

    def __init__(self):
        super().__init__("There is no such inspection pack of your authority.")


class SecondPersonNeeded(PlacementError):
    """Whoever asked for a large pack does not agree to it themselves."""

    def __init__(self):
        super().__init__("You asked for this pack: somebody else must agree to it.")


class PackNotReady(PlacementError):
    """The pack cannot be taken, or agreed to, as it stands."""

    def __init__(self, state: str):
        super().__init__(f"This pack cannot be used so now. How it stands: {state}.")
