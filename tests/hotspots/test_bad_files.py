"""Has every file of the collection of bad uploads its one strict answer?"""

import csv

import pytest

from hotspots.exceptions import FileRefused
from hotspots.models import Hotspot
from tests.hotspots.world import ROTHERHAM, acting, load

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
    "kml_internal_entity.kml": "not GeoJSON",
    "kml_external_entity.kml": "not GeoJSON",
    "kml_network_link.kml": "not GeoJSON",
    "kml_no_namespace.kml": "not GeoJSON",
    "zip_path_traversal.zip": "not text in UTF-8",
    "zip_shp_missing_shx_dbf.zip": "not text in UTF-8",
}
OTHER_FORMATS = {
    "hotspots.kml": "not GeoJSON",
    "hotspots.kmz": "not text in UTF-8",
    "hotspots_27700.gpkg": "not text in UTF-8",
    "hotspots_27700_legacy_crs.geojson": LOADS,
    "hotspots_27700_no_prj_shp.zip": "not text in UTF-8",
    "hotspots_27700_shp.zip": "not text in UTF-8",
    "hotspots_27700_wkt.csv": "not GeoJSON",
    "hotspots_4326_shp.zip": "not text in UTF-8",
    "hotspots_mapinfo_tab.zip": "not text in UTF-8",
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


@pytest.mark.parametrize("name", OTHER_FORMATS)
def test_another_format_is_refused_and_the_old_geojson_is_taken(shared_data, name):
    require_answer(shared_data / "hotspots" / "formats" / name, OTHER_FORMATS[name])


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
