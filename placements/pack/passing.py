"""What of the stored checks may stand in a pack? What no condition binds, or the owner has said yes to; the rest is asked for.

A pack leaves the authority: it is asked of today's conditions, not of those on the day of the check.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from hotspots.models import Audience, Output, PassingOn
from hotspots.sharing import passing_on
from hotspots.sharing.passing_on import Bound
from placements.models import AskedToPassOn, Screening
from placements.overlay.recalls import recalled_versions

HOW = {"audience": Audience.OTHER_BODY, "output": Output.PACK}
# One of four states an authority; the screening's own words stand beside it.
STATES = {
    "near": "something shared lies near",
    "nothing_near": "shares, and nothing of it lies near",
    "stale": "what is shared is past its review date",
    "shares_nothing": "shares nothing with us",
}
UNDER_CONDITIONS = "Information of another authority, under conditions"
OWN_UNDER_CONDITIONS = "Information under conditions of whoever gave it"
TAKEN_BACK = "Taken back since, or not shared any more: not passed on"


@dataclass(frozen=True)
class MayStand:
    """What binds each version that checks read, which were taken back, and for which areas of a placement a yes stands."""

    bound: Mapping[UUID, Bound]
    recalled: frozenset[str]
    agreed: Mapping[UUID, frozenset[UUID]]

    def told_of(self, answer: Mapping[str, Any], placement_id: UUID) -> tuple[str, str]:
        """What a stored check says of one authority, in state and words. What may not stand is replaced by whom to ask."""
        if not answer["areas"]:
            return STATES[answer["state"]], " ".join(answer["sentences"])
        bound = [self.bound.get(version) for version in versions_of(answer)]
        if not self._stands_still(answer, bound):
            return TAKEN_BACK, f"{TAKEN_BACK}."
        against = [one for one in bound if one and one.forbids(**HOW)]
        if any(one.hotspot_id not in self.agreed.get(placement_id, ()) for one in against):
            said = OWN_UNDER_CONDITIONS if answer["is_own"] else UNDER_CONDITIONS
            whom = answer["contact"] or f"the exploitation lead of {answer['name']}"
            return said, f"{said}: ask {whom}."
        agreed = [f"Passed on with the agreement of {answer['name']}."] if against else []
        return STATES[answer["state"]], " ".join([*answer["sentences"], *agreed])

    def tells(self, answer: Mapping[str, Any], placement_id: UUID) -> bool:
        """Whether the sentences of a stored check stand in the pack."""
        return bool(answer["areas"]) and self.told_of(answer, placement_id)[0] in STATES.values()

    def _stands_still(self, answer: Mapping[str, Any], bound: Collection[Bound | None]) -> bool:
        is_recalled = any(str(version) in self.recalled for version in versions_of(answer))
        return not is_recalled and all(one is not None and one.level is not None for one in bound)


def versions_of(answer: Mapping[str, Any]) -> list[UUID]:
    """The versions that a stored answer of one authority rests on."""
    return [UUID(area["version_id"]) for area in answer["areas"]]


def may_stand(checks: Collection[Screening]) -> MayStand:
    """What of these checks, of one authority, may stand in a pack now."""
    if not checks:
        return MayStand({}, frozenset(), {})
    authority_id = next(iter(checks)).authority_id
    versions = {version for check in checks for version in check.versions}
    return MayStand(
        passing_on.binding_by_version(versions), frozenset(recalled_versions(authority_id)), _agreed(authority_id)
    )


def _agreed(authority_id: UUID) -> dict[UUID, frozenset[UUID]]:
    """The areas, by placement, of which an owner has said that they may be passed on in a pack."""
    yes = dict(
        PassingOn.objects.filter(sender_id=authority_id, answer=PassingOn.Answer.YES, **HOW).values_list(
            "id", "hotspot_id"
        )
    )
    found: dict[UUID, set[UUID]] = defaultdict(set)
    asked = AskedToPassOn.objects.filter(question_id__in=list(yes)).values_list("placement_id", "question_id")
    for placement_id, question_id in asked:
        found[placement_id].add(yes[question_id])
    return {placement_id: frozenset(areas) for placement_id, areas in found.items()}
