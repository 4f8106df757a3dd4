"""What can be refused about a duty?"""


class DutyIsClosed(Exception):
    """Somebody else closed the duty first."""

    def __init__(self, duty):
        super().__init__(
            f"This was already closed as “{duty.get_closing_display().lower()}” by {duty.closed_by}. "
            "Nothing was changed; open it again to see what was written."
        )


class ReasonMissing(Exception):
    """A duty is closed with evidence or with a reason, never with a tick alone."""

    def __init__(self):
        super().__init__("Say what was done, or why it is not owed: a duty is not closed without words.")
