"""What was delivered goes out again as it was delivered; where placements lie is told for the 31 March of the year."""

import csv
import tempfile
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.models import LogEntry
from tests.factories import ROTHERHAM
from tests.placements.returns.written import (
    EPISODES,
    FAR,
    HEADER,
    KAYLA,
    MISSING,
    NEAR,
    UNACCOMPANIED,
    as_operator,
    episode,
    run_export,
    run_import,
    write,
)

pytestmark = pytest.mark.django_db
MAY, JUNE = "01/05/2025", "01/06/2025"


def located(*options: str, year: str = "2025-26") -> list[dict[str, str]]:
    said = StringIO()
    call_command(
        "export_placements", "--authority", ROTHERHAM, "--year", year, "--csv", *options, stdout=said, stderr=StringIO()
    )
    return list(csv.DictReader(StringIO(said.getvalue())))


def test_the_return_comes_back_row_for_row_restricted_ones_too(tmp_path):
    rows = (episode(JUNE, "P", "A5", postcode=NEAR, urn="SC7654321"), episode(MAY, end=JUNE))
    missing, uasc = ("1001,,M,03/05/2025,",), ("1001,F,14/11/2012,14/11/2030",)
    run_import(write(tmp_path / "return", *rows, missing=missing, uasc=uasc))

    assert run_export(tmp_path / "out") == {
        "Header": [HEADER, KAYLA],
        "Episodes": [EPISODES, *rows],
        "Missing": [MISSING, *missing],
        "UASC": [UNACCOMPANIED, *uasc],
    }


def test_what_a_spreadsheet_would_run_is_not_changed_in_a_return(tmp_path):
    row = episode(MAY, urn="=1+1")
    run_import(write(tmp_path / "return", row))

    assert run_export(tmp_path / "out")["Episodes"][1] == row


def test_the_return_that_holds_now_is_exported(tmp_path):
    run_import(write(tmp_path / "first", episode(MAY)))
    run_import(write(tmp_path / "second", episode(MAY, ls="C1")))

    assert run_export(tmp_path / "out")["Episodes"][1:] == [episode(MAY, ls="C1")]


def test_an_empty_folder_is_filled_and_any_other_is_refused_and_left_alone(tmp_path):
    run_import(write(tmp_path / "return", episode(MAY)))
    (tmp_path / "empty").mkdir()
    assert len(run_export(tmp_path / "empty")) == 4

    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("keep me")
    with pytest.raises(CommandError, match="is not an empty folder: give another one"):
        run_export(tmp_path / "full")
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["letter.txt"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty", "full", "return"]


def test_a_year_that_was_not_imported_is_refused_in_a_sentence(tmp_path):
    with pytest.raises(CommandError, match="No return of 2025-26 was imported"):
        run_export(tmp_path / "out")
    with pytest.raises(CommandError, match="No return of 2025-26 was imported"):
        located()


def test_each_episode_is_located_in_delivered_order_restricted_ones_only_when_asked(tmp_path):
    rows = (episode(JUNE, "P", "A5", postcode=NEAR), episode(MAY, end=JUNE, postcode=FAR))
    run_import(write(tmp_path / "return", *rows))

    assert [row["DECOM"] for row in located()] == [MAY]
    both = located("--include-restricted")
    assert [row["DECOM"] for row in both] == [JUNE, MAY]
    assert [(row["host_gss"], row["PL_LA"], row["PL_LOCATION"]) for row in both] == [
        ("E08000018", "372", "IN"),
        ("E08000035", "383", "OUT"),
    ]
    with as_operator():
        lines = LogEntry.objects.filter(operation="returns.export_placements").order_by("id")
        assert [(line.detail["rows"], line.detail["restricted_left_out"]) for line in lines] == [(1, 1), (2, 0)]


def test_without_a_postcode_nothing_is_said(tmp_path):
    run_import(write(tmp_path / "return", episode(MAY, postcode="")))

    row = located()[0]
    assert {name: value for name, value in row.items() if value} == {"CHILD": "1001", "DECOM": MAY}


def test_without_a_home_only_the_distance_is_blank(tmp_path):
    run_import(write(tmp_path / "return", episode(MAY, home="")))

    row = located()[0]
    assert (row["PL_DISTANCE"], row["over_20_miles"]) == ("", "")
    assert (row["PL_LA"], row["out_of_area"], row["distant_not_adjoining"]) == ("383", "True", "True")


def test_a_postcode_that_nobody_knows_is_in_no_area(tmp_path):
    run_import(write(tmp_path / "return", episode(MAY, postcode="WD10 6ZQ")))

    row = located()[0]
    assert (row["host_gss"], row["PL_LOCATION"], row["relation"], row["out_of_area"]) == ("", "", "unknown", "")


def test_a_reference_that_a_spreadsheet_would_run_is_made_harmless_where_it_is_no_return(tmp_path):
    child = "@SUM(1)"
    run_import(write(tmp_path / "return", episode(MAY, child=child), header=(KAYLA.replace("1001", child),)))

    assert located()[0]["CHILD"] == "'@SUM(1)"


CELLS = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S"]), max_size=12)
DELIVERED = st.lists(
    st.tuples(
        st.integers(0, 3),  # which child
        st.integers(0, 700),  # from which day
        st.integers(0, 90),  # for how long; 0: no end
        st.sampled_from("SLPTBU"),
        st.sampled_from(["U6", "K2", "A5", "T1", "T3", "P1", ""]),
        st.sampled_from(["C2", "V3", ""]),
        st.sampled_from([FAR, NEAR, "", "WD10 6ZQ"]),
        CELLS,
    ),
    min_size=1,
    max_size=15,
    unique_by=lambda row: row[:2],
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(delivered=DELIVERED)
def test_importing_and_exporting_gives_the_same_rows(db, delivered):
    """Whatever is delivered and can be read: gaps, overlaps, odd orders, restricted rows, marks of any writing."""
    header = [[f"{1000 + child}", "F", "14/11/2012", "WBRI", "UN1", "", ""] for child in range(4)]
    episodes = [
        [
            f"{1000 + child}",
            day(start),
            rne,
            ls,
            "N1",
            place,
            "",
            day(start + length) if length else "",
            "X1" if length else "",
            "",
            "S65 1SB",
            postcode,
            urn,
        ]
        for child, start, length, rne, place, ls, postcode, urn in delivered
    ]
    with tempfile.TemporaryDirectory() as kept, transaction.atomic():
        folder = write(Path(kept) / "return")
        for name, heading, rows in (("Header", HEADER, header), ("Episodes", EPISODES, episodes)):
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows([heading.split(","), *rows])
        run_import(folder)
        run_export(Path(kept) / "out")
        with (Path(kept) / "out" / "Episodes.csv").open(encoding="utf-8", newline="") as file:
            written = list(csv.reader(file))[1:]
        transaction.set_rollback(True)
    assert written == episodes


def day(number: int) -> str:
    """The number of days after 1 April 2024, as the return writes it."""
    return f"{date(2024, 4, 1) + timedelta(days=number):%d/%m/%Y}"
