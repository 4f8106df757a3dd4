"""What is new in a check of a place, against the check before it, as its reader read both? Pure: stored answers in.

Compared is what a reader was told, not what lies on the ground: an area that moves and is told in the same words as
before is unchanged. Dates and metres do not count: a new review date is read the next time, and tells nobody to look.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Result(StrEnum):
    """What a new check brought. `other_words`: the same area is near as before, and something else is said of it."""

    ENTERED = "entered"
    LEFT = "left"
    OTHER_WORDS = "other_words"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Difference:
    """One owner's part of what is new: what came of it, and the sentences that its reader reads now."""

    owner_id: str
    owner: str
    result: Result
    sentences: tuple[str, ...]


# What is told of an area apart from dates and metres. At geometry level, and of our own, its reference says which it is;
# below, nothing does but what is told of it.
TOLD = (
    "level",
    "kind_of_place",
    "concern",
    "within_metres",
    "has_conditions",
    "condition_kinds",
    "name",
    "reference",
    "is_inside",
    "containment",
)


@dataclass(frozen=True)
class _Told:
    """One area as it was told."""

    facts: tuple

    def __getitem__(self, name: str):
        return self.facts[TOLD.index(name)]

    @property
    def is_in(self) -> bool:
        """Whether the place lies inside, or may do so."""
        return bool(self["is_inside"]) or self["containment"] in ("certainly_inside", "possibly_inside")

    @classmethod
    def of(cls, area: Mapping) -> "_Told":
        return cls(tuple(_hashable(area.get(name)) for name in TOLD))


def differences(before: Mapping | None, after: Mapping) -> list[Difference]:
    """What differs by owner, by name; empty where nothing does. Without a check before, everything near has entered."""
    earlier = {one["authority_id"]: one for one in before["authorities"]} if before else {}
    later = {one["authority_id"]: one for one in after["authorities"]}
    owners = dict.fromkeys([*later, *earlier])
    found = [_difference(owner_id, earlier.get(owner_id), later.get(owner_id)) for owner_id in owners]
    return sorted((one for one in found if one.result is not Result.UNCHANGED), key=lambda one: one.owner)


def result(found: Iterable[Difference]) -> Result:
    """The one word for a place: what entered comes first, since a person has to think about it."""
    return _first({one.result for one in found})


def _first(results: set[Result]) -> Result:
    ordered = (Result.ENTERED, Result.LEFT, Result.OTHER_WORDS)
    return next((one for one in ordered if one in results), Result.UNCHANGED)


def _difference(owner_id: str, before: Mapping | None, after: Mapping | None) -> Difference:
    entry = after or before or {}
    earlier, later = _told(before), _told(after)
    came_of_it = _result(list((earlier - later).elements()), list((later - earlier).elements()))
    return Difference(owner_id, entry["name"], came_of_it, tuple(after["sentences"]) if after else ())


def _told(entry: Mapping | None) -> Counter[_Told]:
    return Counter(_Told.of(area) for area in entry["areas"]) if entry else Counter()


def _result(lost: list[_Told], gained: list[_Told]) -> Result:
    """Coming to lie inside an area is entering it, coming out of it is leaving it, though it is near all the while."""
    results = set()
    for area in gained:
        same = next((one for one in lost if _could_be_one(one, area)), None)
        if same is None:
            results.add(Result.ENTERED)
            continue
        lost.remove(same)
        results.add(_of_one(same, area))
    if lost:
        results.add(Result.LEFT)
    return _first(results)


def _of_one(before: _Told, after: _Told) -> Result:
    if before.is_in == after.is_in or None in (before["reference"], after["reference"]):
        return Result.OTHER_WORDS
    return Result.ENTERED if after.is_in else Result.LEFT


def _could_be_one(before: _Told, after: _Told) -> bool:
    """Whether an area that is told otherwise can be the one of before; where that is unsure, it is another one."""
    if before["reference"] and after["reference"]:
        return before["reference"] == after["reference"]
    return before["concern"] == after["concern"] or None in (before["concern"], after["concern"])


def _hashable(value):
    """As a set can hold it; what is not told and what is told as nothing are the same."""
    return tuple(value) or None if isinstance(value, list) else value or None
