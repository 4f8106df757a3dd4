"""Where do the example's facts stand? In CSV files, one fact a row; dates in them are counted from the day it starts."""

import csv
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).parent / "norrowshire"


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of one of the county's tables."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
