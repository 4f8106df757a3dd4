"""Is an area read from lines of coordinates as they stand, and written back as it was?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import MultiPolygon, Polygon

from hotspots.coordinates import LineNotReadable, read, write

SQUARE = [[443000.0, 393000.0], [443200.0, 393000.0], [443200.0, 393200.0], [443000.0, 393000.0]]


@pytest.mark.parametrize(
    "text",
    [
        "443000, 393000\n443200, 393000\n443200, 393200",
        "443000 393000\n443200 393000\n443200 393200\n443000 393000\n",
        "  443000;393000\r\n443200.0\t393000\r\n443200,393200\r\n\r\n",
    ],
)
def test_one_corner_a_line_is_read_and_the_ring_closed(text):
    assert read(text) == {"type": "MultiPolygon", "coordinates": [[SQUARE]]}


def test_an_empty_line_begins_another_part_and_hole_cuts_the_part_above():
    found = read("0 0\n9 0\n9 9\n\n20 20\n29 20\n29 29\nhole\n22 21\n23 21\n23 22")
    assert [len(part) for part in found["coordinates"]] == [1, 2]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Line 1: there is no corner"),
        ("443000, 393000\nnorth of the bridge", "Line 2: “north of the bridge” is not two numbers"),
        ("443000 393000 20", "is not two numbers"),
        ("1e5 2", "is not two numbers"),
        ("nan nan", "is not two numbers"),
        ("hole\n1 1", "Line 1: a hole stands after the outline"),
    ],
)
def test_a_line_that_is_no_corner_is_named(text, sentence):
    with pytest.raises(LineNotReadable, match=sentence):
        read(text)


corners = st.tuples(st.integers(0, 700_000), st.integers(0, 1_300_000))


@given(st.lists(st.lists(corners, min_size=3, max_size=8, unique=True), min_size=1, max_size=3))
def test_what_is_written_is_read_back(parts):
    shape = MultiPolygon([Polygon(part) for part in parts])
    again = read(write(shape))
    assert MultiPolygon([Polygon(part[0]) for part in again["coordinates"]]).equals_exact(shape, 0)
