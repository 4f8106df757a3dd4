"""Does the database itself keep an area from whoever may not know of it, whatever the application asks?"""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely import from_wkb

from db import clock
from hotspots import actions
from hotspots.drafting import revise, said_in
from hotspots.models import Agreement, Hotspot, Share, Version
from hotspots.sharing import agreements
from hotspots.sharing.levels import TELLS, Level
from tests.hotspots.world import (
    BARNSLEY,
    DONCASTER,
    EAST,
    FAR_AHEAD,
    NORTH,
    ROTHERHAM,
    SHEFFIELD,
    acting,
    authority,
    load,
    publish,
    share,
    square,
)

pytestmark = pytest.mark.django_db

CANARIES = ("CANARY-NAME", "CANARY-NARRATIVE", "CANARY-REF", "CANARY-RECEIVED", "CANARY-CONDITION", "CANARY-ORIGINATOR")
WHOLE = {
    "name": "CANARY-NAME",
    "concern": "collected by car",
    "narrative": "CANARY-NARRATIVE",
    "originator": "CANARY-ORIGINATOR",
    "conditions": "CANARY-CONDITION",
    "severity": "CANARY-RECEIVED",
    "last_supported_on": "2027-03-01",
    "valid_to": str(FAR_AHEAD),
}


def rows(code, statement, parameters=()):
    """What the service's own role gets from a statement of its own, acting for an authority, as dictionaries."""
    with acting(code), connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def near(code, metres_east_of_the_edge=300, radius_metres=1_000):
    return rows(
        code,
        "select * from hotspots_near(array[%s]::float8[], array[%s]::float8[], %s)",
        [EAST + 200 + metres_east_of_the_edge, NORTH + 100, radius_metres],
    )


def sharing(code, owner=ROTHERHAM):
    return rows(
        code,
        "select * from hotspots_sharing(array[%s]::uuid[], 1000) as found(owner, fresh, metres)",
        [authority(owner).id],
    )


@pytest.mark.parametrize("level", Share.Level.values)
@pytest.mark.parametrize("table", ["hotspot", "version", "share"])
def test_no_partner_reads_a_row_of_anothers_areas(table, level):
    publish(ROTHERHAM, square(), to=SHEFFIELD, level=level)
    statement = f"select * from hotspots_{table}"  # noqa: S608
    assert len(rows(ROTHERHAM, statement)) == 1
    assert rows(SHEFFIELD, statement) == []


def test_nobody_reads_the_view_that_the_definer_functions_ask():
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        rows(ROTHERHAM, "select * from hotspots_open")


@pytest.mark.parametrize("level", Share.Level.values)
def test_what_leaves_the_database_is_what_the_level_tells(level):
    publish(ROTHERHAM, square("CANARY-REF", **WHOLE), to=SHEFFIELD, level=level)
    (row,) = near(SHEFFIELD)
    assert {name for name, value in row.items() if value is not None} == TELLS[Level(level)] | {"place", "owner_id"}


def test_an_owner_reads_its_own_areas_by_its_own_radius_with_metres():
    publish(ROTHERHAM, square("CANARY-REF", **WHOLE), to=SHEFFIELD)
    (row,) = near(ROTHERHAM, 300, radius_metres=300)
    assert (row["level"], row["metres"], row["is_inside"]) == ("own", 300.0, False)
    assert near(ROTHERHAM, 301, radius_metres=300) == []
    assert near(ROTHERHAM, -100, radius_metres=0)[0]["is_inside"]


@pytest.mark.parametrize("level", [Share.Level.CONTACT, Share.Level.PROXIMITY])
def test_below_geometry_level_no_metre_no_shape_and_no_word_of_the_owner_comes_out(level):
    publish(ROTHERHAM, square("CANARY-REF", **WHOLE), to=SHEFFIELD, level=level)
    (row,) = near(SHEFFIELD)
    assert row["metres"] is None
    assert row["is_inside"] is None
    assert "shape" not in row
    assert not [canary for canary in CANARIES if canary in str(row)]


def test_at_geometry_level_name_and_reference_come_out_and_nothing_else_of_the_owners_words():
    publish(ROTHERHAM, square("CANARY-REF", **WHOLE), to=SHEFFIELD, level=Share.Level.GEOMETRY)
    (row,) = near(SHEFFIELD)
    assert [canary for canary in CANARIES if canary in str(row)] == ["CANARY-NAME", "CANARY-REF"]
    assert row["metres"] == 300.0


@pytest.mark.parametrize("level", [Share.Level.CONTACT, Share.Level.PROXIMITY])
def test_below_geometry_level_only_the_distance_that_the_owner_chose_counts(level):
    publish(ROTHERHAM, square(), to=SHEFFIELD, level=level, distance_metres=500)
    assert len(near(SHEFFIELD, 500, radius_metres=1)) == 1
    assert near(SHEFFIELD, 501, radius_metres=100_000) == []


def test_at_geometry_level_the_readers_radius_counts():
    publish(ROTHERHAM, square(), to=SHEFFIELD, level=Share.Level.GEOMETRY, distance_metres=500)
    assert len(near(SHEFFIELD, 2_000, radius_metres=2_000)) == 1
    assert near(SHEFFIELD, 300, radius_metres=299) == []


def test_one_area_is_told_to_two_partners_at_two_levels_and_to_a_third_not_at_all():
    areas = publish(ROTHERHAM, square(), to=SHEFFIELD, level=Share.Level.CONTACT)
    share(ROTHERHAM, areas, DONCASTER, Share.Level.GEOMETRY)
    assert [row["level"] for row in near(SHEFFIELD)] == ["contact"]
    assert [row["level"] for row in near(DONCASTER)] == ["geometry"]
    assert near(BARNSLEY) == []
    assert sharing(BARNSLEY) == []


def withdrawn(area, by):
    actions.withdraw(area, reason="source unsafe", by=by, at=clock.now())


def lapsed(area, by):
    actions.lapse(area, by=by, at=clock.now())


def expired_today(area, by):
    version = Version.objects.get(hotspot=area, superseded_at=None)
    said = replace(said_in(version), expires_on=clock.today())
    revise(area, said=said, shape=from_wkb(bytes(version.shape.wkb)), number=version.number, by=by, at=clock.now())


def unshared(area, by):
    assert actions.unshare([area], partner_ids=[authority(SHEFFIELD).id], by=by, at=clock.now()) == 1


def agreement_ended(area, by):
    agreements.end(Agreement.objects.get().id, by=by, at=clock.now())


def shared_under_an_agreement_to_come(area, by):
    unshared(area, by)
    agreement_ended(area, by)
    now, partner = clock.now(), authority(SHEFFIELD).id
    agreements.make(
        partner_id=partner, purpose="a test", basis="a test", reference="B1", starts_at=now + timedelta(minutes=5),
        by=by, at=now,
    )  # fmt: skip
    assert actions.share([area], partner_ids=[partner], needs_agreement=True, by=by, at=now) == 1


@pytest.mark.parametrize("level", Share.Level.values)
@pytest.mark.parametrize(
    "event",
    [
        withdrawn, lapsed, expired_today, unshared, agreement_ended, shared_under_an_agreement_to_come,
    ],
)  # fmt: skip
def test_from_that_moment_a_partner_is_told_nothing(event, level):
    (area,) = publish(ROTHERHAM, square(), to=SHEFFIELD, level=level)
    assert len(near(SHEFFIELD)) == len(sharing(SHEFFIELD)) == 1
    with acting(ROTHERHAM) as by:
        event(area, by)
    assert near(SHEFFIELD) == []
    assert sharing(SHEFFIELD) == []


def test_the_owner_too_is_told_nothing_of_what_is_no_longer_shared_but_of_what_is():
    kept, taken = publish(ROTHERHAM, square("A1"), square("A2"), to=SHEFFIELD)
    load(ROTHERHAM, square("A3"))
    with acting(ROTHERHAM) as by:
        actions.withdraw(taken, reason="source unsafe", by=by, at=clock.now())
    with acting(ROTHERHAM):
        assert [row["version_id"] for row in near(ROTHERHAM)] == [Version.objects.get(hotspot=kept).id]


def test_an_area_that_expires_tomorrow_is_told_today():
    publish(ROTHERHAM, square(expires_on=str(clock.today() + timedelta(days=1))), to=SHEFFIELD)
    assert len(near(SHEFFIELD)) == 1


@pytest.mark.parametrize(("days", "is_stale"), [(-1, True), (0, False), (1, False)])
def test_past_its_review_date_an_area_is_old_and_still_told(days, is_stale):
    publish(ROTHERHAM, square(valid_to=str(clock.today() + timedelta(days=days))), to=SHEFFIELD)
    (row,) = near(SHEFFIELD)
    assert row["is_stale"] is is_stale
    (shared,) = sharing(SHEFFIELD)
    assert shared["fresh"] is not is_stale


def test_only_the_current_version_is_told():
    publish(ROTHERHAM, square(concern="one"), to=SHEFFIELD)
    load(ROTHERHAM, square(concern="another"))
    assert [row["concern"] for row in near(SHEFFIELD)] == ["another"]


def test_nobody_shares_an_area_that_belongs_to_another():
    """A row that says so can be written by its author, and tells nobody anything."""
    (area,) = load(ROTHERHAM, square()).hotspot_ids
    with acting(ROTHERHAM):
        Hotspot.objects.update(state=Hotspot.State.SHARED)
    with acting(DONCASTER) as by:
        (agreement,) = agreements.with_partners(
            [authority(SHEFFIELD).id], needs_agreement=False, by=by, at=clock.now()
        ).values()
        Share.objects.create(
            authority_id=by.authority_id, hotspot_id=area, partner=authority(SHEFFIELD), agreement_id=agreement,
            level="geometry", recorded_at=clock.now(), recorded_by="nobody",
        )  # fmt: skip
    assert near(SHEFFIELD) == []
    assert near(DONCASTER) == []


def test_where_an_area_is_shared_as_contact_only_the_distance_is_not_told_by_silence_either():
    publish(ROTHERHAM, square("A1"), to=SHEFFIELD, distance_metres=700)
    assert sharing(SHEFFIELD)[0]["metres"] == 700
    publish(ROTHERHAM, square("A2"), to=SHEFFIELD, level=Share.Level.CONTACT, distance_metres=800)
    assert sharing(SHEFFIELD)[0]["metres"] is None


def test_nothing_is_told_outside_acting_for(db):
    publish(ROTHERHAM, square(), to=SHEFFIELD, level=Share.Level.GEOMETRY)
    with connection.cursor() as cursor:
        cursor.execute("select * from hotspots_near(array[440100], array[390100], 1000)")
        assert cursor.fetchall() == []


levels = st.sampled_from(Share.Level.values)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    metres=st.integers(-199, 2_500),
    distance=st.sampled_from([200, 1_000, 2_000]),
    narrower=levels,
    wider=levels,
    review=st.sampled_from(["", "2020-01-31", "2090-01-31"]),
)
def test_no_lower_level_says_more_than_a_higher_one(db, metres, distance, narrower, wider, review):
    """With the reader's radius at least the owner's distance: what is said below is said above, and in the same words.

    `within_metres` is apart: a partner at geometry level is told the metres themselves.
    """
    order = Share.Level.values
    if order.index(narrower) > order.index(wider):
        narrower, wider = wider, narrower
    with transaction.atomic():
        areas = publish(
            ROTHERHAM, square(**WHOLE | {"valid_to": review}), to=SHEFFIELD, level=narrower, distance_metres=distance
        )
        share(ROTHERHAM, areas, DONCASTER, wider, distance)
        below = near(SHEFFIELD, metres, radius_metres=2_000)
        above = near(DONCASTER, metres, radius_metres=2_000)
        transaction.set_rollback(True)
    assert len(below) <= len(above)
    for lower, higher in zip(below, above, strict=False):
        apart = {"level", "within_metres"}
        assert all(higher[name] == value for name, value in lower.items() if value is not None and name not in apart)
        assert lower["within_metres"] is None or higher["metres"] is not None or narrower == wider


def overwrite(shape, parameters=()):
    """Write a shape past the gate, in a savepoint of its own, as a version of long ago."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "insert into hotspots_version (id, authority_id, hotspot_id, number, name, concern, originator, conditions,"  # noqa: S608
            " narrative, received, kind_of_place, condition_kinds, grading, correction, recorded_at, recorded_by,"
            " superseded_at, shape) select gen_random_uuid(), authority_id, hotspot_id, 99, '', '', '', '', '', '{}',"
            f" '', '{{}}', '', '', recorded_at, '', recorded_at, {shape} from hotspots_version",
            parameters,
        )


@pytest.mark.parametrize(
    ("shape", "constraint"),
    [
        ("MULTIPOLYGON EMPTY", "does not match column type"),
        ("MULTIPOLYGON(((0 0, 200 200, 200 0, 0 200, 0 0)))", "is_an_area_not_a_household"),
        ("MULTIPOLYGON(((100 100, 500 500, 500 0, 100 300, 100 100)))", "is_valid"),
        ("MULTIPOLYGON(((-1 0, 200 0, 200 200, -1 0)))", "lies_on_the_national_grid"),
        ("MULTIPOLYGON(((0 0, 700001 0, 700001 2, 0 0)))", "lies_on_the_national_grid"),
        ("MULTIPOLYGON(((0 0, 9 0, 9 9, 0 9, 0 0)))", "is_an_area_not_a_household"),
        ("MULTIPOLYGON(((0 0, 11000 0, 11000 11000, 0 11000, 0 0)))", "is_an_area_not_a_household"),
        ("MULTIPOLYGON(((NaN NaN, NaN NaN, NaN NaN, NaN NaN)))", "outside of projection domain"),
    ],
)
def test_the_database_refuses_a_shape_that_came_past_the_gate(shape, constraint):
    load(ROTHERHAM, square())
    with acting(ROTHERHAM), pytest.raises(DatabaseError, match=constraint):
        overwrite("ST_GeomFromText(%s, 27700)", [shape])


def test_the_database_refuses_a_burden():
    load(ROTHERHAM, square())
    circle = "ST_Multi(ST_Buffer(ST_SetSRID(ST_MakePoint(440000, 390000), 27700), 500, 2501))"
    with acting(ROTHERHAM), pytest.raises(IntegrityError, match="hotspot_shape_is_no_burden"):
        overwrite(circle)
