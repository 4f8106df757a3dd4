"""Does an owner's file become areas of concern: whole or not at all, once, and as versions?"""

import json
from datetime import date
from hashlib import sha256
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from audit.models import LogEntry
from db import clock
from hotspots import actions
from hotspots.exceptions import FileRefused
from hotspots.models import Agreement, Coverage, Hotspot, Share, StateChange, Version
from tests.hotspots.world import (
    BARNSLEY,
    DONCASTER,
    ROTHERHAM,
    SHEFFIELD,
    acting,
    authority,
    file,
    hotspot,
    load,
    polygon,
    square,
)

pytestmark = pytest.mark.django_db


def versions(code, reference="A1"):
    with acting(code):
        return list(Version.objects.filter(hotspot__reference=reference).order_by("number"))


def command(content, tmp_path, **options):
    path = tmp_path / "areas.geojson"
    path.write_bytes(content)
    said = StringIO()
    call_command("import_hotspots", path, stdout=said, **{"authority": ROTHERHAM, **options})
    return said.getvalue()


def test_a_row_says_what_the_owner_wrote():
    load(
        ROTHERHAM,
        square(
            name="Canal Street",
            theme="drug_supply",
            valid_from="2025-05-01",
            valid_to="2025-10-31",
            last_supported_on="2025-09-30",
            originator="Norrowshire Police",
            conditions="not to carers",
            narrative="what is known",
            severity="high",
            incidents_12m=145,
            source="a list",
        ),
    )
    (version,) = versions(ROTHERHAM)
    assert (version.number, version.name, version.concern) == (1, "Canal Street", "drug_supply")
    assert (version.first_supported_on, version.last_supported_on) == (date(2025, 5, 1), date(2025, 9, 30))
    assert (version.review_on, version.expires_on) == (date(2025, 10, 31), None)
    assert (version.originator, version.conditions) == ("Norrowshire Police", "not to carers")
    assert version.narrative == "what is known"
    assert version.received == {"severity": "high", "incidents_12m": 145, "source": "a list"}
    assert version.recorded_by == "Operator"
    assert version.shape.wkt == (
        "MULTIPOLYGON (((440000 390000, 440200 390000, 440200 390200, 440000 390200, 440000 390000)))"
    )


def test_degrees_become_metres_of_the_national_grid():
    """Herne Bay, TR 143 599, a worked example of the Ordnance Survey's own transformation: within 5 m of it."""
    corner = (1.072628, 51.297880)
    ring = [[corner[0] + x, corner[1] + y] for x, y in [(0, 0), (0.01, 0), (0.01, 0.01), (0, 0.01), (0, 0)]]
    degrees = {"type": "Polygon", "coordinates": [ring]}
    load(ROTHERHAM, content=file(square(geometry=degrees), crs=None))
    (version,) = versions(ROTHERHAM)
    east, north = version.shape[0][0][0]
    assert version.shape.srid == 27700
    assert abs(east - 614_300) < 5
    assert abs(north - 159_900) < 5


def test_new_areas_are_drafts():
    load(ROTHERHAM, square())
    assert hotspot(ROTHERHAM, "A1").state == Hotspot.State.DRAFT


def test_the_same_file_twice_changes_nothing():
    first = load(ROTHERHAM, square(name="Canal Street"), square("A2"))
    again = load(ROTHERHAM, square(name="Canal Street"), square("A2"))
    assert (first.added, first.changed, first.unchanged) == (2, 0, 0)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 2)
    assert again.hotspot_ids == first.hotspot_ids
    assert len(versions(ROTHERHAM)) == 1


@pytest.mark.parametrize(
    "changed",
    [{"name": "Another"}, {"valid_to": "2027-07-09"}, {"severity": "low"}, {"geometry": polygon(width=201)}],
    ids=["name", "review date", "what was received", "shape"],
)
def test_a_changed_row_is_a_new_version_and_the_old_one_stands_superseded(changed):
    load(ROTHERHAM, square(name="Canal Street", severity="high"))
    imported = load(ROTHERHAM, square(**{"name": "Canal Street", "severity": "high"} | changed))
    old, new = versions(ROTHERHAM)
    assert (imported.added, imported.changed, imported.unchanged) == (0, 1, 0)
    assert (old.number, new.number) == (1, 2)
    assert old.superseded_at == new.recorded_at
    assert new.superseded_at is None


def test_an_area_that_the_file_does_not_mention_stays_as_it_is():
    load(ROTHERHAM, square("A1"))
    load(ROTHERHAM, square("A2"))
    assert versions(ROTHERHAM, "A1")[0].superseded_at is None


def test_a_row_of_another_owner_is_left_out_and_named_and_the_others_load():
    imported = load(ROTHERHAM, square("A1", owner_gss=SHEFFIELD), square("A2", owner_gss=ROTHERHAM))
    assert imported.notes == ("Row 1 ('A1') was left out: it is Sheffield's.",)
    assert imported.added == 1
    assert hotspot(ROTHERHAM, "A2")


def test_an_owner_is_known_by_the_departments_number_too_written_as_a_number():
    imported = load(ROTHERHAM, square("A1", owner_gss=373), square("A2", owner_gss=372), square("A3", owner_gss=None))
    assert imported.notes == ("Row 1 ('A1') was left out: it is Sheffield's.",)
    assert imported.added == 2


def test_an_old_code_of_the_owner_is_still_the_owner():
    imported = load(BARNSLEY, square(owner_gss="E08000016"))
    assert imported.added == 1


@pytest.mark.parametrize(
    ("feature", "reason"),
    [
        (square("") | {"properties": {}}, "It has no reference"),
        (square(reference=True), "It has no reference"),
        (square("A" * 201), "longer than 200 characters"),
        (square("A\u202e1"), "direction of writing"),
        (square(name="a\x00b"), "control characters"),
        (square(name="\ud800"), "control characters"),
        (square(name=7), "Its name is not a text"),
        (square(name="x" * 20_001), "longer than 20,000 characters"),
        (square(valid_to="31/10/2025"), "Its valid_to is not a date"),
        (square(valid_to="2025-02-29"), "Its valid_to is not a date"),
        (square(valid_to="20251031"), "Its valid_to is not a date"),
        (square(valid_to=20251031), "Its valid_to is not a date"),
        (square(valid_from="2025-05-02", valid_to="2025-05-01"), "valid_to lies before its valid_from"),
        (square(theme="a", concern="b"), "Both concern and theme"),
        (square(severity=[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]), "nested more than 20 deep"),
        (
            square(first_supported_on="2025-05-02", last_supported_on="2025-05-01"),
            "last_supported_on lies before its first_supported_on",
        ),
        (square(owner_gss="E08009999"), "E08009999"),
        (square(owner_gss=["E08000018"]), "owner_gss is not the code of an authority"),
        (square(owner_gss=True), "owner_gss is not the code of an authority"),
        (square("A1"), "reference A1 is that of row 1 too"),
        (square("A2", geometry=polygon(width=5)), "one household"),
        (square("A2") | {"geometry": None}, "no geometry"),
        (square("A2") | {"properties": ["ref"]}, "properties are not a JSON object"),
    ],
)
def test_one_bad_row_refuses_the_whole_file_with_its_number_and_the_reason(feature, reason):
    with pytest.raises(FileRefused, match=f"Row 2: .*{reason}"):
        load(ROTHERHAM, square("A1"), feature)
    with acting(ROTHERHAM):
        assert not Hotspot.objects.exists()


def test_every_bad_row_is_reported_not_only_the_first():
    with pytest.raises(FileRefused) as refused:
        load(ROTHERHAM, square("A1", geometry=polygon(width=5)), square("A2"), square("A3", name=7))
    assert [fault.split(":")[0] for fault in refused.value.faults] == ["Row 1", "Row 3"]


def test_a_number_too_large_for_the_database_is_a_bad_row():
    with pytest.raises(FileRefused, match=r"Row 1: .*too large"):
        load(ROTHERHAM, content=file(square(incidents=0.5)).replace(b"0.5", b"1e999"))


def test_without_ref_the_id_and_then_the_name_is_the_reference_and_that_is_said():
    by_id = square() | {"id": "K7", "properties": {"name": "Canal Street"}}
    by_name = square() | {"properties": {"name": "Mill Lane"}}
    imported = load(ROTHERHAM, by_id, by_name)
    assert imported.notes == ("Row 1 has no ref; it is known as “K7”.", "Row 2 has no ref; it is known as “Mill Lane”.")


def test_a_withdrawn_area_does_not_come_back_under_its_reference():
    imported = load(ROTHERHAM, square())
    with acting(ROTHERHAM) as by:
        actions.withdraw(imported.hotspot_ids[0], reason="source unsafe", by=by, at=clock.now())
    with pytest.raises(FileRefused, match="Row 1: The area A1 was withdrawn for good"):
        load(ROTHERHAM, square())


def test_the_command_publishes_at_once_under_agreements_that_it_makes(tmp_path):
    said = command(file(square()), tmp_path, share_with=f"{SHEFFIELD},371")
    assert said.endswith(
        "Rotherham, areas of concern: 1 added, 0 changed, 0 unchanged. Shared with 2, at level proximity.\n"
    )
    with acting(ROTHERHAM):
        assert Hotspot.objects.get().state == Hotspot.State.SHARED
        agreements = Agreement.objects.filter(reference="made by command", ends_at=None)
        assert {one.partner_id for one in agreements} == {authority(SHEFFIELD).id, authority(DONCASTER).id}
        assert {(one.level, one.distance_metres) for one in Share.objects.all()} == {("proximity", 1_000)}
        coverage = Coverage.objects.get(authority=authority(ROTHERHAM))
        assert (coverage.shares, coverage.last_looked_on) == (True, clock.today())


def test_the_command_twice_changes_nothing(tmp_path):
    for _ in range(2):
        command(file(square()), tmp_path, share_with=SHEFFIELD)
    with acting(ROTHERHAM):
        assert (Version.objects.count(), Agreement.objects.count(), Share.objects.count()) == (1, 1, 1)
        assert Coverage.objects.filter(authority=authority(ROTHERHAM)).count() == 1


def test_another_level_supersedes_the_share_that_stood(tmp_path):
    command(file(square()), tmp_path, share_with=SHEFFIELD)
    command(file(square()), tmp_path, share_with=SHEFFIELD, level="geometry")
    with acting(ROTHERHAM):
        assert Share.objects.get(superseded_at=None).level == Share.Level.GEOMETRY
        assert Share.objects.exclude(superseded_at=None).get().level == Share.Level.PROXIMITY
        assert Agreement.objects.count() == 1


def test_all_means_every_current_authority_of_england_and_wales_but_the_owner(tmp_path):
    """153 English and 22 Welsh authorities, less Rotherham itself."""
    command(file(square()), tmp_path, share_with="all")
    with acting(ROTHERHAM):
        partners = {share.partner for share in Share.objects.select_related("partner")}
    assert len(partners) == 153 + 22 - 1
    assert authority(ROTHERHAM) not in partners
    assert {partner.country for partner in partners} == {"england", "wales"}


def test_an_import_writes_one_line_with_the_files_digest_and_counts_and_no_word_of_it():
    content = file(square("CANARY-REF", name="CANARY-NAME"))
    load(ROTHERHAM, content=content)
    with acting(ROTHERHAM):
        (line,) = LogEntry.objects.filter(operation="hotspots.import")
    assert line.detail == {"sha256": sha256(content).hexdigest(), "added": 1, "changed": 0, "unchanged": 0}


def test_a_preview_says_what_would_be_done_and_does_nothing(tmp_path):
    command(file(square("A1"), square("A2")), tmp_path)
    changed = file(square("A1"), square("A2", name="Another"), square("A3"))
    said = command(changed, tmp_path, preview=True, share_with=SHEFFIELD)
    assert "Newly near: 0 of our own. Of partner authorities: fewer than five.\n" in said
    assert said.endswith(
        "1 added, 1 changed, 1 unchanged. This was a preview: nothing was changed. They would be shared with 1, at level "
        "proximity.\n"
    )
    with acting(ROTHERHAM):
        assert (Hotspot.objects.count(), Version.objects.count()) == (2, 2)
        assert not Agreement.objects.exists()
        assert not Share.objects.exists()


def test_a_preview_of_a_bad_file_names_the_bad_rows(tmp_path):
    with pytest.raises(CommandError, match="Row 2: It is 25 square metres"):
        command(file(square("A1"), square("A2", geometry=polygon(width=5))), tmp_path, preview=True)


def test_a_new_area_has_its_story_from_the_first_day():
    load(ROTHERHAM, square())
    with acting(ROTHERHAM):
        assert [(one.state, one.by) for one in StateChange.objects.all()] == [("draft", "Operator")]


def test_a_grading_and_conditions_are_kept_to_the_letter():
    load(
        ROTHERHAM,
        square(
            grading=" 2 B\tC ", kind_of_place="station", condition_kinds=["not_to_child_or_family"], conditions="ask us"
        ),
    )
    (version,) = versions(ROTHERHAM)
    assert (version.grading, version.kind_of_place) == (" 2 B\tC ", "station")
    assert version.condition_kinds == ["not_to_child_or_family"]
    load(ROTHERHAM, square("A2", condition_kinds="not_to_child_or_family|not_in_writing", grading=41))
    (version,) = versions(ROTHERHAM, "A2")
    assert (version.condition_kinds, version.grading) == (["not_to_child_or_family", "not_in_writing"], "41")
    with pytest.raises(FileRefused, match="condition_kinds holds 'anybody'"):
        load(ROTHERHAM, square("A3", condition_kinds="anybody"))


def test_the_names_that_a_shapefile_cuts_are_understood():
    load(ROTHERHAM, square(first_supp="2025-05-01", last_suppo="2025-09-30", kind_of_pl="park"))
    (version,) = versions(ROTHERHAM)
    assert (version.first_supported_on, version.last_supported_on) == (date(2025, 5, 1), date(2025, 9, 30))
    assert version.kind_of_place == "park"


def test_without_share_with_nobody_is_told(tmp_path):
    said = command(file(square()), tmp_path)
    assert "Shared with nobody new" in said
    with acting(ROTHERHAM):
        assert not Share.objects.exists()
        assert not Coverage.objects.filter(authority=authority(ROTHERHAM)).exists()


def test_the_command_refuses_in_sentences_and_changes_nothing(tmp_path):
    with pytest.raises(CommandError, match="does not share with itself"):
        command(file(square()), tmp_path, share_with=ROTHERHAM)
    with pytest.raises(CommandError, match="E08009999"):
        command(file(square()), tmp_path, share_with="E08009999")
    with pytest.raises(CommandError, match="Accepted are GeoJSON"):
        command(b"<kml/>", tmp_path)
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        call_command("import_hotspots", tmp_path / "missing", authority=ROTHERHAM)
    with acting(ROTHERHAM):
        assert not Hotspot.objects.exists()


def test_metres_without_a_word_of_it_load_when_the_command_says_so(tmp_path):
    content = file(square(), crs=None)
    with pytest.raises(CommandError, match="--crs 27700"):
        command(content, tmp_path)
    assert "1 added" in command(content, tmp_path, crs=27700)


def test_hostile_words_are_kept_as_they_are(tmp_path):
    command(file(square(name="<script>alert(1)</script>", narrative="=cmd|calc")), tmp_path)
    (version,) = versions(ROTHERHAM)
    assert (version.name, version.narrative) == ("<script>alert(1)</script>", "=cmd|calc")


def test_real_areas_of_four_owners_load_with_the_others_named(shared_data):
    content = (shared_data / "hotspots" / "hotspots.geojson").read_bytes()
    owners = [row["properties"]["owner_gss"] for row in json.loads(content)["features"]]
    for code in (ROTHERHAM, SHEFFIELD, DONCASTER, BARNSLEY):
        imported = load(code, content=content)
        assert imported.added == owners.count(code) > 0
        assert len(imported.notes) == 25 - owners.count(code)
