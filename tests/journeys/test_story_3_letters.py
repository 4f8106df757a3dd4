"""Story 3 walked on the pages: every letter in one go, the father is not told, and the bounce reached Hari the same day."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.acting import acting_for
from db import clock
from notifications.delivery import bounces, delivery
from notifications.models import Document
from placements.actions import placements as actions
from placements.actions.endings import record_ending
from placements.models import Letter
from placements.telling import bounced
from tests import databases
from tests.journeys.walk import Person, at
from tests.notifications.test_bounces import RETURN, mail_server, report
from tests.stories.conftest import ASHFORD, BRACKWATER, CARROWBY, who
from tests.stories.test_story_3_thirteen_letters import FATHER, NEW, SWITCHBOARD, Week, date
from tests.stories.test_story_3_thirteen_letters import at as instant

DUNMERE_BY_NAME = "Dunmere"
WORDS_OF_BEA = ("Bea", "Tolland", "Quince", "DM3")
# Pages of this story that are looked at whole: by axe, and for scrolling sideways at 320 pixels.
NARROW = {"width": 320, "height": 640}


@pytest.fixture
def week(county, settings, tmp_path):
    """Monday 22 March 2027, 09:00. Dunmere's mailbox is dead, and the mail server says so in its own way."""
    with mail_server() as server:
        settings.NOTIFY_API_KEY = ""
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.BOUNCE_ADDRESS, settings.BOUNCE_FOLDER = RETURN, str(tmp_path / "bounces")
        at(2027, 3, 22, 9, 0)
        made = Week()
        made.server = server
        yield made


@pytest.fixture
def people(week, visit):
    def person(name: str, code: str = BRACKWATER) -> Person:
        return Person(visit(), who(name, code))

    return person


def test_story_3_walked_whole(week, people, visit):
    hari, ewan = people("Hari Lal"), people("Ewan Pike")
    thirteen_lines(hari, week)
    batch = made_in_one_go(hari, week)
    taken_and_marked(hari, batch)
    document = the_mailbox_is_dead(hari, ewan, week)
    a_new_address_by_two_people(hari, ewan, week)
    link, code = given_by_a_link(hari, document)
    read_without_an_account(visit, link, code)
    approved(hari, ewan, week, document)
    ended_from_the_same_list(hari, week)
    names_nobody(hari, ewan)


def thirteen_lines(hari: Person, week: Week) -> None:
    """09:00. One check page; each letter opens; the father is shown, withheld by whom and when, and cannot be ticked."""
    said = hari.open(f"/placements/{week.move.id}/letters/")
    assert "before Tue 30 March 2027" in said
    assert "Last working day before: Thu 25 March 2027" in said
    said = hari.press("Prepare letters")
    assert FATHER in said
    assert "Withheld: decided by Tess Varley, team manager on Mon 15 March 2027" in said
    assert "Wed 15 September 2027" in said
    assert hari.page.locator("input[name=correspondents]").count() == 12
    assert hari.page.locator("main label", has_text=FATHER).count() == 0
    opened = hari.page.locator("main a", has_text="See the letter").first.get_attribute("href")
    preview = hari.page.request.get(f"{hari.visitor.address}{opened}")
    assert preview.headers["content-type"] == "application/pdf"


def made_in_one_go(hari: Person, week: Week) -> str:
    said = hari.send()
    assert "12 letters are made and kept exactly as they are." in said
    with acting_for(week.hari, "test"):
        assert Letter.objects.filter(placement=week.move).count() == 12
    return hari.page.url.removeprefix(hari.visitor.address)


def taken_and_marked(hari: Person, batch: str) -> None:
    """Letters 1 to 4 as one job, the others as files; sent, posted and handed over, each with its day."""
    for words, kind in (("Print, in the order", "application/pdf"), ("Take the files", "application/zip")):
        href = hari.page.locator("main a", has_text=words).get_attribute("href")
        taken = hari.page.request.get(f"{hari.visitor.address}{href}")
        assert taken.headers["content-type"] == kind
        assert not [word for word in WORDS_OF_BEA if word in taken.headers["content-disposition"]]
    for channel, fact, day in (("Secure e-mail", "Sent", 22), ("Post", "Posted", 22), ("By hand", "Handed over", 24)):
        at(2027, 3, day, 9, 30)
        hari.open(batch)
        boxes = hari.page.locator("main label", has_text=re.compile(rf": {channel}$"))
        for number in range(boxes.count()):
            boxes.nth(number).click()
        hari.page.locator("main label", has_text=re.compile(rf"^\s*{fact}\s*$")).click()
        hari.date("on", day, 3, 2027)
        assert "Recorded for" in hari.send()
    at(2027, 3, 22, 14, 0)


def the_mailbox_is_dead(hari: Person, ewan: Person, week: Week) -> Document:
    """14:05. Dunmere has not been told: a task for today, the switchboard's number, and what to say."""
    at(2027, 3, 22, 9, 0)
    document = week.tell_dunmere()
    moment = at(2027, 3, 22, 14, 5)
    with databases.as_role("WORKER_DATABASE_URL"):
        delivery.deliver_due()
    sent = week.server.taken[-1]
    assert not [word for word in WORDS_OF_BEA if word in sent.content.decode()]
    bounces.keep(report(sent.mail_from))
    with databases.as_role("WORKER_DATABASE_URL"):
        assert bounces.read_waiting() == 1
    bounced.look_at(week.hari.authority_id, at=moment + timedelta(seconds=30))

    hari.open("/duties/")
    hari.page.locator("main table a", has_text="Dunmere has not been told").first.click()
    said = hari.reads()
    assert f"Ring Placement notices: {SWITCHBOARD}." in said
    assert "Say no child’s name until the right desk answers" in said
    assert "Monday 22 March 2027" in said
    assert "Dunmere has not been notified yet." in decision_page(ewan, week)
    return document


def a_new_address_by_two_people(hari: Person, ewan: Person, week: Week) -> None:
    """Tue 23 March 10:10: said by R. Pell; it waits for a second person, who rings the number on file back at 10:35."""
    at(2027, 3, 23, 10, 10)
    hari.open(reverse("change_contact", args=[week.dunmere.id]))
    hari.page.select_option("#purpose", label="Placement notices")
    hari.choose("E-mail")
    hari.write(email=NEW, telephone=SWITCHBOARD, said_by="R. Pell, on the telephone")
    assert "call back" in hari.send()
    hari.open(reverse("readiness"))
    hari.press("Ring back")
    ring_back(hari)
    assert "somebody else has to ring" in hari.send()

    at(2027, 3, 23, 10, 35)
    ewan.open(reverse("readiness"))
    said = ewan.press("Ring back")
    assert "Say no child’s name until the right desk answers." in said
    ring_back(ewan)
    assert "From today Dunmere is reached there." in ewan.send()
    assert NEW in ewan.reads()


def ring_back(person: Person) -> None:
    person.page.locator("main label", has_text=SWITCHBOARD).first.click()
    person.write(spoke_to="R. Pell")


def given_by_a_link(hari: Person, document: Document) -> tuple[str, str]:
    """10:40: one link for one document; the code is told at the number on file."""
    at(2027, 3, 23, 10, 40)
    hari.open(reverse("sent_notice", args=[document.id]))
    hari.press("Give it to somebody without an account")
    hari.page.locator("main label", has_text=SWITCHBOARD).first.click()
    hari.send()
    link, code = (one.strip() for one in hari.page.locator("dd").all_text_contents())
    assert not [word for word in WORDS_OF_BEA if word in link]
    return link, code


def read_without_an_account(visit, link: str, code: str) -> None:
    """Wed 24 March 11:20: R. Pell opens it without scripts, types name and post; no account."""
    at(2027, 3, 24, 11, 20)
    pell = visit(viewport=NARROW, scripts=False)
    page = pell.page
    page.goto(link)
    before = page.content()
    assert not [word for word in WORDS_OF_BEA if word in before]
    page.fill("#code", code)
    pell.press_button()
    assert "Quince Cottage" in page.text_content("main")
    assert not pell.scrolls_sideways()
    page.fill("#person", "R. Pell")
    page.fill("#post", "Notifications")
    pell.press_button()
    assert "Whoever sent it sees that you have read it." in page.text_content("body")


def approved(hari: Person, ewan: Person, week: Week, document: Document) -> None:
    """The notice reads “given”, by whom it was read; at 15:00 Ewan's page shows it, and he approves."""
    said = hari.open(reverse("sent_notice", args=[document.id]))
    assert "R. Pell, Notifications" in said
    at(2027, 3, 24, 15, 0)
    assert "Dunmere: notified 23 March 10:40." in decision_page(ewan, week)
    for box in ewan.page.locator("main textarea").all():
        box.fill("On file.")
    ewan.choose("Yes, I approve this placement")
    ewan.send()
    assert "Approved" in ewan.open(f"/placements/{week.move.id}/")


def decision_page(ewan: Person, week: Week) -> str:
    """The page on which Ewan decides."""
    ewan.open(f"/placements/{week.move.id}/")
    return ewan.press("Decide")


def ended_from_the_same_list(hari: Person, week: Week) -> None:
    """The ending letters come from the same list, and adding the father is refused with the way to think again."""
    with acting_for(week.hari, "test"):
        actions.start(placement_id=week.move.id, started_at=instant(30, 14, 0), by=week.hari, at=instant(30, 14, 10))
        ends = {"how": "by_us", "planned_on": date(2027, 5, 17)}
        record_ending(placement_id=week.move.id, **ends, by=week.hari, at=instant(3, 8, 0, month=5))
    at(2027, 5, 3, 9, 10)
    said = hari.open(f"/placements/{week.move.id}/letters/?about=intention")
    assert "Withheld: decided by Tess Varley" in said
    hari.open(f"/placements/{week.move.id}/letters/add/")
    hari.page.select_option("#code", value="parents")
    hari.write(name=FATHER)
    hari.choose("By hand")
    said = hari.send()
    assert "Mon 15 March 2027" in said
    assert "look at the decision again" in said


def names_nobody(*parties: Person) -> None:
    for person in parties:
        for line in person.left_behind:
            assert not [word for word in WORDS_OF_BEA if word in line], line


def test_a_fire_drill_is_sent_read_and_timed_in_the_browser(county, visit):
    at(2027, 3, 22, 9, 0)
    tom, grace = Person(visit(), who("Tom Oakes", ASHFORD)), Person(visit(), who("Grace Hill", CARROWBY))
    tom.open(reverse("readiness"))
    assert "There is no such child" in tom.press("Send a fire drill")
    tom.open(f"{reverse('drill')}?name=Carrowby")
    tom.choose("Carrowby")
    assert "The drill was sent to 1." in tom.send()
    assert "No reply yet" in tom.open(f"{reverse('readiness')}?name=Carrowby")

    clock.set_to(clock.now() + timedelta(minutes=42))
    grace.open("/inbox/")
    grace.page.locator("main table a").first.click()
    assert "Notachild-Drill" in grace.reads()
    grace.press("Acknowledge")
    grace.write(post="Notifications officer")
    grace.send()

    said = tom.open(f"{reverse('readiness')}?name=Carrowby")
    assert "42 minutes" in said
    assert "Grace Hill" in said
