"""What must be known of a placement before the law can be read?"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Carer(StrEnum):
    """Who looks after the child, as far as reg. 11(4) asks.

    `CONNECTED_PERSON` is one approved by the responsible authority, temporarily under reg. 24 or in full;
    a connected person whom another fostering service approved is not plainly exempt (ADR 0014).
    """

    OWN_FOSTER_CARER = "own_foster_carer"
    CONNECTED_PERSON = "connected_person"
    CONNECTED_PERSON_APPROVED_ELSEWHERE = "connected_person_approved_elsewhere"
    OTHER = "other"
    NOT_KNOWN = "not_known"


class Manner(StrEnum):
    """Whether the placement is planned or made in an emergency. Never guessed."""

    PLANNED = "planned"
    EMERGENCY = "emergency"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementFacts:
    """The facts of one placement that approval and notice turn on.

    `in_care` is whether a care order (interim ones too) is in force; None where that is not known.
    `is_short_break` means a series of short breaks in the return (V3, V4): likely reg. 48, never certainly.
    `is_temporary` is a stay inside a placement that goes on (T0 to T4).
    """

    manner: Manner = Manner.NOT_KNOWN
    starts_on: date | None = None
    carer: Carer = Carer.NOT_KNOWN
    in_care: bool | None = None
    is_short_break: bool = False
    is_temporary: bool = False
    is_for_adoption: bool = False
    is_with_parents: bool = False
    is_on_remand: bool = False
