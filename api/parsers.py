"""What counts as a readable JSON body? Stricter than the standard library: nothing that two readers could take differently."""

import json
import re

from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from api.text import refuse_unreadable

MOST_DEPTH = 20
MOST_BYTES = 1_048_576
LARGEST_INTEGER = 2**63 - 1
SMALLEST_INTEGER = -(2**63)

# One that is not closed reaches to the end, and is not looked for again within itself: time would grow with the square.
STRING = re.compile(r'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
BRACKET = re.compile(r"[\[\]{}]")


class StrictJSONParser(BaseParser):
    """UTF-8 JSON of at most 1 MiB, nested at most 20 deep, whose top is an object.

    Refuses equal keys, NaN, Infinity, integers beyond 64 bits, lone surrogates, NUL and marks that turn text round.
    """

    media_type = "application/json"

    def parse(self, stream, media_type=None, parser_context=None):
        try:
            text = stream.read(MOST_BYTES + 1).decode("utf-8")
        except UnicodeDecodeError as error:
            raise ParseError("The body is not UTF-8 text.") from error
        body = read_json(text)
        if not isinstance(body, dict):
            raise ParseError("The body must be a JSON object: { … }.")
        return body


def read_json(text: str):
    """The value of a JSON text. Raises ParseError with a sentence that says what is wrong."""
    _check_depth(text)
    try:
        return json.loads(
            text, object_pairs_hook=_object, parse_int=_integer, parse_float=_number, parse_constant=_constant
        )
    except ValueError as error:
        raise ParseError(f"The body is not JSON: {error}.") from error


def _check_depth(text: str) -> None:
    # Measured before parsing: the standard library's parser recurses, and fails with an error of its own.
    depth = 0
    for bracket in BRACKET.finditer(STRING.sub("", text)):
        depth += 1 if bracket.group() in "[{" else -1
        if depth > MOST_DEPTH:
            raise ParseError(f"The body is nested more than {MOST_DEPTH} deep.")


def _object(pairs: list[tuple[str, object]]) -> dict:
    found = {}
    for key, value in pairs:
        _check_text(key)
        _check_values(value)
        if key in found:
            raise ParseError("The body gives the same key twice, so it cannot be known which value is meant.")
        found[key] = value
    return found


def _check_values(value: object) -> None:
    if isinstance(value, str):
        _check_text(value)
    elif isinstance(value, list):
        for one in value:
            _check_values(one)


def _check_text(text: str) -> None:
    try:
        refuse_unreadable(text)
    except ValueError as error:
        raise ParseError(str(error)) from error


def _integer(digits: str) -> int:
    # Twenty characters hold every 64-bit integer; Python would take longer over the rest than they deserve.
    number = int(digits) if len(digits) <= 20 else LARGEST_INTEGER + 1
    if not SMALLEST_INTEGER <= number <= LARGEST_INTEGER:
        raise ParseError("The body holds an integer that does not fit into 64 bits.")
    return number


def _number(digits: str) -> float:
    number = float(digits)
    if number in (float("inf"), float("-inf")):
        raise ParseError("The body holds a number that is too large.")
    return number


def _constant(name: str):
    raise ParseError(f"{name} is not a JSON value.")
