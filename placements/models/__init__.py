"""The tables of the register: children, placements, addresses, returns as delivered, screenings."""

from placements.models.address import AddressGrant, PlacementAddress, RestrictedAddress
from placements.models.calendar import BankHoliday
from placements.models.child import CarePeriod, Child, GoLive, LegalStatus, MissingEpisode
from placements.models.placement import Placement, PlacementEvent, ToldBefore
from placements.models.returns import (
    DeliveredHeader,
    DeliveredMissing,
    DeliveredUnaccompanied,
    Episode,
    RestrictedEpisode,
    Return,
)
from placements.models.verdict import Screening, Verdict

__all__ = [
    "AddressGrant",
    "BankHoliday",
    "CarePeriod",
    "Child",
    "DeliveredHeader",
    "DeliveredMissing",
    "DeliveredUnaccompanied",
    "Episode",
    "GoLive",
    "LegalStatus",
    "MissingEpisode",
    "Placement",
    "PlacementAddress",
    "PlacementEvent",
    "RestrictedAddress",
    "RestrictedEpisode",
    "Return",
    "Screening",
    "ToldBefore",
    "Verdict",
]
