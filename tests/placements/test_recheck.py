"""Is every register checked anew after a change, once, by whoever may know, and also after the worker was away?"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection

from accounts.acting import acting_for, operator, service
from accounts.roles import Role
from audit.models import LogEntry
from db import clock
from geo.models import Postcode
from hotspots import actions, changes, drafting
from hotspots.models import Agreement, Change, Hotspot, Share, Version
from hotspots.sharing import agreements
from placements import queries, tasks
from placements.models import CheckedAgain, NewLine, Placement, Recheck, Screening
from placements.overlay import new_lines, recheck
from placements.place.places import Place
from tests import databases, factories
from tests.hotspots import world as areas

OWNER, READER = areas.SHEFFIELD, areas.ROTHERHAM
# The postcode S1 1AA of the tests' directory lies in Sheffield.
NEAR = Place(line="2 Invented Road", postcode="S1 1AA", home_postcode="S65 1SB")


@pytest.fixture
def sam(committing):
    """A social worker of Rotherham, whose child is placed in Sheffield."""
    return factories.person(READER, Role.SOCIAL_WORKER, name="Sam Ortiz")


def point() -> tuple[float, float]:
    found = Postcode.objects.get(postcode=NEAR.postcode)
    return found.easting, found.northing


def placed(by, **changes) -> Placement:
    child = factories.child(by, **changes)
    return factories.placement_at("proposed", by, of=child, place=NEAR)


def published(*, metres_east: int = 300, reference: str = "A1", **said):
    """An area of Sheffield's some metres east of the place, told to Rotherham."""
    east, north = point()
    shape = areas.polygon(east + metres_east, north - 100)
    (hotspot_id,) = areas.publish(OWNER, areas.square(reference, geometry=shape, concern="A park", **said), to=READER)
    return hotspot_id


def answer(at=None) -> int:
    with databases.as_role("WORKER_DATABASE_URL"):
        return recheck.answer_changes(factories.authority(OWNER).id, at=at or clock.now())


def lines_of(by) -> list[str]:
    with acting_for(by, "test"):
        return [line.what for line in new_lines.of_person(by).order_by("at")]


def checks_of(placement) -> int:
    """How often it was checked: what was stored, and that a later check read the same."""
    with acting_for(service(placement.authority_id), "test"):
        stored = Screening.objects.filter(placement=placement).count()
        return stored + CheckedAgain.objects.filter(screening__placement=placement).count()


def waiting() -> int:
    with acting_for(operator(factories.authority(OWNER).id), "test"):
        return Change.objects.filter(answered_at=None).count()


def test_a_published_area_is_a_change_that_waits_until_the_registers_were_checked(sam):
    placed(sam)
    published()
    # The area, and that Sheffield looked today.
    assert waiting() == 2
    assert answer() == 2
    assert waiting() == 0
    assert lines_of(sam) == ["entered"]


def test_whoever_is_far_away_is_not_checked_where_the_owner_shared_before(sam):
    placement = placed(sam)
    published(metres_east=1_500)
    answer()
    before = checks_of(placement)
    published(metres_east=2_500, reference="A2")
    assert answer() == 1
    assert checks_of(placement) == before
    assert lines_of(sam) == []


def test_an_adult_is_not_checked(sam):
    placement = placed(sam, born_on=date(2008, 12, 2))
    clock.set_to(databases.NOON + timedelta(days=2))
    published()
    answer()
    assert checks_of(placement) == 1
    assert lines_of(sam) == []


def test_a_worker_that_died_before_it_closed_the_change_tells_nobody_twice(sam):
    placed(sam)
    published()
    answer()
    with acting_for(operator(factories.authority(OWNER).id), "test"):
        Change.objects.update(answered_at=None)
    assert answer() == 2
    assert lines_of(sam) == ["entered"]


def test_what_changes_while_the_check_runs_waits_on(sam):
    published()
    with acting_for(operator(factories.authority(OWNER).id), "test") as by:
        seen = changes.unanswered(by.authority_id, most=10)
        (area,) = [one.hotspot_id for one in seen if one.hotspot_id]
        actions.lapse(area, by=by, at=clock.now())
        changes.answer(seen, at=clock.now())
    assert waiting() == 1


def test_an_area_lapses_on_the_day_that_it_expires_however_late_the_worker_comes(sam):
    placed(sam)
    hotspot_id = published(expires_on="2026-12-03")
    answer()
    clock.set_to(datetime(2026, 12, 2, 23, 59, tzinfo=UTC))
    assert answer() == 0
    clock.set_to(datetime(2026, 12, 9, 8, 0, tzinfo=UTC))
    assert answer() == 1
    with acting_for(operator(factories.authority(OWNER).id), "test"):
        assert Hotspot.objects.get(id=hotspot_id).state == Hotspot.State.LAPSED
    assert lines_of(sam) == ["entered", "left"]


def test_an_agreement_that_begins_later_opens_its_areas_then(sam):
    placed(sam)
    (hotspot_id,) = areas.load(
        OWNER, areas.square("A1", geometry=areas.polygon(point()[0] + 300, point()[1] - 100))
    ).hotspot_ids
    later = clock.now() + timedelta(days=3)
    with acting_for(operator(factories.authority(OWNER).id), "test") as by:
        partner = factories.authority(READER).id
        said = {"purpose": "Protecting", "basis": "Protocol", "reference": "R1"}
        agreements.make(partner_id=partner, **said, starts_at=later, by=by, at=clock.now())
        actions.publish(hotspot_id, by=by, at=clock.now())
        agreement = Agreement.objects.get()
        Share.objects.create(
            authority_id=by.authority_id,
            hotspot_id=hotspot_id,
            partner_id=partner,
            agreement=agreement,
            recorded_at=clock.now(),
            recorded_by="test",
        )
    answer()
    assert lines_of(sam) == []
    clock.set_to(later + timedelta(minutes=1))
    assert answer() == 1
    assert lines_of(sam) == ["entered"]
    assert answer() == 0


def test_the_sweep_finds_the_owner_for_whom_something_waits_and_no_other(sam):
    placed(sam)
    published()
    with databases.as_role("WORKER_DATABASE_URL"):
        assert changes.owners_waiting() == [factories.authority(OWNER).id]
        tasks.check_after_all_changes()
        assert changes.owners_waiting() == []
    assert lines_of(sam) == ["entered"]


def test_a_closed_address_is_checked_and_counted_nowhere(sam):
    child = factories.child(sam)
    factories.placement_at("proposed", sam, of=child, place=NEAR, is_restricted=True)
    published()
    answer()
    with acting_for(sam, "test"):
        assert Recheck.objects.count() == 0
        # Who registers a closed address has the first grant.
        assert [line.words for line in NewLine.objects.all()] == [["Ask Sheffield's exploitation lead."]]
    another = factories.person(READER, Role.SOCIAL_WORKER, name="Ines Costa")
    assert lines_of(another) == []


def test_the_progress_of_a_re_check_is_kept_for_its_authority(sam):
    placed(sam)
    published()
    answer()
    with acting_for(sam, "test"):
        run = Recheck.objects.get()
        assert (run.places, run.checked, run.entered, run.left) == (1, 1, 1, 0)
        assert run.ended_at is not None
        assert LogEntry.objects.filter(operation="rechecks.run").count() == 1


def test_a_whole_register_is_checked_anew_and_nothing_new_tells_nobody(sam):
    placement = placed(sam)
    with databases.as_role("WORKER_DATABASE_URL"):
        assert recheck.check_all(sam.authority_id, at=clock.now()) == 1
    assert checks_of(placement) == 2
    assert lines_of(sam) == []


def test_the_web_may_not_ask_whose_placements_lie_near(committing):
    with connection.cursor() as cursor, pytest.raises(ProgrammingError, match="permission denied"):
        cursor.execute("select * from placements_near('{}', 1000)")


def test_the_command_checks_a_register_and_says_how_many_places(sam):
    placement = placed(sam)
    said = StringIO()
    call_command("recheck", authority=READER, stdout=said)
    assert said.getvalue() == "Places checked: 1.\n"
    assert checks_of(placement) == 2
    with pytest.raises(CommandError, match="X99"):
        call_command("recheck", authority="X99")


def test_a_check_that_reads_the_same_is_a_mark_on_the_one_before_and_a_line_of_the_timeline(sam):
    placement = placed(sam)
    at = clock.now() + timedelta(hours=1)
    with databases.as_role("WORKER_DATABASE_URL"):
        recheck.check_all(sam.authority_id, at=at)
    with acting_for(sam, "test"):
        check = Screening.objects.get(placement=placement)
        assert check.checked_again.get().at == at
        words = [line.words for line in queries.timeline(placement) if line.kind == "check"]
    assert words == [
        "Checked against shared areas of concern",
        "Checked again against shared areas of concern: the same is told",
    ]


def test_a_new_review_date_is_read_and_stored_and_tells_nobody(sam):
    placement = placed(sam)
    hotspot_id = published(review_on="2027-03-01")
    answer()
    with acting_for(operator(factories.authority(OWNER).id), "test") as by:
        version = Version.objects.get(hotspot_id=hotspot_id, superseded_at=None)
        said = replace(drafting.said_in(version), review_on=date(2027, 6, 1))
        shape = drafting.shape_in(version)
        drafting.revise(hotspot_id, said=said, shape=shape, number=version.number, by=by, at=clock.now())
    answer()
    with acting_for(service(sam.authority_id), "test"):
        assert Screening.objects.filter(placement=placement).count() == 3
        assert not CheckedAgain.objects.exists()
    assert lines_of(sam) == ["entered"]


def test_a_closed_address_is_asked_about_anew_each_time(sam):
    factories.placement_at("proposed", sam, of=factories.child(sam), place=NEAR, is_restricted=True)
    with databases.as_role("WORKER_DATABASE_URL"):
        recheck.check_all(sam.authority_id, at=clock.now())
    with acting_for(service(sam.authority_id), "test"):
        assert [check.fingerprint for check in Screening.objects.all()] == [None, None]
        assert not CheckedAgain.objects.exists()
