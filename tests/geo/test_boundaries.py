"""Do boundaries come in as published, are they compared with the postcodes, and do they give evidence only when they agree?"""

import json
from datetime import date
from io import StringIO

import pytest
import shapely
from django.core.management import CommandError, call_command

from geo.areas import authority_by_code
from geo.importers.boundary_files import edition_named, read_boundaries
from geo.importers.postcodes import load_directory
from geo.models import Boundary, BoundaryEdition, BoundaryPiece
from geo.place import places_of_points, places_of_postcodes
from tests.geo.sources import WrittenSource

MAY_2025 = date(2025, 5, 1)
ROTHERHAM, SHEFFIELD = "E08000018", "E08000039"
# Three of North Yorkshire's and Lancashire's kind: two districts of Lancashire, one unitary authority beside them.
BURNLEY, PENDLE, BLACKBURN = "E07000117", "E07000122", "E06000008"


def square(code, west, south, width=1_000, column="LAD25CD", **more):
    ring = [[west, south], [west + width, south], [west + width, south + width], [west, south + width], [west, south]]
    return {
        "type": "Feature",
        "properties": {column: code, "LAD25NM": "any name"} | more,
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def written(tmp_path, *features, name="LAD_MAY_2025.geojson"):
    path = tmp_path / name
    grid = {"type": "name", "properties": {"name": "EPSG:27700"}}
    path.write_text(json.dumps({"type": "FeatureCollection", "crs": grid, "features": features}), encoding="utf-8")
    return path


def command(*arguments, **options):
    said = StringIO()
    call_command("import_boundaries", *arguments, stdout=said, **options)
    return said.getvalue()


@pytest.fixture
def two_postcodes(without_postcodes):
    load_directory(
        WrittenSource([("S60 1AA", ROTHERHAM, 440_500, 390_500, ""), ("S1 1AA", SHEFFIELD, 441_500, 390_500, "")])
    )


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("CTYUA_DEC_2024_UK_BUC", date(2024, 12, 1)),
        ("LAD_MAY_2025_UK_BGC_V2", date(2025, 5, 1)),
        ("Counties_and_Unitary_Authorities_December_2024_Boundaries", date(2024, 12, 1)),
        ("bdline_gb", None),
        ("DECEMBER", None),
    ],
)
def test_the_day_of_an_edition_is_read_from_its_name(name, day):
    assert edition_named(name) == day


def test_districts_are_put_together_to_their_authority(without_postcodes, tmp_path):
    path = written(
        tmp_path,
        square(BURNLEY, 380_000, 430_000),
        square(PENDLE, 381_000, 430_000),
        square(BLACKBURN, 379_000, 430_000),
    )
    found = read_boundaries(path, edition_on=MAY_2025)
    assert {authority.name: shape.area for authority, shape in found.shapes.items()} == {
        "Lancashire": 2_000_000,
        "Blackburn with Darwen": 1_000_000,
    }
    lancashire = found.shapes[authority_by_code("E10000017")]
    assert len(lancashire.geoms) == 1


def test_an_old_code_is_the_same_authority_on_its_day(without_postcodes, tmp_path):
    path = written(tmp_path, square("E08000019", 430_000, 380_000, column="CTYUA24CD"))
    (sheffield,) = read_boundaries(path, edition_on=date(2024, 12, 1)).shapes
    assert sheffield == authority_by_code(SHEFFIELD)


@pytest.mark.parametrize(
    ("feature", "reason"),
    [
        (
            square("E99999999", 440_000, 390_000),
            "Row 2: No authority or district of 2025-05-01 has the code 'E99999999'",
        ),
        (square(ROTHERHAM, 440_000, 390_000, column="NAME"), "Row 2: It has no code"),
        (square(ROTHERHAM, 440_000, 390_000, CTYUA25CD="E08000018"), "Row 2: It has no code"),
        (square(None, 440_000, 390_000), "Row 2: It has no code"),
        (square(ROTHERHAM, 440_000, 390_000) | {"geometry": None}, "Row 2: It has no geometry"),
        (square(ROTHERHAM, 700_000, 390_000), "Row 2: It lies outside the United Kingdom"),
        (
            square(ROTHERHAM, 0, 0)
            | {"geometry": {"type": "Polygon", "coordinates": [[[0, 0], [9, 9], [9, 0], [0, 9], [0, 0]]]}},
            r"Row 2: It is not a valid area: self-intersection at \(4.5, 4.5\)",
        ),
    ],
)
def test_one_bad_row_refuses_the_whole_file_and_nothing_is_mended(without_postcodes, tmp_path, feature, reason):
    path = written(tmp_path, square(SHEFFIELD, 441_000, 390_000), feature)
    with pytest.raises(CommandError, match=reason):
        command(path)
    assert not BoundaryEdition.objects.filter(name="LAD_MAY_2025").exists()


def test_an_edition_is_loaded_without_giving_evidence_then_switched(two_postcodes, tmp_path):
    path = written(tmp_path, square(ROTHERHAM, 440_000, 390_000), square(SHEFFIELD, 441_000, 390_000))
    said = command(path)
    assert "2 authorities from 2 rows" in said
    assert "Of 2 postcodes 100.000% lie in their own authority's boundary" in said
    edition = BoundaryEdition.objects.get(name="LAD_MAY_2025")
    assert (edition.edition_on, edition.is_active, edition.agreeing) == (MAY_2025, False, 2)
    assert len(edition.sha256) == 64
    assert places_of_postcodes(["S60 1AA"], MAY_2025)["S60 1AA"].source == "Written directory, January 2026"

    assert "gives evidence from now on" in command(edition="LAD_MAY_2025", activate=True)

    place = places_of_postcodes(["S60 1AA"], MAY_2025)["S60 1AA"]
    assert place.source == "Written directory, January 2026; confirmed by LAD_MAY_2025 (2025-05-01)"
    (point,) = places_of_points([(441_500, 390_100)], MAY_2025)
    assert point.host == authority_by_code(SHEFFIELD)
    with pytest.raises(CommandError, match="gives evidence now"):
        command(path)

    assert "no evidence any more" in command(edition="LAD_MAY_2025", deactivate=True)
    assert places_of_postcodes(["S60 1AA"], MAY_2025)["S60 1AA"].source == "Written directory, January 2026"


def test_a_conflict_with_the_directory_is_shown_and_nothing_is_guessed(two_postcodes, tmp_path):
    """Sheffield's only postcode lies in what the edition calls Rotherham's: too many for evidence, unless switched past it."""
    path = written(tmp_path, square(ROTHERHAM, 440_000, 390_000, width=2_000), square(SHEFFIELD, 450_000, 390_000))
    said = command(path)
    assert "50.000%" in said
    assert "Sheffield: 1 in another's, 0 in none" in said
    with pytest.raises(CommandError, match=r"puts 50.00% of 2 postcodes .* too coarse to be evidence"):
        command(edition="LAD_MAY_2025", activate=True)
    BoundaryEdition.objects.using("owner").update(is_active=True)
    place = places_of_postcodes(["S1 1AA"], MAY_2025)["S1 1AA"]
    assert place.host is None
    assert place.reason == (
        "It is not certain whose area this is. Possible: Rotherham (boundary), Sheffield (postcode directory)."
    )


def test_a_new_edition_takes_the_place_of_the_old_one(two_postcodes, tmp_path):
    squares = (square(ROTHERHAM, 440_000, 390_000), square(SHEFFIELD, 441_000, 390_000))
    command(written(tmp_path, *squares), activate=True)
    said = command(written(tmp_path, *squares, name="LAD_DEC_2025.geojson"), activate=True)
    assert "LAD_DEC_2025 (2025-12-01) gives evidence from now on, in place of LAD_MAY_2025 (2025-05-01)" in said
    active = BoundaryEdition.objects.filter(is_active=True, name__startswith="LAD")
    assert [one.name for one in active] == ["LAD_DEC_2025"]
    assert "LAD_MAY_2025 (2025-05-01): loaded, gives no evidence; 100.000% of postcodes agree" in command()


def test_without_postcodes_to_compare_with_there_is_no_evidence(without_postcodes, tmp_path):
    path = written(tmp_path, square(ROTHERHAM, 440_000, 390_000))
    assert "compared with nothing" in command(path)
    with pytest.raises(CommandError, match="Import the postcodes first"):
        command(edition="LAD_MAY_2025", activate=True)


def test_an_edition_without_a_day_asks_for_it(without_postcodes, tmp_path):
    path = written(tmp_path, square(ROTHERHAM, 440_000, 390_000), name="areas.geojson")
    with pytest.raises(CommandError, match="--on 2025-05-01"):
        command(path)
    with pytest.raises(CommandError, match="0 editions are called 'nothing'"):
        command(edition="nothing", activate=True)
    with pytest.raises(CommandError, match="cannot be read"):
        command(tmp_path / "missing.geojson", on=MAY_2025)


@pytest.mark.parametrize(
    "name",
    [
        "CTYUA_DEC_2024_UK_BUC.geojson",
        "formats/CTYUA_DEC_2024_UK_BUC_27700.gpkg",
        "formats/CTYUA_DEC_2024_UK_BUC_27700_shp.zip",
    ],
)
def test_the_published_file_says_the_same_in_every_format(shared_data, without_postcodes, name):
    found = read_boundaries(shared_data / "boundaries" / name, edition_on=date(2024, 12, 1))
    assert (len(found.shapes), found.rows) == (218, 218)
    rotherham = found.shapes[authority_by_code(ROTHERHAM)]
    # ONS's own standard area measurement of Rotherham: 28,653 hectares; generalised to 500 m here.
    assert rotherham.area == pytest.approx(286_530_000, rel=0.01)


def test_the_districts_of_the_kingdom_are_its_upper_tier(shared_data, without_postcodes):
    found = read_boundaries(shared_data / "boundaries" / "lad_2025_uk_simplified.geojson", edition_on=MAY_2025)
    assert (len(found.shapes), found.rows) == (218, 361)
    whole = read_boundaries(shared_data / "boundaries" / "utla_2025_uk_light.geojson", edition_on=MAY_2025)
    for authority, shape in whole.shapes.items():
        both = shapely.intersection(shape, found.shapes[authority]).area
        assert both / shape.area > 0.9, authority.name


def test_os_boundary_line_comes_in_with_its_own_columns(shared_data, without_postcodes):
    path = shared_data / "boundaries" / "formats" / "os_boundary_line_sample" / "district_borough_unitary_region.shp"
    found = read_boundaries(path, edition_on=MAY_2025)
    assert {authority.name for authority in found.shapes} == {
        "Bromley", "Croydon", "Lambeth", "Merton", "Southwark", "Surrey", "Sutton",
    }  # fmt: skip


def test_the_pieces_of_a_boundary_are_the_boundary(shared_data, without_postcodes):
    command(shared_data / "boundaries" / "formats" / "CTYUA_DEC_2024_UK_BUC_27700.gpkg")
    for boundary in Boundary.objects.filter(edition__name__startswith="CTYUA")[:20]:
        pieces = BoundaryPiece.objects.filter(boundary=boundary)
        assert sum(piece.shape.area for piece in pieces) == pytest.approx(boundary.shape.area)
        assert all(piece.shape.num_coords <= 256 for piece in pieces)
