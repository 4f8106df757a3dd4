"""What can be refused in leaving care, and what is the way on? What happened can always be recorded."""


class LeavingCareError(Exception):
    """A refusal of this package, with a sentence for people."""


class YoungPersonNotFound(LeavingCareError):
    """The young person is not in the authority's register, or belongs to another: the two are never told apart."""

    def __init__(self):
        super().__init__("There is no such young person in your register.")


class RowNotFound(LeavingCareError):
    """What was to be changed is not there, or has been superseded."""

    def __init__(self, what: str):
        super().__init__(f"There is no such {what}: it may have been taken back already. Open the page again.")


class UnreadableField(LeavingCareError):
    """A value that cannot be read, with the name of its field."""

    def __init__(self, field: str, sentence: str):
        self.field = field
        super().__init__(sentence)


class DoesNotFit(LeavingCareError):
    """What was asked for does not fit what stands, and why."""
