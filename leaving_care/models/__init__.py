"""Everything that leaving care records."""

from leaving_care.models.circumstance import Circumstance
from leaving_care.models.handover import Handover, HandoverPart, LocalOffer, Telling
from leaving_care.models.home import Home
from leaving_care.models.work import Advising, FeedKey, ReturnAnswer, Step

__all__ = [
    "Advising",
    "Circumstance",
    "FeedKey",
    "Handover",
    "HandoverPart",
    "Home",
    "LocalOffer",
    "ReturnAnswer",
    "Step",
    "Telling",
]
