"""Is every open placement judged again after boundaries were switched, and does somebody look at what is judged otherwise?"""

from datetime import date, timedelta

import pytest
import shapely

from accounts.acting import acting_for, service
from accounts.roles import Role
from audit.models import SignOfLife
from db import clock
from duties.models import Duty
from geo.areas import authority_by_code
from geo.importers import boundaries
from geo.models import BoundaryEdition, Postcode
from placements import queries, tasks
from placements.models import Approval, Placement, Rejudging, Verdict
from placements.place import new_boundaries
from placements.place.new_boundaries import KIND
from placements.place.places import Place
from tests import databases, factories

RESPONSIBLE = factories.ROTHERHAM
SHEFFIELD, BARNSLEY = "E08000039", "E08000016"
IN_SHEFFIELD = Place(line="2 Invented Road", postcode="S1 1AA", home_postcode="S65 1SB")


@pytest.fixture
def sam(committing):
    """A social worker of Rotherham, whose child is placed in Sheffield."""
    return factories.person(RESPONSIBLE, Role.SOCIAL_WORKER, name="Sam Ortiz")


def placed(by, status="started", **how) -> Placement:
    return factories.placement_at(status, by, of=factories.child(by), place=IN_SHEFFIELD, **how)


def edition(code: str) -> BoundaryEdition:
    """An edition by which the ground of the postcode is that authority's, as if it had been compared with others."""
    point = Postcode.objects.get(postcode=IN_SHEFFIELD.postcode)
    around = shapely.box(point.easting - 500, point.northing - 500, point.easting + 500, point.northing + 500)
    stored = boundaries.store_edition(
        name=f"Squares of {code}",
        edition_on=date(2026, 1, 1),
        source="invented",
        shapes={authority_by_code(code): around},
        is_active=False,
    )
    BoundaryEdition.objects.using("owner").filter(id=stored.id).update(verified_at=clock.now(), agreeing=1_000)
    stored.refresh_from_db()
    return stored


def switched_to(code: str) -> BoundaryEdition:
    made = edition(code)
    boundaries.activate(made, at=clock.now())
    return made


def judge_again(by) -> int:
    with databases.as_role("WORKER_DATABASE_URL"):
        return new_boundaries.judge_again(by.authority_id, at=clock.now())


def read(placement, by) -> tuple[list[str], list[Duty], str]:
    """The lines of the timeline about it, the open tasks, and the state that is judged now."""
    with acting_for(service(by.authority_id), "test"):
        lines = [line.words for line in queries.timeline(placement) if "Judged again" in line.words]
        duties = list(Duty.objects.filter(kind=KIND, subject_id=placement.id, closed_at=None))
        return lines, duties, Verdict.objects.get(placement=placement, superseded_at=None).state


def test_a_conflict_becomes_a_verdict_a_line_and_a_task_that_name_both_authorities(sam):
    placement = placed(sam)
    switched_to(BARNSLEY)
    assert judge_again(sam) == 1
    lines, duties, state = read(placement, sam)
    assert state == "out_of_area_adjoining", "both adjoin Rotherham; the host alone is not certain"
    assert lines == [
        "Judged again, since boundaries changed: Until now: out of area, in an adjoining one (Sheffield). "
        "Now: out of area, in an adjoining one, and not certain in whose. "
        "Possible: Barnsley (boundary), Sheffield (postcode directory)."
    ]
    (duty,) = duties
    assert (duty.role, duty.due_on) == (Role.PLACEMENT_OFFICER, date(2026, 12, 8))
    assert "Possible: Barnsley (boundary)" in duty.working[0]


def test_a_second_run_judges_nobody_otherwise_and_asks_nobody(sam):
    placement = placed(sam)
    switched_to(BARNSLEY)
    judge_again(sam)
    assert judge_again(sam) == 0
    with acting_for(service(sam.authority_id), "test"):
        Rejudging.objects.update(ended_at=None)
    assert judge_again(sam) == 0, "a run that died before its end finds nothing new where it has been"
    lines, duties, _ = read(placement, sam)
    assert (len(lines), len(duties)) == (1, 1)


def test_boundaries_that_say_the_same_change_no_verdict(sam):
    placement = placed(sam)
    switched_to(SHEFFIELD)
    assert judge_again(sam) == 0
    lines, duties, state = read(placement, sam)
    assert (lines, duties, state) == ([], [], "out_of_area_adjoining")


def test_its_progress_is_kept_for_its_authority(sam):
    placed(sam)
    placed(sam, "proposed")
    switched_to(BARNSLEY)
    judge_again(sam)
    with acting_for(sam, "test"):
        run = Rejudging.objects.get()
        assert (run.places, run.judged, run.changed, run.uncertain) == (2, 2, 2, 2)
        assert run.ended_at is not None


def test_a_plan_that_was_approved_asks_for_approval_of_the_place_as_it_is_judged_now(sam):
    placement = placed(sam, "approved")
    switched_to(BARNSLEY)
    judge_again(sam)
    with acting_for(service(sam.authority_id), "test"):
        placement.refresh_from_db()
        assert placement.status == Placement.Status.PROPOSED
        assert Approval.objects.filter(placement=placement, superseded_at=None, decision="").exists()


def test_of_a_closed_address_no_line_and_no_task_says_where_it_is(sam):
    placement = placed(sam, is_restricted=True)
    switched_to(BARNSLEY)
    assert judge_again(sam) == 1
    lines, (duty,), _ = read(placement, sam)
    assert lines == ["Judged again, since boundaries changed: It is kept with the closed address."]
    assert not [word for word in ("Sheffield", "Barnsley") if word in f"{duty.title} {duty.working}"]
    with acting_for(sam, "test"):
        assert Rejudging.objects.get().places == 0


def test_a_switch_that_is_taken_back_is_judged_again_too(sam):
    placement = placed(sam)
    made = switched_to(BARNSLEY)
    judge_again(sam)
    clock.set_to(databases.NOON.replace(hour=15))
    boundaries.deactivate(made, at=clock.now())
    assert judge_again(sam) == 1
    lines, duties, state = read(placement, sam)
    assert (len(lines), len(duties), state) == (2, 2, "out_of_area_adjoining")


def test_the_sweep_judges_every_register_and_without_a_switch_none(sam):
    placement = placed(sam)
    with databases.as_role("WORKER_DATABASE_URL"):
        tasks.judge_again()
        assert read(placement, sam)[0] == []
    switched_to(BARNSLEY)
    with databases.as_role("WORKER_DATABASE_URL"):
        SignOfLife.objects.update(seen_at=clock.real_now() - timedelta(minutes=1))
        tasks.judge_again()
    assert len(read(placement, sam)[0]) == 1
