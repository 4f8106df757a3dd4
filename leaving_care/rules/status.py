"""What can a young person be to an authority, in the law of leaving care?"""

from enum import StrEnum


class Status(StrEnum):
    """What somebody is to us on one day.

    `NOT_YET` is looked after and short of it; `ANOTHER_AUTHORITY` is owed whatever is owed by the authority that took
    over; `CANNOT_TELL` turns on a fact or a reading that a person has to settle.
    """

    ELIGIBLE = "eligible"
    RELEVANT = "relevant"
    FORMER_RELEVANT = "former_relevant"
    QUALIFYING = "qualifying"
    NOT_YET = "not_yet"
    NONE = "none"
    ANOTHER_AUTHORITY = "another_authority"
    CANNOT_TELL = "cannot_tell"
