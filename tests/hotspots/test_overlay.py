"""Does the overlay answer for many places at once, name silence, and tell each owner that it was asked?"""

import csv
import math
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import LogEntry
from db import clock
from hotspots import actions
from hotspots.exceptions import NobodyActs
from hotspots.models import Disclosure, Share, Version
from hotspots.overlay import overlay
from hotspots.overlay.overlay import Place
from hotspots.overlay.sentences import sentences
from hotspots.sharing.coverage import State
from hotspots.sharing.levels import Level
from notifications.models import Contact
from tests.hotspots.world import (
    BARNSLEY,
    DONCASTER,
    EAST,
    NORTH,
    ROTHERHAM,
    SHEFFIELD,
    acting,
    ask,
    ask_about,
    authority,
    load,
    publish,
    share,
    square,
)

pytestmark = pytest.mark.django_db


def place(metres_east_of_the_edge, *codes):
    return Place(EAST + 200 + metres_east_of_the_edge, NORTH + 100, frozenset(authority(code).id for code in codes))


def disclosures(code, reader=SHEFFIELD):
    """What was read of an authority's areas: the reader's own rows."""
    with acting(reader):
        return list(Disclosure.objects.filter(sender=authority(code)).order_by("level"))


def test_a_fresh_area_within_the_owners_distance_is_near():
    publish(ROTHERHAM, square(), to=SHEFFIELD, distance_metres=640)
    assert ask_about(ROTHERHAM, SHEFFIELD, 640).state is State.NEAR
    assert ask_about(ROTHERHAM, SHEFFIELD, 641).state is State.NOTHING_NEAR


def test_an_authority_that_shares_with_others_but_not_with_us_shares_nothing():
    publish(ROTHERHAM, square(), to=DONCASTER)
    answer = ask_about(ROTHERHAM, SHEFFIELD, 0)
    assert answer.state is State.SHARES_NOTHING
    assert answer.said.shares
    assert sentences(answer) == ["Rotherham shares nothing with you. This says nothing about the place itself."]


def test_an_authority_that_never_said_anything_shares_nothing_and_is_named():
    answer = ask_about(BARNSLEY, SHEFFIELD, 0)
    assert (answer.state, answer.said) == (State.SHARES_NOTHING, None)
    assert sentences(answer)[0].startswith("Barnsley has told us nothing.")


def test_what_is_past_its_review_date_is_stale_near_or_far():
    publish(ROTHERHAM, square(valid_to="2020-01-31"), to=SHEFFIELD)
    near, far = ask_about(ROTHERHAM, SHEFFIELD, 0), ask_about(ROTHERHAM, SHEFFIELD, 5_000)
    assert (near.state, len(near.areas)) == (State.STALE, 1)
    assert (far.state, len(far.areas)) == (State.STALE, 0)


def test_a_statement_past_its_review_date_makes_silence_stale():
    publish(ROTHERHAM, square(), to=SHEFFIELD)
    with acting(ROTHERHAM) as by:
        actions.say_coverage(
            shares=True,
            last_looked_on=date(2020, 1, 1),
            review_on=clock.today() - timedelta(days=1),
            by=by,
            at=clock.now(),
        )
    assert ask_about(ROTHERHAM, SHEFFIELD, 5_000).state is State.STALE
    assert ask_about(ROTHERHAM, SHEFFIELD, 0).state is State.NEAR


def test_our_own_areas_count_with_metres():
    publish(SHEFFIELD, square(name="Canal Street"), to=ROTHERHAM)
    answer = ask_about(SHEFFIELD, SHEFFIELD, 300)
    assert answer.is_own
    assert answer.areas[0].metres == 300.0
    assert sentences(answer) == ["The area of concern “Canal Street” of our own lies 300 metres from this address."]


def test_the_owner_of_a_near_area_is_answered_for_even_where_nobody_asked_about_it():
    publish(ROTHERHAM, square(), to=SHEFFIELD)
    answers = ask(SHEFFIELD, 0, around=[BARNSLEY])
    assert {key: one.state for key, one in answers.items()} == {
        authority(ROTHERHAM).id: State.NEAR,
        authority(BARNSLEY).id: State.SHARES_NOTHING,
    }


def test_the_owners_exploitation_lead_is_named_where_something_is_near_and_only_there():
    publish(ROTHERHAM, square(), to=SHEFFIELD, level=Share.Level.CONTACT)
    with acting(ROTHERHAM) as by:
        Contact.objects.create(
            authority_id=by.authority_id,
            purpose=Contact.Purpose.EXPLOITATION_LEAD,
            telephone="01632 960202",
            starts_on=date(2020, 1, 1),
            confirmed_on=date(2020, 1, 1),
            confirmed_by="a test",
        )
    assert sentences(ask_about(ROTHERHAM, SHEFFIELD, 0)) == ["Ring Rotherham's exploitation lead, 01632 960202."]
    assert ask_about(ROTHERHAM, SHEFFIELD, 5_000).contact == ""


def test_many_places_cost_as_many_statements_as_one():
    publish(ROTHERHAM, square(), to=SHEFFIELD)

    def statements(number):
        places = [place(300 * i, ROTHERHAM) for i in range(number)]
        at = clock.now()
        with acting(SHEFFIELD), CaptureQueriesContext(connection) as captured:
            answers = overlay.ask(places, radius_metres=1_000, at=at, purpose="a test")
        assert [one.authorities[0].state for one in answers[:4]] == [State.NEAR] * min(number, 4)
        assert all(one.authorities[0].state is State.NOTHING_NEAR for one in answers[4:])
        return len(captured)

    statements(1)
    assert statements(200) == statements(1)


def test_each_ask_is_disclosed_once_to_each_owner_without_place_or_number():
    first, second = publish(ROTHERHAM, square("A1"), square("A2"), to=SHEFFIELD)
    share(ROTHERHAM, [second], SHEFFIELD, Share.Level.GEOMETRY)
    publish(DONCASTER, square(), to=SHEFFIELD)
    publish(SHEFFIELD, square(), to=ROTHERHAM)
    with acting(SHEFFIELD):
        overlay.ask([place(0), place(10), place(20)], radius_metres=1_000, at=clock.now(), purpose="a placement")
    told = disclosures(ROTHERHAM)
    with acting(ROTHERHAM):
        version = {one.hotspot_id: one.id for one in Version.objects.all()}
    assert [(one.level, one.versions) for one in told] == [
        (Level.GEOMETRY, [version[second]]),
        (Level.PROXIMITY, [version[first]]),
    ]
    assert {one.purpose for one in told} == {"a placement"}
    assert {one.recipient_id for one in told} == {authority(SHEFFIELD).id}
    assert [one.level for one in disclosures(DONCASTER)] == [Level.PROXIMITY]
    assert disclosures(SHEFFIELD) == []


def test_an_owner_learns_that_it_was_asked_and_nothing_lay_near_and_one_that_shares_nothing_learns_nothing():
    publish(ROTHERHAM, square(), to=SHEFFIELD)
    publish(DONCASTER, square(), to=BARNSLEY)
    ask(SHEFFIELD, 5_000, around=[ROTHERHAM, DONCASTER])
    assert [(one.level, one.versions) for one in disclosures(ROTHERHAM)] == [(overlay.NONE_NEAR, [])]
    assert disclosures(DONCASTER) == []


def test_each_ask_writes_one_line_into_the_readers_log_book_and_nothing_of_what_was_found():
    """A manager reads the log-book without a grant to a closed address: the line of its check must not tell what is near."""
    publish(ROTHERHAM, square(), to=SHEFFIELD)
    with acting(SHEFFIELD):
        overlay.ask([place(0, ROTHERHAM), place(1)], radius_metres=1_000, at=clock.now(), purpose="a placement")
        (line,) = LogEntry.objects.filter(operation="hotspots.overlay")
    assert (line.subject_ids, line.detail) == ([], {"places": 2, "radius_metres": 1_000})


def test_the_overlay_answers_nobody_outside_acting_for():
    with pytest.raises(NobodyActs):
        overlay.ask([place(0)], radius_metres=1_000, at=clock.now(), purpose="a test")


@pytest.mark.parametrize("number", [math.nan, math.inf])
def test_a_place_without_numbers_is_refused_rather_than_found_to_have_nothing_near(number):
    with pytest.raises(ValueError, match="nothing could be found near it"):
        Place(number, NORTH, frozenset())


def test_a_stored_answer_holds_no_word_of_the_owner_below_geometry_level():
    publish(
        ROTHERHAM,
        square("CANARY-REF", name="CANARY-NAME", narrative="CANARY-NARRATIVE", conditions="CANARY-CONDITION"),
        to=SHEFFIELD,
    )
    with acting(SHEFFIELD):
        (answer,) = overlay.ask([place(0)], radius_metres=1_000, at=clock.now(), purpose="a test")
    assert "CANARY" not in str(answer.stored())
    assert "Not to be passed to anybody without agreement." in answer.stored()[0]["sentences"][0]
    assert len(answer.version_ids) == 1


def overlay_of_postcodes(folder, name, expected):
    """What Sheffield is told of the postcodes, with every owner's file loaded and shared at geometry level."""
    owners = (ROTHERHAM, SHEFFIELD, DONCASTER, BARNSLEY)
    for code in owners:
        imported = load(code, content=(folder / name).read_bytes())
        for partner in {*owners} - {code}:
            share(code, imported.hotspot_ids, partner, Share.Level.GEOMETRY)
    places = [Place(float(row["easting"]), float(row["northing"]), frozenset()) for row in expected]
    with acting(SHEFFIELD):
        answers = overlay.ask(places, radius_metres=100_000, at=clock.now(), purpose="a test")
    return [{area.reference: area.metres for one in answer.authorities for area in one.areas} for answer in answers]


def expected_overlay(folder):
    with open(folder / "expected_postcode_overlay.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def references(text):
    return set(filter(None, text.split("|")))


def test_with_geometry_level_everywhere_the_overlay_is_the_one_worked_out_by_others(shared_data):
    """All 1,692 postcodes, from the file in National Grid metres: nothing to allow for but the rounding to 0.1 metre."""
    folder = shared_data / "hotspots"
    expected = expected_overlay(folder)
    assert len(expected) == 1_692
    found = overlay_of_postcodes(folder, "formats/hotspots_27700_legacy_crs.geojson", expected)
    for row, metres in zip(expected, found, strict=True):
        inside = {reference for reference, distance in metres.items() if distance == 0}
        nearest = min(metres, key=lambda reference: (metres[reference], reference))
        assert inside == references(row["inside_refs"]), row["postcode"]
        assert ("" if inside else nearest) == row["nearest_ref"], row["postcode"]
        assert metres[nearest] == pytest.approx(float(row["nearest_distance_m"]), abs=0.051), row["postcode"]
        within = {reference for reference, distance in metres.items() if distance <= 500}
        assert within == references(row["within_500m_refs"]), row["postcode"]


def test_the_overlay_of_the_same_areas_in_degrees_differs_by_less_than_the_transformation_does(shared_data):
    """Postcodes within 3 metres of an edge are left out: on which side they lie depends on the transformation."""
    folder = shared_data / "hotspots"
    expected = [row for row in expected_overlay(folder) if float(row["distance_to_edge_m"]) >= 3]
    assert len(expected) > 1_600
    for row, metres in zip(expected, overlay_of_postcodes(folder, "hotspots.geojson", expected), strict=True):
        inside = {reference for reference, distance in metres.items() if distance == 0}
        assert inside == references(row["inside_refs"]), row["postcode"]
        assert min(metres.values()) == pytest.approx(float(row["nearest_distance_m"]), abs=3), row["postcode"]
        surely = {reference for reference, distance in metres.items() if distance < 497}
        possibly = {reference for reference, distance in metres.items() if distance < 503}
        assert surely <= references(row["within_500m_refs"]) <= possibly, row["postcode"]
