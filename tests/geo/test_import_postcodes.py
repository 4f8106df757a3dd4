"""Does a postcode directory come in whole or not at all, whatever its vintage, and without a gap for readers?"""

import csv
import gzip
import itertools
import zipfile
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections

from geo.exceptions import ImportRefused
from geo.importers.postcode_sources import FileSource, PackageSource
from geo.importers.postcodes import load_directory
from geo.models import Postcode, PostcodeCandidate, PostcodeDirectory
from tests.geo.sources import WrittenSource

ROTHERHAM = ("S60 1AA", "E08000018", 442732, 392677, "")
SHEFFIELD = ("S1  1AA", "E08000039", "435000", "387000", "199606")
BELFAST = ("BT1 1AA", "N09000003", 146000, 530000, "")
JERSEY = ("JE1 1AA", "L99999999", "", "", "")
NOWHERE = ("BS5 5ZR", "", "", "", "")
WHOLE = [ROTHERHAM, SHEFFIELD, BELFAST, JERSEY, NOWHERE]


def stored():
    return {row.postcode: row for row in Postcode.objects.select_related("directory")}


def catalogue():
    """What the database knows of the table: indexes, constraints, rights; without the table's own number."""
    with connection.cursor() as cursor:
        cursor.execute("select indexname, indexdef from pg_indexes where tablename = 'geo_postcode' order by 1")
        indexes = cursor.fetchall()
        cursor.execute(
            "select conname, pg_get_constraintdef(oid), convalidated from pg_constraint "
            "where conrelid = 'geo_postcode'::regclass order by 1"
        )
        constraints = cursor.fetchall()
        cursor.execute(
            "select grantee, privilege_type from information_schema.role_table_grants "
            "where table_name = 'geo_postcode' order by 1, 2"
        )
        return indexes, constraints, cursor.fetchall()


def test_rows_are_stored_as_delivered(without_postcodes):
    loaded = load_directory(WrittenSource(WHOLE))

    rows = stored()
    assert loaded.directory.rows == 5
    assert rows.keys() == {"S60 1AA", "S1 1AA", "BT1 1AA", "JE1 1AA", "BS5 5ZR"}
    assert (rows["S60 1AA"].easting, rows["S60 1AA"].northing) == (442732, 392677)
    assert rows["S60 1AA"].point.tuple == (442732.0, 392677.0)
    assert rows["S60 1AA"].point.srid == 27700
    assert rows["S60 1AA"].terminated_on is None
    assert rows["S1 1AA"].terminated_on == date(1996, 6, 1)
    assert (rows["BT1 1AA"].irish_easting, rows["BT1 1AA"].irish_northing) == (146000, 530000)
    assert rows["BT1 1AA"].easting is None
    assert rows["BT1 1AA"].point is None
    assert (rows["JE1 1AA"].district_code, rows["JE1 1AA"].point) == ("L99999999", None)
    assert (rows["BS5 5ZR"].district_code, rows["BS5 5ZR"].easting) == ("", None)


def test_the_new_table_has_the_indexes_constraints_and_rights_of_the_old(without_postcodes):
    before = catalogue()

    load_directory(WrittenSource(WHOLE))

    assert catalogue() == before
    assert {name for name, _ in before[0]} == {"geo_postcode_pkey", "postcode_point"}
    assert ("placewatch_app", "SELECT") in before[2]


def test_readers_see_the_old_directory_until_the_new_one_stands(without_postcodes):
    load_directory(WrittenSource(WHOLE))
    seen = []

    class Looking(WrittenSource):
        def rows(self, progress):
            for row in super().rows(progress):
                seen.append(sorted(Postcode.objects.values_list("postcode", flat=True)))
                yield row

    load_directory(Looking([ROTHERHAM, ("S70 1AA", "E08000038", 434000, 406000, ""), *WHOLE[2:]]))

    old = ["BS5 5ZR", "BT1 1AA", "JE1 1AA", "S1 1AA", "S60 1AA"]
    assert seen == [old] * 5
    assert sorted(stored()) == ["BS5 5ZR", "BT1 1AA", "JE1 1AA", "S60 1AA", "S70 1AA"]


def test_a_whole_directory_replaces_the_whole_one_and_leaves_local_postcodes(without_postcodes):
    load_directory(WrittenSource(WHOLE))
    load_directory(WrittenSource([("BK1 1AA", "E06000012", 600000, 460000, "")], name="Example"), is_local=True)

    load_directory(WrittenSource(WHOLE[:3], edition="February 2026"))

    rows = stored()
    assert rows.keys() == {"S60 1AA", "S1 1AA", "BT1 1AA", "BK1 1AA"}
    assert rows["BK1 1AA"].directory.name == "Example"
    assert str(rows["S60 1AA"].directory) == "Written directory, February 2026"
    standing = PostcodeDirectory.objects.filter(replaced_at=None)
    assert sorted(one.edition for one in standing if one.kind == "whole") == ["February 2026"]


def test_an_extract_stands_over_the_whole_directory_until_the_next_one(without_postcodes):
    load_directory(WrittenSource(WHOLE))

    moved = ("S60 1AA", "E08000018", 442000, 392000, "202501")
    load_directory(WrittenSource([moved], edition="an extract"))

    rows = stored()
    assert len(rows) == 5
    assert (rows["S60 1AA"].easting, rows["S60 1AA"].terminated_on) == (442000, date(2025, 1, 1))
    assert rows["S60 1AA"].directory.kind == "extract"
    load_directory(WrittenSource(WHOLE, edition="February 2026"))
    assert stored()["S60 1AA"].easting == 442732


def test_bad_rows_are_named_by_number_and_nothing_is_loaded(without_postcodes):
    load_directory(WrittenSource(WHOLE))
    bad = [
        ROTHERHAM,
        ("S60", "E08000018", 1, 1, ""),
        ("S60 1AB", "E99999998", 1, 1, ""),
        ("S60 1AD", "E08000018", "442732", "", ""),
        ("S60 1AE", "E08000018", "442732.5", "392677", ""),
        ("S60 1AF", "E08000018", "442732", "392677", "1996"),
    ]

    with pytest.raises(ImportRefused) as refused:
        load_directory(WrittenSource(bad))

    assert str(refused.value).splitlines() == [
        "written.csv was not loaded; 5 rows are wrong:",
        "row 2: 'S60' is no postcode as directories print it",
        "row 3: district 'E99999998' of S60 1AB is not in the reference; if it is new, add it to "
        "geo/reference/districts.csv and run load_reference",
        "row 4: '442732', '' is no grid reference of S60 1AD in whole metres",
        "row 5: '442732.5', '392677' is no grid reference of S60 1AE in whole metres",
        "row 6: '1996', the end of S60 1AF, is no month such as 202506",
    ]
    assert len(stored()) == 5
    assert PostcodeDirectory.objects.count() == 1


@pytest.mark.parametrize("whole_first", [False, True])
def test_a_postcode_that_stands_twice_is_named_with_both_rows(without_postcodes, whole_first):
    if whole_first:
        load_directory(WrittenSource([*WHOLE, ("S70 1AA", "E08000038", 434000, 406000, "")]))

    with pytest.raises(ImportRefused, match=r"rows 1, 2: S60 1AA stands twice"):
        load_directory(WrittenSource([ROTHERHAM, ("S601AA ".strip(), "E08000018", 1, 1, "")]))


@pytest.mark.parametrize(
    ("file", "name", "edition", "terminated_on"),
    [
        ("ONSPD_may2018.csv", "ONS Postcode Directory", "May 2018", date(1994, 5, 1)),
        ("ONSPD_aug2024.csv", "ONS Postcode Directory", "August 2024", date(1994, 5, 1)),
        ("ONSPD_nov2025.csv", "ONS Postcode Directory", "November 2025", date(1996, 6, 1)),
        ("NSPL_nov2025.csv", "National Statistics Postcode Lookup", "November 2025", None),
    ],
)
def test_every_vintage_is_read_by_its_headers(without_postcodes, shared_data, file, name, edition, terminated_on):
    path = shared_data / "postcodes" / "header_samples" / file
    with path.open(encoding="utf-8-sig", newline="") as lines:
        delivered = list(csv.reader(lines))[1:]

    source = FileSource(path)
    load_directory(source)

    rows = stored()
    first = rows[delivered[0][2]]
    assert (source.name, source.edition) == (name, edition)
    assert len(rows) == len(delivered)
    assert first.terminated_on == terminated_on
    assert first.directory.tells_termination


def test_every_published_heading_is_understood(shared_data, tmp_path):
    import json

    headings = json.loads((shared_data / "postcodes" / "header_samples" / "column_headers_by_vintage.json").read_text())
    for product, name in (("ONSPD", "ONS Postcode Directory"), ("NSPL", "National Statistics Postcode Lookup")):
        for heading in headings[product].values():
            path = tmp_path / "directory.csv"
            path.write_text(",".join(heading))
            source = FileSource(path)
            assert source.name == name
            assert heading[source.columns["postcode"]] == "pcds"
            assert heading[source.columns["terminated"]] == "doterm"


@pytest.mark.parametrize("packing", ["gz", "zip"])
def test_packed_files_are_read_too(without_postcodes, shared_data, tmp_path, packing):
    plain = (shared_data / "postcodes" / "header_samples" / "ONSPD_nov2025.csv").read_bytes()
    path = tmp_path / f"ONSPD_NOV_2025.{packing}"
    if packing == "gz":
        path.write_bytes(gzip.compress(plain))
    else:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("Data/ONSPD_NOV_2025_UK.csv", plain)
            archive.writestr("Documents/names.csv", "a,b\n")

    load_directory(FileSource(path))

    assert "AB1 0AA" in stored()


def test_a_file_that_is_no_directory_is_refused(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("pcds,name\nS60 1AA,x\n")

    with pytest.raises(ImportRefused, match=r"names no column oslaua or laua or .*, no column oseast1m or east1m"):
        FileSource(path)


def test_a_row_without_a_grid_reference_by_its_quality_has_no_point(tmp_path):
    path = tmp_path / "ONSPD_FEB_2026_UK.csv"
    path.write_text("pcds,doterm,lad25cd,east1m,north1m,gridind\nS60 1AA,,E08000018,442732,0392677,9\n")

    assert list(FileSource(path).rows(lambda _: None)) == [("S60 1AA", "E08000018", "", "", "", "")]


def test_the_package_is_read_without_losing_a_blank():
    """Shetland is the last letter: no row of it lacks a district; the first rows of B do."""
    source = PackageSource()
    source.files = [file for file in source.files if file.name.startswith("postcodes_Z")]
    shetland = list(source.rows(lambda _: None))

    assert {row[1] for row in shetland} == {"S12000027"}
    assert all(isinstance(row[2], int) for row in shetland)
    source = PackageSource()
    source.files = [file for file in source.files if file.name.startswith("postcodes_J")]
    assert {row[1:] for row in source.rows(lambda _: None)} == {("L99999999", "", "", "", "")}


def test_the_command_does_not_load_the_package_over_a_directory_that_stands(without_postcodes):
    load_directory(WrittenSource(WHOLE))
    PostcodeDirectory.objects.using("owner").update(rows=2_700_000)
    said = StringIO()

    call_command("import_postcodes", stdout=said)

    assert said.getvalue() == (
        "Written directory, January 2026 is loaded already, from written.csv; nothing was changed.\n"
    )


def test_candidates_are_loaded_whole_or_not_at_all(without_postcodes, tmp_path):
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text("postcode,authority,addresses\ns60 1aa,372,12\nS60 1AA,E08000016,3\n")
    bad.write_text("postcode,authority,addresses\nS60 1AA,372,12\nS60,372,1\nS61 1AA,nobody,1\nS62 1AA,372,none\n")

    call_command("import_postcodes", candidates=good, stdout=StringIO())
    with pytest.raises(CommandError) as refused:
        call_command("import_postcodes", candidates=bad, stdout=StringIO())

    assert [line.split(":")[0] for line in str(refused.value).splitlines()[1:]] == ["line 3", "line 4", "line 5"]
    assert sorted(PostcodeCandidate.objects.values_list("authority__name", "addresses")) == [
        ("Barnsley", 3),
        ("Rotherham", 12),
    ]


def test_progress_runs_to_the_end_of_the_file(shared_data):
    source = FileSource(shared_data / "postcodes" / "onspd_nov2025_uk_sample.csv")
    steps = []

    rows = list(itertools.chain(source.rows(steps.append)))

    assert len(rows) == 5_062
    assert sum(steps) == source.size


def test_a_load_leaves_no_table_behind(without_postcodes):
    load_directory(WrittenSource(WHOLE))
    load_directory(WrittenSource([ROTHERHAM], edition="an extract"))

    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "select relname from pg_class where relname like '%postcode_new%' or relname like 'new_%postcode%'"
        )
        assert cursor.fetchall() == []
