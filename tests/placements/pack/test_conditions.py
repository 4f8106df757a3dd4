"""Does every condition bind a pack: refused with whom to ask, let out by the owner's yes, and found again by a recall?"""

from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from accounts.acting import acting_for
from accounts.roles import Role
from db import clock
from geo.models import Postcode
from hotspots import actions
from hotspots.models import Audience, Output, Share, Version
from hotspots.sharing import passing_on
from placements.models import PackRequest, Screening
from placements.overlay import passing_on as passing
from placements.overlay import recalls
from placements.pack import requests
from tests import databases, factories
from tests.databases import NOON
from tests.hotspots import world as areas
from tests.placements.pack import register

OWNER, READER = factories.LEEDS, factories.ROTHERHAM
TO_A_BODY = {"audience": Audience.OTHER_BODY, "output": Output.PACK}
ASK = "Information of another authority, under conditions: ask the exploitation lead of Leeds."
LATER = datetime(2027, 1, 6, 9, 0, tzinfo=UTC)


@pytest.fixture
def priya(committing):
    return factories.person()


def shared(*, level=Share.Level.PROXIMITY, owner=OWNER, to=READER, **said):
    """An area beside the place in Leeds where children of this register are placed."""
    place = Postcode.objects.get(postcode="LS1 8ED")
    shape = areas.polygon(place.easting - 100, place.northing - 100)
    feature = areas.square("A1", geometry=shape, concern="zqconcern", **said)
    return areas.publish(owner, feature, to=to, level=level)[0]


def read() -> list[str]:
    """What the pack says of the place, authority by authority."""
    (found,) = [one for one in register.answer().stories if one.name == "screenings"]
    return [
        said
        for said in found.column("sentences")
        if any(word in said for word in ("qconcern", "nformation", "Taken back"))
    ]


def version_of(hotspot_id, owner=OWNER):
    with areas.acting(owner):
        return Version.objects.get(hotspot_id=hotspot_id, superseded_at=None).id


def answered(placement, answer: str, by) -> None:
    """The owner is asked whether it may stand in a pack, and says yes or no."""
    with factories.acting(by):
        (question,) = passing.ask(placement.id, **TO_A_BODY, by=by, at=NOON)
    farah = factories.person(OWNER, Role.HOTSPOT_ANALYST, name="Farah Aziz")
    with acting_for(farah, "test"):
        passing_on.answer(question.id, answer=answer, by=farah, at=NOON + timedelta(hours=1))


@pytest.mark.parametrize(
    "said",
    [
        {"conditions": "zqwords alone"},
        {"condition_kinds": ["not_in_writing"]},
        {"condition_kinds": ["not_beyond_readers"]},
    ],
    ids=["in words alone", "not in writing", "not beyond readers"],
)
@pytest.mark.parametrize("level", [Share.Level.CONTACT, Share.Level.PROXIMITY, Share.Level.GEOMETRY])
def test_what_a_condition_binds_is_whom_to_ask_at_every_level(priya, said, level):
    shared(level=level, **said)
    register.planned(priya, "AA-1", factories.PlaceTo.AT_A_DISTANCE)
    assert read() == [ASK]
    assert register.answer().versions == frozenset()


def test_a_condition_about_carers_or_about_the_family_does_not_bind_a_pack(priya):
    hotspot_id = shared(condition_kinds=["not_to_carers_or_providers", "not_to_child_or_family"])
    register.planned(priya, "AA-1", factories.PlaceTo.AT_A_DISTANCE)
    (said,) = read()
    assert "zqconcern" in said.lower()
    assert register.answer().versions == {version_of(hotspot_id)}


def test_the_owners_yes_lets_it_stand_in_a_pack_and_her_no_does_not(priya):
    hotspot_id = shared(condition_kinds=["not_in_writing"])
    placement = register.planned(priya, "AA-1", factories.PlaceTo.AT_A_DISTANCE)
    answered(placement, "no", priya)
    assert read() == [ASK]
    answered(placement, "yes", priya)
    (said,) = read()
    assert "zqconcern" in said.lower()
    assert said.endswith("Passed on with the agreement of Leeds.")
    assert register.answer().versions == {version_of(hotspot_id)}


def test_a_yes_is_for_the_placement_that_was_asked_about(priya):
    shared(condition_kinds=["not_in_writing"])
    placement = register.planned(priya, "AA-1", factories.PlaceTo.AT_A_DISTANCE)
    register.planned(priya, "AA-2", factories.PlaceTo.AT_A_DISTANCE)
    answered(placement, "yes", priya)
    assert sorted(said == ASK for said in read()) == [False, True]


def test_a_condition_that_came_later_binds_what_was_read_before(priya):
    shared()
    register.planned(priya, "AA-1", factories.PlaceTo.AT_A_DISTANCE)
    assert "zqconcern" in read()[0].lower()
    place = Postcode.objects.get(postcode="LS1 8ED")
    shape = areas.polygon(place.easting - 100, place.northing - 100)
    areas.load(OWNER, areas.square("A1", geometry=shape, concern="zqconcern", condition_kinds=["not_in_writing"]))
    assert read() == [ASK]


def test_what_was_given_to_us_under_conditions_binds_our_own_pack(priya):
    place = Postcode.objects.get(postcode=factories.PlaceTo.IN_AREA.postcode)
    shape = areas.polygon(place.easting - 100, place.northing - 100)
    feature = areas.square("A1", geometry=shape, concern="zqconcern", condition_kinds=["not_beyond_readers"])
    areas.publish(READER, feature, to=OWNER)
    register.planned(priya, "AA-4", factories.PlaceTo.IN_AREA)
    with factories.acting(priya):
        (own,) = [one for one in _answers() if one["is_own"]]
        assert "zqconcern" in " ".join(own["sentences"]).lower()
    assert "zqconcern" not in str(register.answer().stories).lower()


def _answers() -> list[dict]:
    return Screening.objects.order_by("-at").first().answer["authorities"]


def test_what_is_not_shared_any_more_is_not_passed_on_in_a_later_pack(priya):
    hotspot_id = shared()
    register.planned(priya, "AA-1", factories.PlaceTo.AT_A_DISTANCE)
    farah = factories.person(OWNER, Role.HOTSPOT_ANALYST, name="Farah Aziz")
    with acting_for(farah, "test"):
        actions.withdraw(hotspot_id, reason="Source unsafe", by=farah, at=NOON)
    assert read() == ["Taken back since, or not shared any more: not passed on."]


def made(by, *, starts_on: date, ends_on: date, at: datetime) -> PackRequest:
    with factories.acting(by):
        pack = requests.ask(starts_on=starts_on, ends_on=ends_on, purpose="inspection", by=by, at=at)
    requests.make_waiting(by.authority_id, at=at)
    return pack


def test_a_recall_lists_the_packs_that_used_it_and_no_other(priya):
    """Of three packs, one told of the area; one is of the month before; one was made after it was withdrawn."""
    hotspot_id = shared()
    register.planned(priya, "AA-1", factories.PlaceTo.AT_A_DISTANCE)
    manager = factories.person(READER, Role.MANAGER, name="Tom Oakes")
    november, december = {"starts_on": date(2026, 11, 1)}, {"starts_on": date(2026, 12, 1)}
    told = made(manager, **december, ends_on=date(2026, 12, 31), at=LATER)
    made(manager, **november, ends_on=date(2026, 11, 30), at=LATER)
    farah = factories.person(OWNER, Role.HOTSPOT_ANALYST, name="Farah Aziz")
    with acting_for(farah, "test"):
        actions.withdraw(hotspot_id, reason="Source unsafe", by=farah, at=LATER)
    made(manager, **december, ends_on=date(2026, 12, 31), at=LATER + timedelta(hours=1))
    with databases.as_role("WORKER_DATABASE_URL"):
        recalls.carry_out(factories.authority(OWNER).id, at=LATER + timedelta(hours=2))
    with factories.acting(priya):
        assert [one.id for one in recalls.uses(recalls.here().get()).packs] == [told.id]


def test_a_pack_that_a_command_wrote_is_listed_too_and_one_without_it_is_not(priya, tmp_path):
    hotspot_id = shared()
    clock.set_to(LATER)
    for folder in ("before", "after"):
        how = {"authority": READER, "starts_on": date(2026, 11, 1), "ends_on": date(2026, 12, 31)}
        call_command("make_pack", tmp_path / folder, stdout=StringIO(), **how)
        if folder == "before":
            register.planned(priya, "AA-1", factories.PlaceTo.AT_A_DISTANCE)
    farah = factories.person(OWNER, Role.HOTSPOT_ANALYST, name="Farah Aziz")
    with acting_for(farah, "test"):
        actions.withdraw(hotspot_id, reason="Source unsafe", by=farah, at=LATER)
    with databases.as_role("WORKER_DATABASE_URL"):
        recalls.carry_out(factories.authority(OWNER).id, at=LATER)
    with factories.acting(priya):
        told = [one.purpose for one in recalls.uses(recalls.here().get()).other_readings]
    assert told.count("a pack made by command") == 1
