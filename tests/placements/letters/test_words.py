"""What each reader reads: a child, a parent, a carer, a surgery, a school, a reviewing officer, the police."""

import re
from datetime import date
from itertools import product

import pytest

from geo.models import Authority
from placements.actions.placements import propose
from placements.letters import check, correspondents, left_out, prepare, words
from placements.letters.check import About
from placements.letters.exceptions import HoldsWhatIsLeftOut
from placements.models import Placement
from placements.place.places import Place
from placements.rules.people_to_tell import RECIPIENTS
from tests.factories import NOON, acting, child, person, placement_at
from tests.placements.letters.world import decide, listed

pytestmark = pytest.mark.django_db
KINDS = [one.code for one in RECIPIENTS] + ["carer"]


@pytest.fixture
def hari(db):
    return person(name="Hari Lal")


def read(letter) -> str:
    """The letter as somebody reads it."""
    return " ".join(re.sub(r"<[^>]*>", " ", letter.html.partition("<body>")[2]).split())


def written(hari, plan, *people):
    with acting(hari):
        ids = [one.id for one in people]
        made = prepare.prepare(placement_id=plan.id, about="placement", correspondent_ids=ids, by=hari, at=NOON)
    return {one.correspondent.code: read(one) for one in made}


@pytest.fixture
def said(hari):
    plan = placement_at(Placement.Status.PROPOSED, hari)
    decide(plan, hari, "b", "Ros Tolland", "address")
    return written(hari, plan, *listed(plan, hari).values())


def test_every_letter_is_signed_by_whoever_made_it(said):
    assert all("Hari Lal, Placements officer Rotherham" in one for one in said.values())


def test_a_child_is_told_that_every_feeling_is_all_right_and_that_we_have_to_listen(said):
    assert "Whatever you feel is all right." in said["child"]
    assert "We have to listen to you" in said["child"]
    assert "An advocate is on your side" in said["child"]
    assert "With best wishes, Hari Lal" in said["child"]


def test_a_mother_is_greeted_by_name_told_that_she_can_ask_and_complain_and_nothing_of_where(said):
    mother = said["parents"]

    assert "Dear Ros Tolland," in mother
    assert "This letter does not say where. If you would like to talk with us about that, please ring us." in mother
    assert "If you disagree with us, tell us; you can also complain" in mother
    assert "large print or in another language" in mother
    assert "Leeds" not in mother


def test_a_surgery_a_school_and_the_reviewing_officer_read_what_is_asked_of_them(said):
    assert "Dear colleague," in said["gp_to_be"]
    assert "Please ask us who can consent to treatment." in said["gp_to_be"]
    assert "designated teacher" in said["school"]
    assert "whether the next review should come earlier" in said["iro"]
    assert "Dear Pat Hume," in said["iro"]


def test_what_the_law_asks_names_it_and_what_is_practice_says_so(said):
    assert "The law asks us to send this letter:" in said["gp_now"]
    assert "reg. 13(2)(g)" in said["gp_now"]
    for code in ("school_to_be", "police"):
        assert "No law asks us to send this letter: it is good practice." in said[code]
        assert "The law asks" not in said[code]


def test_the_police_read_that_nobody_is_reported_missing(said):
    assert "This letter is not a report that anybody is missing." in said["police"]


def test_a_day_that_nobody_knows_yet_is_said_in_the_childs_words():
    letter = words.html(blank("child", About.PLACEMENT, has_day=False))

    assert "We do not know the day yet." in letter
    assert words.NOT_FIXED not in letter


def blank(kind: str, about: About, **changes) -> words.Words:
    """A letter without the address, of which every name is the template's own."""
    facts = {
        "kind": kind,
        "is_to_family": kind in words.FAMILY,
        "is_law": True,
        "reference": "L-1",
        "written_on": "1 December 2026",
        "written_by": "",
        "sender": "",
        "telephone": "01632 960100",
        "telephone_out_of_hours": "01632 960101",
        "email": "",
        "reader": "",
        "reader_address": (),
        "about": about.value,
        "citation": "reg. 13(2)",
        "given_name": "",
        "name": "",
        "born_on": "",
        "day": words.NOT_FIXED,
        "has_day": True,
        "has_happened": False,
        "address": None,
    }
    return words.Words(**(facts | changes))


def test_no_letter_without_the_address_names_an_authority_by_its_own_words(db):
    """“Reading” and “Bath” are authorities: a letter that used such a word could be sent to nobody of their area."""
    names = {one.partition(",")[0].casefold() for one in Authority.objects.values_list("name", flat=True)}

    for kind, about, has_happened in product(KINDS, About, (True, False)):
        letter = re.sub(r"<[^>]*>", " ", words.html(blank(kind, about, has_happened=has_happened)))
        held = f" {' '.join(re.findall(r'[a-z]+', letter.casefold()))} "
        assert not [name for name in names if f" {name} " in held]


def told_without_the_address(hari, house: str, her_address: str):
    """A mother's letter about a place in Sheffield, which lies within what was once South Yorkshire."""
    with acting(hari):
        place = Place(line=house, postcode="S1 1AA", home_postcode="S65 1SB")
        made = {"place_code": "U6", "provider_code": "PR4", "by": hari, "at": NOON}
        plan = propose(child_id=child(hari).id, planned_start_on=date(2026, 12, 7), place=place, **made)
    decide(plan, hari, "b", "Ros Tolland", "address")
    with acting(hari):
        her = {"code": "parents", "name": "Ros Tolland", "channel": "post", "postal_address": her_address}
        mother = correspondents.add(placement_id=plan.id, **her, by=hari, at=NOON)
    return written(hari, plan, mother)["parents"]


def test_a_mother_who_lives_in_the_same_town_is_written_to(hari):
    told = told_without_the_address(hari, "Quince House, 4 Mill Lane, Sheffield", "9 Station Road\nSheffield")

    assert "9 Station Road Sheffield" in told
    assert "Quince" not in told


def test_a_sender_named_after_the_town_writes_to_her(hari):
    """As Nottinghamshire does about a place in Nottingham, and North Somerset about one in Somerset."""
    plan = placement_at(Placement.Status.PROPOSED, hari)
    decide(plan, hari, "b", "Ros Tolland", "address")
    listed(plan, hari)
    with acting(hari):
        [mother] = [
            one for one in check.lines(plan, About.PLACEMENT, on=date(2026, 12, 1)) if one.name == "Ros Tolland"
        ]
        left_out.must_not_hold("<p>North Leeds looks after her", plan, mother, without_own_names="<p> looks after her")
        left_out.must_not_hold("<p>Of Leedsshire", plan, mother, without_own_names="<p>Of Leedsshire")
        for said in ("<p>In Leeds", "<p>LEEDS’s", "<p>(leeds)<br>"):
            with pytest.raises(HoldsWhatIsLeftOut):
                left_out.must_not_hold(said, plan, mother, without_own_names=said)


@pytest.mark.parametrize("wrong", ["Quince House\nSheffield", "4 Mill Lane\nSheffield", "Flat 2\nS1 1AA"])
def test_the_childs_own_house_in_place_of_hers_is_refused(hari, wrong):
    with pytest.raises(HoldsWhatIsLeftOut):
        told_without_the_address(hari, "Quince House, 4 Mill Lane, Sheffield", wrong)


def test_a_name_of_one_word_is_sought_as_a_word(hari):
    plan = placement_at(Placement.Status.PROPOSED, hari)
    decide(plan, hari, "e", "Ann", "notice")
    people = listed(plan, hari)

    assert written(hari, plan, people["school"])
    with acting(hari):
        mother = {"code": "gp_now", "name": "Surgery of Ann", "channel": "by_hand"}
        other = correspondents.add(placement_id=plan.id, **mother, by=hari, at=NOON)
    with pytest.raises(HoldsWhatIsLeftOut):
        written(hari, plan, other)
