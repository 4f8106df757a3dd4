"""What is refused to a person?"""


class NotPermitted(Exception):
    """The role may not do this for this authority. Says which roles may."""

    def __init__(self, operation: str, who_may: str):
        self.operation = operation
        super().__init__(f"Your role may not do this ({operation}). It can be done by: {who_may}.")


class Unacceptable(Exception):
    """One answer that cannot be taken, and why."""

    def __init__(self, field: str, sentence: str):
        self.field = field
        super().__init__(sentence)


class EndedAlready(Exception):
    """A cover or an appointment that is over cannot be ended."""

    def __init__(self, what: str):
        super().__init__(f"This {what} is over already. Nothing was changed.")


class NotAMember(Exception):
    """Work is given to people of the authority only, and to those whose role may do it."""

    def __init__(self):
        super().__init__(
            "This person is not a member of the authority in a role that may act on duties. "
            "Nothing was given to them: choose somebody else."
        )
