"""Do the reviewed tables hold what the sources say, and does the database refuse what cannot be?"""

import csv
import shutil
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.db.utils import ProgrammingError

from geo.exceptions import ImportRefused
from geo.ground import current_ground
from geo.importers.reference import REFERENCE, authority_id, load_reference
from geo.models import Adjoining, Authority, AuthorityCode, DistrictCode, Succession

LATEST = date(2026, 11, 21)
IN_BEING = Q(ends_on__isnull=True)


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.django_db
def test_all_218_authorities_are_there_and_153_are_english():
    assert Authority.objects.filter(IN_BEING).count() == 218
    assert Authority.objects.filter(IN_BEING, country="england").count() == 153
    assert Authority.objects.exclude(IN_BEING).count() == 5


@pytest.mark.django_db
def test_codes_and_names_are_those_of_the_crosswalk(shared_data):
    ground = current_ground()
    for row in rows_of(shared_data / "crosswalk" / "la_crosswalk.csv"):
        authority = ground.authorities[ground.codes[row["gss_code"]][-1].authority_id]
        assert authority.name == row["name"]
        assert authority.get_country_display() == row["country"]
        assert ground.code(authority, "gss", LATEST) == row["gss_code"]
        assert ground.code(authority, "dfe", LATEST) == row["dfe_la_code"]


@pytest.mark.django_db
def test_every_code_that_the_department_published_since_2013_is_known(shared_data):
    ground = current_ground()
    for row in rows_of(shared_data / "crosswalk" / "la_codes_seen_in_dfe_releases.csv"):
        by_gss, by_dfe = (
            {held.authority_id for held in ground.codes[row[column]]} for column in ("gss_code", "dfe_la_code")
        )
        assert by_gss == by_dfe, row


@pytest.mark.django_db
def test_pairs_in_being_are_the_published_528(shared_data):
    ground = current_ground()
    published = {}
    for row in rows_of(shared_data / "boundaries" / "utla_adjacency_2025.csv"):
        pair = frozenset(ground.codes[row[column]][-1].authority_id for column in ("code_a", "code_b"))
        published[pair] = row["basis"]

    kept = {
        frozenset((pair.authority_low_id, pair.authority_high_id)): pair.basis
        for pair in Adjoining.objects.filter(authority_low__ends_on=None, authority_high__ends_on=None)
    }

    assert len(published) == 528
    assert kept == published


@pytest.mark.django_db
def test_every_district_lies_where_the_lookup_puts_it(shared_data):
    ground = current_ground()
    for row in rows_of(shared_data / "crosswalk" / "lad25_to_ctyua25.csv"):
        (authority,) = ground.authorities_of_district(row["LAD25CD"], LATEST)
        assert ground.code(authority, "gss", LATEST) == row["CTYUA25CD"]


def test_an_authority_has_the_same_uuid_in_every_installation():
    assert str(authority_id("rotherham")) == "9f577539-309b-5fde-97b8-651301d2af97"


def test_loading_twice_changes_nothing(committing):
    tables = (Authority, AuthorityCode, Adjoining, DistrictCode, Succession)
    before = [set(table.objects.values_list()) for table in tables]

    load_reference()

    assert [set(table.objects.values_list()) for table in tables] == before


def test_a_wrong_row_is_named_with_file_line_column_value_and_reason_and_nothing_is_loaded(committing, tmp_path):
    folder = shutil.copytree(REFERENCE, tmp_path / "reference")
    with (folder / "adjoining.csv").open("a") as file:
        file.write("rotherham,atlantis,land,,,invented\nrotherham,rotherham,bridge,,1999,invented\n")
    (folder / "successions.csv").write_text("predecessor,successor,on,source\n")

    with pytest.raises(ImportRefused) as refused:
        load_reference(folder=folder)

    assert refused.value.faults == [
        "adjoining.csv, line 553, adjoins, 'atlantis': no authority of this folder has this slug",
        "adjoining.csv, line 554, basis, 'bridge': must be one of land, tidal_water",
        "adjoining.csv, line 554, ends_on, '1999': must be a date such as 2023-04-01",
        "adjoining.csv, line 554, adjoins, 'rotherham': no authority adjoins itself",
    ]
    assert Succession.objects.count() == 8


def test_a_row_taken_out_of_the_folder_goes_and_another_folders_rows_stay(committing, tmp_path):
    invented = tmp_path / "invented"
    invented.mkdir()
    for name, text in {
        "authorities.csv": "slug,name,kind,country,starts_on,ends_on,adjoining_reviewed_on,source\n"
        "here,Here,unitary,england,,,2026-01-01,invented\nthere,There,unitary,england,,,2026-01-01,invented\n",
        "authority_codes.csv": "authority,scheme,code,starts_on,ends_on\nhere,gss,X06000001,,\nthere,gss,X06000002,,\n",
        "names.csv": "authority,name,source\n",
        "successions.csv": "predecessor,successor,on,source\n",
        "adjoining.csv": "authority,adjoins,basis,starts_on,ends_on,source\nhere,there,land,,,invented\n",
        "districts.csv": "code,name,authority,starts_on,ends_on\nX06000001,Here,here,,\n",
    }.items():
        (invented / name).write_text(text)
    load_reference(folder=invented)
    (invented / "adjoining.csv").write_text("authority,adjoins,basis,starts_on,ends_on,source\n")

    load_reference(folder=invented)
    load_reference()

    assert not Adjoining.objects.filter(authority_low__slug__in=["here", "there"]).exists()
    assert Authority.objects.filter(slug="here").exists()
    assert Adjoining.objects.count() == 551


def test_a_change_is_seen_by_a_process_that_keeps_a_copy(committing):
    before = current_ground()

    Authority.objects.using("owner").filter(slug="rotherham").update(name="Rotherham Borough")

    assert current_ground().version != before.version
    assert current_ground().authorities[authority_id("rotherham")].name == "Rotherham Borough"
    assert current_ground() is current_ground()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "table",
    [
        "authority",
        "authoritycode",
        "authorityname",
        "succession",
        "adjoining",
        "districtcode",
        "groundversion",
        "postcodedirectory",
        "postcode",
        "postcodecandidate",
        "boundaryedition",
        "boundary",
    ],
)
def test_the_service_reads_the_ground_and_cannot_change_it(table):
    rows = connection.ops.quote_name(f"geo_{table}")
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {rows}")  # noqa: S608, the name is one of the list above
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            cursor.execute(f"delete from {rows}")  # noqa: S608


def refused_by(constraint: str, row) -> None:
    """The database refuses the row, by the constraint of this name."""
    with pytest.raises(IntegrityError, match=constraint):
        row.save(using="owner")


def test_the_database_refuses_what_cannot_be(committing):
    rotherham, sheffield = (authority_id(slug) for slug in ("rotherham", "sheffield"))
    low, high = sorted((rotherham, sheffield))

    refused_by("authority_code_one_per_day", AuthorityCode(authority_id=sheffield, scheme="gss", code="E08000018"))
    refused_by(
        "authority_bears_one_code_of_a_scheme_per_day",
        AuthorityCode(authority_id=rotherham, scheme="gss", code="E08999999"),
    )
    refused_by(
        "authority_code_ends_after_start",
        AuthorityCode(
            authority_id=rotherham,
            scheme="dfe",
            code="999",
            starts_on=date(2026, 1, 2),
            ends_on=date(2026, 1, 1),
        ),
    )
    refused_by(
        "adjoining_pair_stands_once_and_never_itself",
        Adjoining(authority_low_id=high, authority_high_id=low, basis="land", source="x"),
    )
    refused_by(
        "adjoining_pair_stands_once_and_never_itself",
        Adjoining(authority_low_id=low, authority_high_id=low, basis="land", source="x"),
    )
    refused_by(
        "adjoining_one_basis_per_day",
        Adjoining(authority_low_id=low, authority_high_id=high, basis="tidal_water", source="x"),
    )
    refused_by(
        "succession_is_to_another_authority",
        Succession(predecessor_id=low, successor_id=low, on=date(2026, 4, 1), source="x"),
    )
    refused_by("district_code_one_authority_per_day", DistrictCode(code="E08000018", name="x", authority_id=sheffield))
    refused_by(
        "authority_lies_in_the_united_kingdom",
        Authority(id=authority_id("sark"), slug="sark", name="Sark", kind="unitary", country="crown_dependency"),
    )
    refused_by(
        "authority_ends_after_start",
        Authority(
            id=authority_id("brief"),
            slug="brief",
            name="Brief",
            kind="unitary",
            country="england",
            starts_on=date(2026, 1, 1),
            ends_on=date(2026, 1, 1),
        ),
    )
