"""What may be read of areas near a closed address? Whom to ring, at every level, and nothing more."""

from dataclasses import replace

from hotspots.overlay.overlay import Answer
from hotspots.sharing import levels
from hotspots.sharing.levels import Level


def ring_only(answer: Answer) -> Answer:
    """The answer as if every area were shared as contact only, our own too."""
    return replace(
        answer,
        authorities=tuple(
            replace(one, areas=tuple(levels.told(replace(area, level=Level.CONTACT)) for area in one.areas))
            for one in answer.authorities
        ),
    )
