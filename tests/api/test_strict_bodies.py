"""Does the parser refuse what two readers could take differently, and what costs more than it tells?"""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.exceptions import ParseError

from api.parsers import MOST_DEPTH, read_json


@pytest.mark.parametrize(
    "text",
    [
        '{"a": 1, "a": 2}',
        '{"a": {"b": 1, "b": 1}}',
        '{"a": NaN}',
        '{"a": Infinity}',
        '{"a": -Infinity}',
        '{"a": 1e999}',
        '{"a": 9223372036854775808}',
        '{"a": -9223372036854775809}',
        '{"a": ' + "1" * 400 + "}",
        '{"a": "\\u0000"}',
        '{"a": "\\u202eevil"}',
        '{"a": ["\\u2066"]}',
        '{"\\u200fkey": 1}',
        '{"a": "\\ud800"}',
        '{"a": 1',
        "",
        "[" * (MOST_DEPTH + 1) + "]" * (MOST_DEPTH + 1),
        '{"a":' * 1500 + "1" + "}" * 1500,
        "[" * 100_000,
        # Text that is never closed: looked through once, or half a million times.
        '{"a": "' + '\\"' * 500_000,
    ],
)
def test_a_body_that_could_be_read_two_ways_or_hides_something_is_refused(text):
    with pytest.raises(ParseError):
        read_json(text)


@pytest.mark.parametrize(
    "text",
    [
        '{"a": 9223372036854775807, "b": -9223372036854775808}',
        '{"a": "[[[[[[[[[[[[[[[[[[[[[[[[[["}',
        '{"a": "Zoë Ó Briain, 1 Pen-y-bryn"}',
        "[" * MOST_DEPTH + "]" * MOST_DEPTH,
    ],
)
def test_a_plain_body_is_read_as_the_standard_library_reads_it(text):
    assert read_json(text) == json.loads(text)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="ascii", exclude_characters="\x00")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", min_size=1), inner, max_size=3),
    max_leaves=10,
)


@given(JSON)
def test_whatever_is_written_as_plain_json_is_read_back_unchanged(value):
    assert read_json(json.dumps(value)) == value
