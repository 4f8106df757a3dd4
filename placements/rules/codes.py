"""What do the codes of the 903 return say about a placement, as far as the law asks?"""

from datetime import date

from placements.rules.periods_of_care import SHORT_BREAK_STATUSES
from placements.rules.placement_facts import Carer, Manner, PlacementFacts

CONNECTED_FOSTER_CARERS = frozenset({"U1", "U2", "U3", "Q1"})  # Q1 and Q2 until March 2015, U1 to U6 since
OTHER_FOSTER_CARERS = frozenset({"U4", "U5", "U6", "Q2"})
OWN_PROVISION = "PR1"
WITH_PARENTS = "P1"
PLACED_FOR_ADOPTION = frozenset({"A3", "A4", "A5", "A6"})
TEMPORARY = frozenset({"T0", "T1", "T2", "T3", "T4"})
CARE_ORDERS = frozenset({"C1", "C2"})  # "in care" takes in interim orders: CA 1989, ss. 31(11), 105(1)
NOT_IN_CARE = frozenset({"V2", "V3", "V4", "L1", "L2", "L3", "J1", "J2", "J3"})
REMAND = frozenset({"J1"})


def placement_facts(
    *,
    placement_code: str,
    provider_code: str = "",
    legal_status: str = "",
    manner: Manner = Manner.NOT_KNOWN,
    starts_on: date | None = None,
) -> PlacementFacts:
    """The facts that the codes of one episode bear out, for every collection year.

    A code that says nothing of a fact leaves it not known: the return does not say whether a placement
    was planned, nor who approved a connected person when the provider is blank. A placement order (E1)
    leaves "in care" not known, since it suspends the care order.
    """
    return PlacementFacts(
        manner=manner,
        starts_on=starts_on,
        carer=_carer(placement_code, provider_code),
        in_care=_in_care(legal_status),
        is_short_break=legal_status in SHORT_BREAK_STATUSES,
        is_temporary=placement_code in TEMPORARY,
        is_for_adoption=is_restricted(placement_code=placement_code),
        is_with_parents=placement_code == WITH_PARENTS,
        is_on_remand=legal_status in REMAND,
    )


def is_restricted(*, placement_code: str) -> bool:
    """Whether the address is closed from the first day: placed for adoption, A3 to A6."""
    return placement_code in PLACED_FOR_ADOPTION


def _carer(placement_code: str, provider_code: str) -> Carer:
    if placement_code in CONNECTED_FOSTER_CARERS:
        if not provider_code:
            return Carer.NOT_KNOWN
        is_own = provider_code == OWN_PROVISION
        return Carer.CONNECTED_PERSON if is_own else Carer.CONNECTED_PERSON_APPROVED_ELSEWHERE
    if placement_code in OTHER_FOSTER_CARERS:
        if not provider_code:
            return Carer.NOT_KNOWN
        return Carer.OWN_FOSTER_CARER if provider_code == OWN_PROVISION else Carer.OTHER
    return Carer.OTHER if placement_code else Carer.NOT_KNOWN


def _in_care(legal_status: str) -> bool | None:
    if legal_status in CARE_ORDERS:
        return True
    return False if legal_status in NOT_IN_CARE else None
