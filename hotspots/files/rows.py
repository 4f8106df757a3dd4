"""What does one row of an owner's file say? Maps a feature's properties to what Placewatch keeps of an area."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from geo.reading.features import Feature
from hotspots.models import Condition

MOST_CHARACTERS = 20_000
MOST_CHARACTERS_OF_A_REFERENCE = 200
MOST_DEPTH = 20
# Control characters, marks that turn the direction of writing, and halves of characters: no name or text holds them.
NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
WRITTEN_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


class RowRefused(Exception):
    """A row that cannot be taken, with the reason."""


@dataclass(frozen=True)
class Row:
    """What a row says of an area. `received` keeps every other property as it came; no reader is shown it."""

    number: int
    reference: str
    has_own_reference: bool
    said: dict[str, str | date | list[str] | None]
    received: dict[str, Any]


def read_row(feature: Feature) -> Row:
    """What the feature says, its geometry apart. Refuses (RowRefused) with the property and the reason."""
    properties = feature.properties
    if not isinstance(properties, dict):
        raise RowRefused("Its properties are not a JSON object.")
    try:
        require_plain(properties)
    except ValueError as fault:
        raise RowRefused(f"In its properties, {fault}.") from None
    reference, has_own_reference = _reference(feature)
    return Row(
        number=feature.number,
        reference=reference,
        has_own_reference=has_own_reference,
        said=_said(properties),
        received={key: value for key, value in properties.items() if key != "ref" and key not in FIELD_OF_PROPERTY},
    )


def require_plain(value: Any, depth: int = 2) -> None:
    """Refuse (ValueError) a value of a row's properties that holds hidden characters, or is nested too deeply."""
    if depth > MOST_DEPTH:
        raise ValueError(f"it is nested more than {MOST_DEPTH} deep")
    if isinstance(value, str) and NO_TEXT.search(value):
        raise ValueError("it holds control characters, or marks that turn the direction of writing")
    if isinstance(value, float) and abs(value) == float("inf"):
        raise ValueError("it holds a number that is too large")
    if isinstance(value, dict):
        for key, inner in value.items():
            require_plain(key, depth)
            require_plain(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            require_plain(inner, depth + 1)


def owner_code(feature: Feature) -> str:
    """The code of the authority that the row names as its owner; blank where it names none.

    A Department's number may stand as a number. Refuses (RowRefused) anything else: it is not guessed whose a row is.
    """
    code = feature.properties.get("owner_gss") if isinstance(feature.properties, dict) else None
    if type(code) is int:
        return str(code)
    if not isinstance(code, str | None):
        raise RowRefused("Its owner_gss is not the code of an authority.")
    return (code or "").strip()


def _reference(feature: Feature) -> tuple[str, bool]:
    """The owner's reference, else the feature's id, else its name; and whether it was `ref`."""
    given = (feature.properties.get("ref"), feature.identifier, feature.properties.get("name"))
    for place, value in enumerate(given):
        if type(value) in (str, int) and str(value).strip():
            reference = str(value).strip()
            try:
                require_plain(reference)
            except ValueError as fault:
                raise RowRefused(f"In its reference, {fault}.") from None
            if len(reference) > MOST_CHARACTERS_OF_A_REFERENCE:
                raise RowRefused(f"Its reference is longer than {MOST_CHARACTERS_OF_A_REFERENCE} characters.")
            return reference, place == 0
    raise RowRefused("It has no reference. Give each row the owner's own reference as `ref`.")


def _said(properties: dict[str, Any]) -> dict[str, str | date | list[str] | None]:
    said: dict[str, str | date | list[str] | None] = {
        field: parse(None, field) for field, parse in FIELD_OF_PROPERTY.values()
    }
    given: dict[str, str] = {}
    for name, (field, parse) in FIELD_OF_PROPERTY.items():
        if name in properties:
            if field in given:
                raise RowRefused(f"Both {given[field]} and {name} say the same thing. Leave one out.")
            given[field] = name
            said[field] = parse(properties[name], name)
    first = said["first_supported_on"]
    for later in ("last_supported_on", "review_on"):
        if first and said[later] and said[later] < first:
            raise RowRefused(f"Its {given[later]} lies before its {given['first_supported_on']}.")
    return said


def _text(value: Any, name: str) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise RowRefused(f"Its {name} is not a text.")
    if len(value) > MOST_CHARACTERS:
        raise RowRefused(f"Its {name} is longer than {MOST_CHARACTERS:,} characters.")
    return value.strip()


def _verbatim(value: Any, name: str) -> str:
    """A police grading is kept to the letter, a number as its digits."""
    written = str(value) if type(value) in (int, float) else value
    _text(written, name)
    return written or ""


def _condition_kinds(value: Any, name: str) -> list[str]:
    if not value:
        return []
    kinds = value.split("|") if isinstance(value, str) else value
    found = [kind.strip() for kind in kinds if isinstance(kind, str) and kind.strip()]
    if not isinstance(kinds, list) or len(found) != len([kind for kind in kinds if kind != ""]):
        raise RowRefused(f"Its {name} is not a list of words.")
    unknown = sorted(set(found) - set(Condition.values))
    if unknown:
        raise RowRefused(f"Its {name} holds {unknown[0][:60]!r}. Known are {', '.join(Condition.values)}.")
    return list(dict.fromkeys(found))


def _day(value: Any, name: str) -> date | None:
    if value in (None, ""):
        return None
    try:
        if isinstance(value, str) and WRITTEN_DATE.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise RowRefused(f"Its {name} is not a date written as 2027-07-09.")


# The last day on which a file calls an area valid is the day to look at it again: past it the area is old news and is
# still shown. Only `expires_on` hides it.
# A Shapefile cuts names after ten letters: the cut ones stand beside the whole ones.
FIELD_OF_PROPERTY: dict[str, tuple[str, Callable[[Any, str], Any]]] = {
    "name": ("name", _text),
    "kind_of_place": ("kind_of_place", _text),
    "kind_of_pl": ("kind_of_place", _text),
    "concern": ("concern", _text),
    "theme": ("concern", _text),
    "originator": ("originator", _text),
    "conditions": ("conditions", _text),
    "condition_kinds": ("condition_kinds", _condition_kinds),
    "condition_": ("condition_kinds", _condition_kinds),
    "grading": ("grading", _verbatim),
    "narrative": ("narrative", _text),
    "first_supported_on": ("first_supported_on", _day),
    "first_supp": ("first_supported_on", _day),
    "valid_from": ("first_supported_on", _day),
    "last_supported_on": ("last_supported_on", _day),
    "last_suppo": ("last_supported_on", _day),
    "review_on": ("review_on", _day),
    "valid_to": ("review_on", _day),
    "expires_on": ("expires_on", _day),
}
