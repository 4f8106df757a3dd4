"""The tables of the register: children, placements, addresses, returns as delivered, screenings."""

from placements.models.address import AddressGrant, PlacementAddress, RestrictedAddress
from placements.models.approval import Approval, CarePlanSupply, CarePlanVersion, TelephoneTry, Withholding
from placements.models.calendar import BankHoliday
from placements.models.change import Amendment, HostChoice
from placements.models.child import CarePeriod, Child, GoLive, LegalStatus, MissingEpisode
from placements.models.considered import GatheredEvidence, PlaceTried
from placements.models.ending import Ending
from placements.models.host_alert import HostAlertAgreement
from placements.models.judgement import Concern, ConcernAssessment, Conversation, ConversationWords, Judgement
from placements.models.letter import Channel, Correspondent, DecisionAbout, Letter, LetterFact
from placements.models.letter_job import LetterJob, LetterJobLine
from placements.models.missing import MissingReport, PoliceMessage
from placements.models.pack import PackRequest
from placements.models.passing_on import AskedToPassOn, PassedOn, RecalledHere
from placements.models.placement import Placement, PlacementEvent, ToldBefore
from placements.models.recheck import NewLine, Recheck
from placements.models.rejudging import Rejudging
from placements.models.returns import (
    DeliveredHeader,
    DeliveredMissing,
    DeliveredUnaccompanied,
    Episode,
    RestrictedEpisode,
    Return,
)
from placements.models.shadow import ShadowMode
from placements.models.turn import Ceasing, Turn
from placements.models.verdict import CheckedAgain, Screening, Verdict

__all__ = [
    "AddressGrant",
    "Amendment",
    "Approval",
    "AskedToPassOn",
    "BankHoliday",
    "CarePeriod",
    "CarePlanSupply",
    "CarePlanVersion",
    "Ceasing",
    "Channel",
    "CheckedAgain",
    "Child",
    "Concern",
    "ConcernAssessment",
    "Conversation",
    "ConversationWords",
    "Correspondent",
    "DecisionAbout",
    "DeliveredHeader",
    "DeliveredMissing",
    "DeliveredUnaccompanied",
    "Ending",
    "Episode",
    "GatheredEvidence",
    "GoLive",
    "HostAlertAgreement",
    "HostChoice",
    "Judgement",
    "LegalStatus",
    "Letter",
    "LetterFact",
    "LetterJob",
    "LetterJobLine",
    "MissingEpisode",
    "MissingReport",
    "NewLine",
    "PackRequest",
    "PassedOn",
    "PlaceTried",
    "Placement",
    "PlacementAddress",
    "PlacementEvent",
    "PoliceMessage",
    "RecalledHere",
    "Recheck",
    "Rejudging",
    "RestrictedAddress",
    "RestrictedEpisode",
    "Return",
    "Screening",
    "ShadowMode",
    "TelephoneTry",
    "ToldBefore",
    "Turn",
    "Verdict",
    "Withholding",
]
