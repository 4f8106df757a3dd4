"""Which files and columns does a return have, and which codes may stand in them in a collection year?"""

import csv
from dataclasses import dataclass
from pathlib import Path

from placements.returns.collection_year import CollectionYear

CODES = Path(__file__).resolve().parent.parent / "reference" / "return_codes.csv"


@dataclass(frozen=True, eq=False)
class ReturnFile:
    """One CSV file of the return. `days` are the columns with a date; True: the row cannot be read without it.

    `ends` names a date that must come after another one, and whether the same day will do.
    """

    name: str
    columns: tuple[str, ...]
    days: dict[str, bool]
    is_required: bool = False
    ends: tuple[str, str, bool] | None = None
    codes: tuple[str, ...] = ()


HEADER = ReturnFile(
    "Header",
    ("CHILD", "SEX", "DOB", "ETHNIC", "UPN", "MOTHER", "MC_DOB"),
    days={"DOB": True, "MC_DOB": False},
    codes=("SEX", "ETHNIC"),
    is_required=True,
)
EPISODES = ReturnFile(
    "Episodes",
    (
        "CHILD",
        "DECOM",
        "RNE",
        "LS",
        "CIN",
        "PLACE",
        "PLACE_PROVIDER",
        "DEC",
        "REC",
        "REASON_PLACE_CHANGE",
        "HOME_POST",
        "PL_POST",
        "URN",
    ),
    days={"DECOM": True, "DEC": False},
    codes=("RNE", "LS", "CIN", "PLACE", "PLACE_PROVIDER", "REC", "REASON_PLACE_CHANGE"),
    ends=("DEC", "DECOM", False),
    is_required=True,
)
MISSING = ReturnFile(
    "Missing",
    ("CHILD", "DOB", "MISSING", "MIS_START", "MIS_END"),
    days={"DOB": False, "MIS_START": True, "MIS_END": False},
    codes=("MISSING",),
    ends=("MIS_END", "MIS_START", True),
)
UNACCOMPANIED = ReturnFile("UASC", ("CHILD", "SEX", "DOB", "DUC"), days={"DOB": False, "DUC": False}, codes=("SEX",))
FILES = (HEADER, EPISODES, MISSING, UNACCOMPANIED)


def codes_of(year: CollectionYear) -> dict[tuple[str, str], frozenset[str]]:
    """The codes that may stand in (file, column) in the year."""
    held: dict[tuple[str, str], set[str]] = {}
    with CODES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            first, last = row["first_year"], row["last_year"]
            after_first = not first or CollectionYear.read(first) <= year
            before_last = not last or year <= CollectionYear.read(last)
            if after_first and before_last:
                held.setdefault((row["file"], row["column"]), set()).add(row["code"])
    return {key: frozenset(codes) for key, codes in held.items()}
