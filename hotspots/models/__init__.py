"""What is a hotspot, who owns it, and what was agreed about telling others? On pages: an area of concern."""

from hotspots.models.areas import Condition, Hotspot, StateChange, Version
from hotspots.models.asking import Asking
from hotspots.models.change import Change
from hotspots.models.sharing import Agreement, Coverage, Disclosure, Share, Shown

__all__ = [
    "Agreement",
    "Asking",
    "Change",
    "Condition",
    "Coverage",
    "Disclosure",
    "Hotspot",
    "Share",
    "Shown",
    "StateChange",
    "Version",
]
