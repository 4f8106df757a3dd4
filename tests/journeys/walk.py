"""How do the people of Norrowshire walk a story? Each at a browser of their own, at the story's instants."""

from datetime import datetime

from accounts.acting import Actor
from accounts.models import User
from db import clock
from db.clock import LONDON
from example import people

OWED = "Owed because of this placement"
PATIENCE_MILLISECONDS = 10_000


def at(year: int, month: int, day: int, hour: int, minute: int) -> datetime:
    """Set the product's clock to a London instant, and give it."""
    moment = datetime(year, month, day, hour, minute, tzinfo=LONDON)
    clock.set_to(moment)
    return moment


class Person:
    """Somebody at a browser. What every page's title and address said stays, to be searched for what must not stand there."""

    def __init__(self, visitor, actor: Actor, authority: str = ""):
        self.visitor, self.page = visitor, visitor.page
        self.page.set_default_timeout(PATIENCE_MILLISECONDS)
        self.left_behind: list[str] = []
        self.page.on("domcontentloaded", lambda page: self.left_behind.append(f"{page.url} {page.title()}"))
        self.email = User.objects.get(id=actor.person_id).email
        self.authority = authority
        self.sign_in()

    def sign_in(self) -> None:
        """Sign in, and where there is a choice act for the authority."""
        self.visitor.open("/sign-in/")
        self.page.fill("#email", self.email)
        self.page.fill("#password", people.PASSWORD)
        self.visitor.press_button()
        if self.authority:
            self.act_for(self.authority)

    def act_for(self, authority: str) -> None:
        self.visitor.open("/choose-authority/")
        self.choose(authority)
        self.visitor.press_button()

    def sign_out(self) -> None:
        self.page.click("text=Sign out")

    def open(self, path: str) -> str:
        """Open a page and read it."""
        self.visitor.open(path)
        return self.reads()

    def press(self, words: str) -> str:
        """Follow a link or press a button by its words, and read the page to which it leads."""
        self.page.locator("main a, main button", has_text=words).first.click()
        return self.reads()

    def send(self) -> str:
        """Press the one button of the page's form, and read what comes of it."""
        self.visitor.press_button()
        return self.reads()

    def write(self, **answers: str) -> None:
        """Type answers into the boxes of those names."""
        for name, words in answers.items():
            self.page.fill(f"#{name}", words)

    def choose(self, *labels: str) -> None:
        """Choose by the beginning of what stands beside the choice."""
        for words in labels:
            self.page.locator("main label", has_text=words).first.click()

    def date(self, name: str, day: int, month: int, year: int) -> None:
        for place, number in enumerate((day, month, year)):
            self.page.fill(f"#{name}_{place}", str(number))

    def reads(self) -> str:
        """What stands on the page, with what is folded away, in one line."""
        return " ".join(self.page.text_content("main").split())

    def menu(self) -> list[str]:
        """The address of every page of the menu, room by room."""
        rooms = self._links("nav[aria-label='Menu'] a")
        pages = set(rooms)
        for room in rooms:
            self.visitor.open(room)
            pages.update(self._links("nav a"))
        return sorted(pages)

    def _links(self, which: str) -> list[str]:
        return self.page.locator(which).evaluate_all("all => all.map(one => one.getAttribute('href'))")

    def finds(self, words: str) -> str:
        """Search the children, and read the answer."""
        self.visitor.open("/children/")
        self.page.fill("#words", words)
        return self.send()


def names_nobody(*parties: Person) -> None:
    """No title and no address of any page that the parties opened names a child or a place."""
    for person in parties:
        assert person.left_behind
        for line in person.left_behind:
            for word in ("Kayla", "Brent", "Dean", "Marlow", "CANARY", "CY4", "CY2"):
                assert word not in line, f"{word} in {line}"


def owed(person: Person, placement: str) -> list[str]:
    """The lines of the page's table of what is owed, without those that a newer one took the place of."""
    person.open(placement)
    return list(lines_of(person))


def lines_of(person: Person) -> dict[str, str]:
    """Each line's words, with the address of its duty."""
    rows = person.page.locator("table", has_text=OWED).locator("tbody tr").all()
    lines = {" ".join(one.text_content().split()): one.locator("a").first.get_attribute("href") for one in rows}
    return {words: href for words, href in lines.items() if "Replaced" not in words}


def line_of(listed: list[str], words: str) -> str:
    found = [one for one in listed if words in one]
    assert len(found) == 1, f"{words}: {listed}"
    [line] = found
    return line


def lines_hold(person: Person, expected: dict) -> None:
    """Each line of the page's table of what is owed leads to a page with its day and its count."""
    listed = lines_of(person)
    for words, (day, skipped) in expected.items():
        said = person.open(listed[line_of(list(listed), words)])
        assert day in said, f"{words}: {said}"
        for line in skipped:
            assert line in said, f"{words}: {line}"
