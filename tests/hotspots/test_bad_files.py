"""Has every file of the collection of bad uploads its one strict answer?"""

import csv
import json
from pathlib import Path

import pytest
import shapely

from db import clock
from hotspots.exceptions import FileRefused
from hotspots.files.importing import import_file
from hotspots.models import Hotspot, Version
from tests.hotspots.world import ROTHERHAM, acting, authority, load

pytestmark = pytest.mark.django_db

LOADS = None
# The answer to each file: LOADS, or words of the refusal. Where the collection leaves a choice, the strict one.
ANSWERS = {
    "bowtie_self_intersection.geojson": "self-intersection at",
    "lat_lon_swapped.geojson": "longitude and latitude swapped",
    "unclosed_ring.geojson": "not closed",
    "too_few_points.geojson": "3 positions",
    "bng_coordinates_without_crs.geojson": "--crs 27700",
    "web_mercator_legacy_crs.geojson": "coordinate system",
    "points_and_lines_only.geojson": "a Point",
    "geometry_collection.geojson": "a GeometryCollection",
    "three_dimensional.geojson": LOADS,
    "null_geometry.geojson": "no geometry",
    "empty_collection.geojson": "no features",
    "whole_of_england.geojson": "square kilometres",
    "outside_uk.geojson": "outside Great Britain",
    "clockwise_outer_ring.geojson": LOADS,
    "script_in_name.geojson": LOADS,
    "truncated.geojson": "not whole JSON",
    "utf16_bom.geojson": "not text in UTF-8",
    "kml_internal_entity.kml": "DOCTYPE",
    "kml_external_entity.kml": "DOCTYPE",
    "kml_network_link.kml": "NetworkLink",
    "kml_no_namespace.kml": "KML's namespace",
    "zip_path_traversal.zip": "leaves the folder",
    "zip_shp_missing_shx_dbf.zip": r"\.shx and \.dbf missing",
}
FORMATS = {
    "hotspots.kml": LOADS,
    "hotspots.kmz": LOADS,
    "hotspots_27700.gpkg": LOADS,
    "hotspots_27700_legacy_crs.geojson": LOADS,
    "hotspots_27700_no_prj_shp.zip": "by command: --crs 27700",
    "hotspots_27700_shp.zip": LOADS,
    "hotspots_27700_wkt.csv": r"This is CSV\. Accepted are GeoJSON",
    "hotspots_4326_shp.zip": LOADS,
    "hotspots_mapinfo_tab.zip": r"This is MapInfo TAB, .* Accepted are GeoJSON",
}


def require_answer(path, answer):
    if answer is LOADS:
        assert load(ROTHERHAM, content=path.read_bytes()).added > 0
        return
    with pytest.raises(FileRefused, match=answer):
        load(ROTHERHAM, content=path.read_bytes())
    with acting(ROTHERHAM):
        assert not Hotspot.objects.exists()


@pytest.mark.parametrize("name", ANSWERS)
def test_a_bad_file_gets_its_one_answer(shared_data, name):
    require_answer(shared_data / "hotspots" / "bad" / name, ANSWERS[name])


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_of_each_format_gets_its_one_answer(shared_data, name):
    require_answer(shared_data / "hotspots" / "formats" / name, FORMATS[name])


def test_every_file_has_its_answer_here_and_in_the_documentation(shared_data):
    written = (Path(__file__).parents[2] / "docs" / "importing.md").read_text(encoding="utf-8")
    for folder, answers in (("bad", ANSWERS), ("formats", FORMATS)):
        files = {path.name for path in (shared_data / "hotspots" / folder).iterdir()} - {"expected.csv"}
        assert files == answers.keys()
        for name, answer in answers.items():
            (line,) = [line for line in written.splitlines() if f"`{name}`" in line]
            assert ("| loads" in line) == (answer is LOADS)


def in_metres(code):
    """Each area of an authority: its reference, name, kind and days, and its shape."""
    with acting(code):
        return {
            version.hotspot.reference: version
            for version in Version.objects.filter(superseded_at=None).select_related("hotspot")
        }


@pytest.mark.parametrize("name", [name for name, answer in FORMATS.items() if answer is LOADS])
def test_every_format_says_the_same_of_the_same_areas(shared_data, name):
    """The rows as the GeoJSON in metres delivers them; through degrees, within two metres (Proj has no OSTN15 here)."""
    whole = (shared_data / "hotspots" / "formats" / "hotspots_27700_legacy_crs.geojson").read_bytes()
    expected = {
        row["properties"]["ref"]: row
        for row in json.loads(whole)["features"]
        if row["properties"]["owner_gss"] == ROTHERHAM
    }
    imported = load(ROTHERHAM, content=(shared_data / "hotspots" / "formats" / name).read_bytes())
    found = in_metres(ROTHERHAM)
    assert imported.added == len(expected)
    assert found.keys() == expected.keys()
    for reference, row in expected.items():
        version, said = found[reference], row["properties"]
        assert (version.name, version.concern) == (said["name"], said["theme"])
        assert str(version.first_supported_on) == said["valid_from"]
        assert version.received["severity"] == said["severity"]
        delivered = shapely.geometry.shape(row["geometry"])
        stored = shapely.from_wkb(bytes(version.shape.wkb))
        assert stored.hausdorff_distance(delivered) < 2.5
        if "27700" in name:
            assert stored.hausdorff_distance(delivered) == 0


def test_a_shapefile_without_a_system_loads_when_the_sender_states_one(shared_data):
    content = (shared_data / "hotspots" / "formats" / "hotspots_27700_no_prj_shp.zip").read_bytes()
    with acting(ROTHERHAM) as by:
        stated = import_file(content, owner=authority(ROTHERHAM), srid=27700, by=by, at=clock.now())
    with_prj = load(ROTHERHAM, content=(shared_data / "hotspots" / "formats" / "hotspots_27700_shp.zip").read_bytes())
    assert stated.added == with_prj.unchanged > 0


def test_the_table_is_whole_and_differs_nowhere_from_what_was_expected(shared_data):
    with open(shared_data / "hotspots" / "bad" / "expected.csv", encoding="utf-8", newline="") as file:
        expected = {row["file"]: row["expected"] for row in csv.DictReader(file)}
    assert expected.keys() == ANSWERS.keys()
    for name, choices in expected.items():
        wanted_to_load = ANSWERS[name] is LOADS
        assert wanted_to_load == (choices == "accept"), name


def test_heights_are_dropped_with_a_warning(shared_data):
    content = (shared_data / "hotspots" / "bad" / "three_dimensional.geojson").read_bytes()
    assert "Row 1: its heights were left out; an area is flat." in load(ROTHERHAM, content=content).notes
