"""Story 6 walked on the pages: shared on a Friday, no storm, nobody given away, and taken back."""

import re

import pytest
from django.core.wsgi import get_wsgi_application

from accounts.acting import acting_for
from db import clock
from notifications.models import NewLines
from tests.api.live import served
from tests.journeys.walk import Person
from tests.stories.canal_street import CanalStreet, at
from tests.stories.conftest import ASHFORD, BRACKWATER, CARROWBY, county, who  # noqa: F401
from tests.stories.test_story_6_one_sentence import KIT_READS, RING

EFFECT = "Newly near: 1 of our own. Of partner authorities: fewer than five."
CORNERS = "{west}, 460000\n{east}, 460000\n{east}, 460100\n{west}, 460100"
SECRETS = ("Canal Street", "BW-AC-07", "2 B C", "CANARY", "without the originator", "640")
LEE_READS = "Brackwater shares; nothing within 1,000 metres; it last looked on 9 April 2027."
DUNMERE = "Dunmere has told us nothing. This says nothing about the place itself."
TAKEN_BACK = "An area of concern that we shared is withdrawn. Do not rely on it. Do not pass it on."


@pytest.fixture
def site(county, settings, collected):  # noqa: F811
    """The service's address, on the county's ground."""
    settings.STATIC_ROOT = collected
    with served(get_wsgi_application()) as address:
        yield address


@pytest.fixture
def spring(site, visit):
    """The story's children and agreements; everybody comes to a browser of their own."""
    street = CanalStreet()
    street.agree(at(4, 9, 13, 40))
    clock.set_to(at(4, 9, 14))
    return street, lambda name, code=ASHFORD: Person(visit(), who(name, code))


def test_story_6_walked_whole(spring):
    street, sign_in = spring
    farah, sam = sign_in("Farah Aziz", BRACKWATER), sign_in("Sam Ortiz")
    area = drawn(farah)
    previewed(farah, sign_in("DC Mark Tolley", BRACKWATER), area)
    published(farah, area)
    street.recheck(at(4, 9, 14, 12))
    read_by_everybody(street, sign_in, sam)
    owner_reads_to_whom(farah)
    one_word_to_a_person(street)
    judged_both_ways(street, sign_in, sam)
    passed_on_with_a_yes(street, farah, sam)
    moved_east(street, sign_in, farah, sam, area)
    looked_at_again(street, farah, sam, area)
    agreement_ended(street, farah, sam)
    withdrawn(street, sign_in, farah, sam, area)


def corners(west: int) -> str:
    """Four corners of Canal Street's rectangle, whose western edge lies so many metres east of the county's origin."""
    return CORNERS.format(west=580_000 + west, east=580_200 + west)


def address(street: CanalStreet, name: str, rest: str = "") -> str:
    return f"/placements/{street.placements[name].id}/{rest}"


def reads(person: Person) -> str:
    """The page as it stands, without a fault of access."""
    assert person.visitor.faults() == [], person.page.url
    return person.reads()


def gives_nothing_away(words: str) -> None:
    for secret in SECRETS:
        assert not re.search(rf"\b{secret}", words), secret


def drawn(farah: Person) -> str:
    """14:00: as received from Norrowshire Police, saved as a draft that nobody is told of; its address."""
    farah.open("/areas-of-concern/new/")
    farah.write(
        reference="BW-AC-07",
        name="Canal Street",
        concern="collected by car, evenings",
        corners=corners(30_000),
        originator="Norrowshire Police",
        conditions="Not to carers or providers without the originator's agreement",
        grading="2 B C",
        narrative="CANARY-CANAL",
    )
    farah.choose("Easting and northing", "Not to be passed to carers or providers")
    farah.date("last_supported_on", 20, 3, 2027)
    farah.date("review_on", 9, 7, 2027)
    farah.page.click("main form button[name=act]")
    assert "Draft" in reads(farah)
    return farah.page.url.removeprefix(farah.visitor.address)


def previewed(farah: Person, mark: Person, area: str) -> None:
    """The same words wherever it is drawn, five times a day; then a second person."""
    for west in (30_000, 30_050, 30_060, 30_070, 30_080):
        farah.open(f"{area}change/")
        farah.write(corners=corners(west))
        assert EFFECT in farah.press("See first what it would bring about"), west
    farah.open(f"{area}change/")
    farah.write(corners=corners(30_090))
    assert "ask a second person" in farah.press("See first what it would bring about")
    mark.open(f"{area}effect/allow/")
    assert "Five more previews of this area are allowed today." in mark.send()


def published(farah: Person, area: str) -> None:
    """14:10: shared near-or-not with Ashford-on-Grid, for contact only with Carrowby, and what Brackwater says of it."""
    for partner, level in (("Ashford-on-Grid", "Near or not"), ("Carrowby", "Contact only")):
        farah.open(f"{area}share/")
        farah.choose(partner, level)
        farah.press("See what it would bring about")
        assert "Saved. It holds from now on." in farah.press("Share")
    farah.open("/sharing/ours/")
    farah.choose("Yes")
    farah.write(scope="Streets and parks of the town")
    farah.date("last_looked_on", 9, 4, 2027)
    farah.date("review_on", 9, 7, 2027)
    assert "Said. Every authority reads it from now on." in farah.send()


def read_by_everybody(street: CanalStreet, sign_in, sam: Person) -> None:
    """14:12: what each reader reads, and what none of them does."""
    said = sam.open("/new-lines/")
    assert KIT_READS in said
    assert "Remy" not in said
    gives_nothing_away(said)
    reads(sam)
    kit = sam.open(address(street, "Kit"))
    assert KIT_READS in kit
    gives_nothing_away(kit)
    lee = sam.open(address(street, "Lee"))
    assert LEE_READS in lee
    assert DUNMERE in lee
    nell = sign_in("Nell Achebe", CARROWBY)
    said = nell.open("/new-lines/")
    assert RING in said
    for secret in (*SECRETS, "ollected by car", "within 1,000 metres"):
        assert secret not in said
    for name in ("Priya Nair", "Tom Oakes"):
        granted = sign_in(name)
        assert RING in granted.open("/new-lines/")
        remy = granted.open(address(street, "Remy"))
        assert RING in remy
        assert "ollected by car" not in remy
    assert RING not in sam.open(address(street, "Remy"))


def owner_reads_to_whom(farah: Person) -> None:
    said = farah.open("/areas-of-concern/shown/")
    reads(farah)
    assert {"Ashford-on-Grid", "Carrowby"} <= set(re.findall("Ashford-on-Grid|Carrowby|Dunmere", said))
    for secret in ("Kit", "Lee", "Remy", "Noor", "14:12", "BK4"):
        assert secret not in said


def one_word_to_a_person(street: CanalStreet) -> None:
    """One e-mail with a count, and the judgement that Kit's worker owes."""
    with acting_for(street.kits, "test"):
        assert [one.count for one in NewLines.objects.all()] == [1]


def judged_both_ways(street: CanalStreet, sign_in, sam: Person) -> None:
    """Tue 13 April: not worried though something is near; worried though nothing is. The ledger holds both."""
    assert "Friday 16 April 2027" in sam.open(address(street, "Kit"))
    at_the_desk(street, 13)
    for name, label, why in (
        ("Kit", "Something is shared, and it is no worry for this child", "He is driven to school and back."),
        ("Lee", "Nothing is near, and there is a worry all the same", "Lee says that somebody waits at the bus stop."),
    ):
        sam.open(address(street, name, "judgements/write/"))
        sam.write(known_and_not_known="Visited twice.", thinks_and_why=why)
        sam.choose(label)
        sam.date("look_again_on", 13, 7, 2027)
        sam.page.click("main form button.govuk-button")
        assert why in reads(sam)
    ruth = sign_in("Ruth Adeyemi")
    said = ruth.open("/disagreements/")
    assert "He is driven to school and back." in said
    reads(ruth)


def at_the_desk(street: CanalStreet, day: int, hour: int = 9, month: int = 4) -> None:
    clock.set_to(at(month, day, hour))


def passed_on_with_a_yes(street: CanalStreet, farah: Person, sam: Person) -> None:
    """Wed 14 April: refused with whom to ask; asked; Farah's yes; then it may be printed."""
    at_the_desk(street, 14)
    whom = ("A carer or provider", "A letter")
    sam.open(address(street, "Kit", "pass-on/"))
    sam.choose(*whom)
    assert "Norrowshire Police attached a condition. Ask Brackwater." in sam.send()
    sam.press("Ask the owner whether it may be passed on")
    sam.choose(*whom)
    assert "The owner is asked." in sam.send()
    assert "Kit" not in farah.open("/passing-on/")
    farah.press("BW-AC-07")
    farah.choose("Yes, it may be passed on")
    assert "Your answer is recorded." in farah.send()
    sam.open(address(street, "Kit", "pass-on/"))
    sam.choose(*whom)
    assert KIT_READS in sam.send()


def moved_east(street: CanalStreet, sign_in, farah: Person, sam: Person, area: str) -> None:
    """Mon 19 April: 800 metres east. Noor no longer; Ola out of it; Kit inside, and not one word new."""
    at_the_desk(street, 19)
    farah.open(f"{area}change/")
    farah.write(corners=corners(30_800))
    farah.press("See what it would bring about")
    farah.press("Publish the change")
    sam.open("/new-lines/")
    before = len(street.lines(street.kits, "Kit"))
    street.recheck(at(4, 19, 10, 2))
    assert len(street.lines(street.kits, "Kit")) == before
    nell, una = sign_in("Nell Achebe", CARROWBY), sign_in("Una Frost", BRACKWATER)
    assert "Noor" in nell.open("/new-lines/")
    assert [line.what for line in street.lines(street.noors, "Noor")] == ["entered", "left"]
    assert "Ola" in una.open("/new-lines/")
    assert KIT_READS in sam.open(address(street, "Kit"))


def looked_at_again(street: CanalStreet, farah: Person, sam: Person, area: str) -> None:
    """Wed 21 April: only the review date changes; nobody is told, and it is read the next time."""
    at_the_desk(street, 21)
    farah.open(f"{area}change/")
    farah.date("review_on", 22, 10, 2027)
    farah.press("See what it would bring about")
    farah.press("Publish the change")
    before = len(street.lines(street.kits, "Kit"))
    street.recheck(at(4, 21, 9, 2))
    assert len(street.lines(street.kits, "Kit")) == before
    assert "review 22 October 2027" in sam.open(address(street, "Kit"))


def agreement_ended(street: CanalStreet, farah: Person, sam: Person) -> None:
    """The last day is Friday 30 April: on Saturday the check says that Brackwater shares nothing with us."""
    at_the_desk(street, 26)
    farah.open("/agreements/")
    farah.page.locator("main tr", has_text="Ashford-on-Grid").locator("a").first.click()
    farah.date("last_on", 30, 4, 2027)
    farah.send()
    street.recheck(at(5, 1, 9))
    assert "Brackwater shares nothing with you." in sam.open(address(street, "Kit"))


def withdrawn(street: CanalStreet, sign_in, farah: Person, sam: Person, area: str) -> None:
    """Mon 10 May: within the hour everybody who used it knows, and nobody knows why."""
    at_the_desk(street, 10, month=5)
    farah.open(f"{area}withdraw/")
    farah.write(reason="CANARY-SOURCE unsafe")
    assert "It is withdrawn." in farah.send()
    street.recheck(at(5, 10, 9, 30))
    sam.open("/recalls/")
    said = sam.press("Brackwater")
    reads(sam)
    assert "Do not rely on it. Do not pass it on." in said
    assert KIT_READS in said
    assert "CANARY" not in said
    nell = sign_in("Nell Achebe", CARROWBY)
    assert TAKEN_BACK in nell.open("/new-lines/")
    assert "no reply yet" in farah.open("/recalls/made/")
    reads(farah)
