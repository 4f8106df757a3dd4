"""Does the card for when the service is down say who approves, whom to ring and by when, and no child?"""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from db import clock
from notifications.models import Contact
from tests import factories
from tests.journeys import browser as chromium
from tests.web.browser import at_rotherham, words
from tests.web.test_emergencies import add_contact
from web.card import rendered

pytestmark = pytest.mark.usefixtures("committing")


@pytest.fixture
def week_before_christmas():
    clock.set_to(datetime(2026, 12, 17, 22, 0, tzinfo=UTC))
    add_contact(factories.ROTHERHAM, Contact.Purpose.DIRECTOR, "01632 960103")
    add_contact(factories.SHEFFIELD, Contact.Purpose.OUT_OF_HOURS, "01632 960201")
    actor, browser = at_rotherham()
    factories.child(actor)
    return actor, browser


@pytest.mark.parametrize(
    "said",
    [
        "In our own area nobody under reg. 11",
        "In the area of a neighbour named below the nominated officer",
        "Anywhere else the director of children's services",
        "Director of children’s services: 01632 960103",
        "Sheffield: 01632 960201",
        # Arriving on Friday 18 December: notices, judgement, first visit.
        "Fri 18 Dec 2026 Tue 29 Dec 2026 Tue 29 Dec 2026 Fri 25 Dec 2026",
        "Fri 25 Dec 2026 (Christmas Day); Mon 28 Dec 2026 (Boxing Day (substitute day)); Fri 1 Jan 2027",
    ],
)
def test_card_says_by_the_same_rules(week_before_christmas, said):
    _, browser = week_before_christmas

    assert said in words(browser.get("/card/"))


def test_card_names_no_child(week_before_christmas):
    _, browser = week_before_christmas

    page = words(browser.get("/card/"))

    assert "Kayla" not in page
    assert "Brent" not in page


def test_command_writes_the_same_card(week_before_christmas, tmp_path):
    file = tmp_path / "card.html"

    call_command("write_card", file, authority=factories.ROTHERHAM)

    assert "01632 960103" in file.read_text(encoding="utf-8")
    with pytest.raises(CommandError, match="No authority has the code"):
        call_command("write_card", file, authority="nowhere")


def test_card_prints_on_one_side_of_a4(week_before_christmas, tmp_path):
    playwright = pytest.importorskip("playwright.sync_api")
    if not Path(chromium.CHROMIUM).exists():
        pytest.skip(f"needs {chromium.CHROMIUM} (Debian's package chromium)")
    actor, _ = week_before_christmas
    with factories.acting(actor):
        written = rendered(factories.authority(), on=date(2026, 12, 17))

    with playwright.sync_playwright() as started:
        visitor = started.chromium.launch(executable_path=chromium.CHROMIUM, args=["--no-sandbox"])
        page = visitor.new_page()
        page.set_content(written)
        printed = page.pdf(format="A4", prefer_css_page_size=True)
        visitor.close()

    assert re.findall(rb"/Count (\d+)", printed) == [b"1"]
