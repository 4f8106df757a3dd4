"""Is a postcode read as it was meant, and nothing guessed?"""

import csv
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.exceptions import NotAPostcode
from geo.postcodes import Fault, normalise

FAULT_OF_STATUS = {
    "outcode_only": Fault.OUTWARD_ONLY,
    "missing": Fault.MISSING,
    "invalid_or_unknown": Fault.NOT_A_POSTCODE,
}


def read(text):
    """What the text comes out as, and what is wrong with it."""
    try:
        return normalise(text), None
    except NotAPostcode as wrong:
        return wrong.outward, wrong.fault


def test_every_messy_postcode_comes_out_as_it_should(shared_data):
    with (shared_data / "postcodes" / "messy_postcodes.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    assert len(rows) == 47
    for row in rows:
        assert read(row["raw"]) == (row["normalised"], FAULT_OF_STATUS.get(row["status"]))


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("s601aa", "S60 1AA"),
        ("S1  1AA", "S1 1AA"),
        ("w1a\u20131aa", "W1A 1AA"),
        ("EC1A\u00a01BB", "EC1A 1BB"),
        ("W1V 1AA", "W1V 1AA"),
        ("npt 0aa", "NPT 0AA"),
    ],
)
def test_case_blanks_and_hyphens_are_put_right(typed, printed):
    assert normalise(typed) == printed


@pytest.mark.parametrize("typed", ["S6O 1AA", "S60 IAA", "ZZ99 3VZ", "GIR 0AA", "S60 1AC", "S60 1AAA", "60 1AA"])
def test_what_is_no_postcode_is_refused_and_not_mended(typed):
    with pytest.raises(NotAPostcode) as wrong:
        normalise(typed)

    assert wrong.value.fault is Fault.NOT_A_POSTCODE


def test_a_missing_postcode_is_said_to_be_missing():
    for nothing in (None, "", "   ", " - "):
        with pytest.raises(NotAPostcode) as wrong:
            normalise(nothing)
        assert wrong.value.fault is Fault.MISSING


@given(st.text(alphabet=string.ascii_letters + string.digits + " -\u00a0.", max_size=12))
def test_what_is_normalised_once_stays_as_it_is(text):
    try:
        once = normalise(text)
    except NotAPostcode:
        return

    assert normalise(once) == once
    assert normalise(once.lower().replace(" ", "")) == once
    assert len(once) <= 8
