"""What is a hotspot, who owns it, and what was agreed about telling others? On pages: an area of concern."""

from hotspots.models.areas import Condition, Hotspot, StateChange, Version
from hotspots.models.asking import Asking
from hotspots.models.change import Change
from hotspots.models.control import Audience, Output, PassingOn, Preview, PublishedAfter, Recall
from hotspots.models.measurement import Measurement
from hotspots.models.sharing import Agreement, Coverage, Disclosure, Share, Shown
from hotspots.models.upload import Upload

__all__ = [
    "Agreement",
    "Asking",
    "Audience",
    "Change",
    "Condition",
    "Coverage",
    "Disclosure",
    "Hotspot",
    "Measurement",
    "Output",
    "PassingOn",
    "Preview",
    "PublishedAfter",
    "Recall",
    "Share",
    "Shown",
    "StateChange",
    "Upload",
    "Version",
]
