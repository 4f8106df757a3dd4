"""Story 10 walked on the pages: a pack is asked for, agreed to and taken; an inspector reads one child from start to end."""

import io
import json
import zipfile
from datetime import date

import pytest

from accounts.acting import acting_for, operator
from accounts.models import Membership
from audit.models import LogEntry
from geo.areas import authority_by_code
from placements import tasks
from tests.journeys.walk import Person, at
from tests.stories.conftest import ASHFORD, who
from tests.stories.fifteen import Fifteen


@pytest.fixture
def people(county, visit):
    """Monday 14 June 2027, 09:40: the half-year has happened; Ingrid Vale's own membership ends with Friday 25 June."""
    Fifteen()
    ours = authority_by_code(ASHFORD)
    with acting_for(operator(ours.id), "test"):
        Membership.objects.filter(authority=ours, role="inspector").update(ends_on=date(2027, 6, 26))
    at(2027, 6, 14, 9, 40)
    return lambda name: Person(visit(), who(name))


def test_story_10_walked_whole(people):
    tom, colin = people("Tom Oakes"), people("Colin Reeve")
    made = asked_agreed_and_taken(tom, colin)
    honest(made)
    ingrid = people("Ingrid Vale")
    one_child_from_start_to_end(ingrid)
    read_only_logged_and_over(ingrid)


def asked_agreed_and_taken(tom: Person, colin: Person) -> zipfile.ZipFile:
    """Above 50 rows: Tom cannot take it before Colin agrees, nor agree himself."""
    tom.open("/inspection/")
    tom.press("Ask for a pack")
    tom.date("starts_on", 1, 11, 2026)
    tom.date("ends_on", 31, 5, 2027)
    tom.choose("An inspection")
    assert "The pack is asked for." in tom.send()
    pack = tom.page.url.removeprefix(tom.visitor.address)
    tasks.make_packs(str(authority_by_code(ASHFORD).id))
    waiting = tom.open(pack)
    assert "Rows over all its files" in waiting
    assert tom.page.locator("main a", has_text="Take a copy").count() == 0
    assert tom.page.locator("main a", has_text="Agree").count() == 0

    colin.open("/inspection/")
    colin.page.click("main table a")
    colin.press("Agree")
    assert "Tom Oakes asked for the out-of-area placements of 1 November 2026 to 31 May 2027" in colin.reads()
    assert "You agreed." in colin.send()
    tom.open(pack)
    with tom.page.expect_download() as download:
        tom.page.locator("main a", has_text="Take a copy").click()
    return zipfile.ZipFile(io.BytesIO(download.value.path().read_bytes()))


def honest(made: zipfile.ZipFile) -> None:
    """The front page's counts are in the file to print, and every file is in the list of contents with its hash."""
    names = set(made.namelist())
    front = made.read("index.html").decode()
    for words in (
        "5 of the 6 that can be measured",
        "9 of the 15",
        "undone in 84 minutes",
        "Host has not answered (no duty to)",
    ):
        assert words in front, words
    listed = json.loads(made.read("manifest.json"))["files"]
    assert names - set(listed) == {"manifest.json", "copy.txt"}
    assert {"index.html", "pack.json", "csv/placements.csv"} <= names
    assert "AG-2303 Lane" not in b"".join(made.read(name) for name in names).decode()


def one_child_from_start_to_end(ingrid: Person) -> None:
    """Two presses from a row of the placements; why Carrowby and not nearer; the screening as it was that night."""
    ingrid.open("/placements/")
    ingrid.page.locator("main tr", has_text="AG-2041").locator("a", has_text="18 December 2026").first.click()
    assert "CANARY-OTHER-BED, Ashford" in ingrid.reads()
    said = ingrid.press("The child’s whole story")
    for words in (
        "Kayla said that she wants to go tonight.",
        "is past its review date of 1 September 2026",
        "Why there and not nearer, and which places were asked",
        "CANARY-OTHER-BED, Ashford",
        "Thu 17 December 2026, 23:50",
        "Fri 18 December 2026, 00:15",
        "acknowledged",
        "reg. 13(4)",
    ):
        assert words in said, words
    ingrid.open("/placements/")
    ingrid.page.locator("main tr", has_text="AG-3010").locator("a").first.click()
    assert "Not recorded" in ingrid.reads()


def read_only_logged_and_over(ingrid: Person) -> None:
    """No button of hers writes anything; what she opened is in the log-book; on Saturday 26 June she acts for nobody."""
    ingrid.open("/placements/")
    ingrid.page.locator("main tr", has_text="AG-2041").locator("a").first.click()
    assert ingrid.page.locator("main form").count() == 0
    assert ingrid.page.locator("main a[role=button]").count() == 0
    offered = ingrid.page.locator("main a").all_text_contents()
    assert [one for one in offered if one.startswith(("Record", "Put right"))] == []
    assert "Your role may not do this" in ingrid.open("/children/new/")
    with acting_for(operator(authority_by_code(ASHFORD).id), "test"):
        seen = set(LogEntry.objects.filter(person_id=who("Ingrid Vale").person_id).values_list("operation", flat=True))
    assert {"placements.read", "children.story"} <= seen

    at(2027, 6, 25, 23, 50)
    assert "Kayla" in ingrid.open("/placements/")
    at(2027, 6, 26, 0, 1)
    assert "You act for no authority" in ingrid.open("/placements/")
