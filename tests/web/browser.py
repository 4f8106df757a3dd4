"""How does a test use the pages? As a browser without scripts does: it opens, reads, fills in and sends."""

import re
from html import unescape

from django.test import Client

from accounts.acting import Actor
from accounts.models import User
from accounts.roles import Role
from tests import factories


def signed_in(actor: Actor) -> Client:
    """A person of `factories.person` at a browser."""
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.get(id=actor.person_id))
    return client


def at_rotherham(role: Role = Role.PLACEMENT_OFFICER) -> tuple[Actor, Client]:
    """A person of Rotherham in a role, and their browser."""
    actor = factories.person(role=role)
    return actor, signed_in(actor)


def at_leeds(role: Role = Role.HOST_OFFICER) -> tuple[Actor, Client]:
    """A person of Leeds, where `PlaceTo.AT_A_DISTANCE` lies, and their browser."""
    actor = factories.person(factories.LEEDS, role, name="Nadia Clarke")
    return actor, signed_in(actor)


def words(response) -> str:
    """What a reader reads of a page, in one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def title(response) -> str:
    """What the browser's history keeps."""
    return unescape(re.search(r"<title>(.*?)</title>", response.content.decode(), re.S)[1])


def day(name: str, day: int, month: int, year: int) -> dict:
    """The three answers of a date."""
    return {f"{name}_day": day, f"{name}_month": month, f"{name}_year": year}


def look(browser: Client, path: str, form: dict):
    """The page that says what it would bring about, and the look's id: none where it was refused."""
    page = browser.post(path, form | {"preview": "yes"})
    found = re.search(r'name="preview_id" value="([^"]+)"', page.content.decode())
    return page, found and found[1]


def after_a_look(browser: Client, path: str, form: dict):
    """The answer to what is published as a person does it: read what it would bring about, then press the button."""
    page, preview_id = look(browser, path, form)
    return browser.post(path, form | {"act": "yes", "preview_id": preview_id}) if preview_id else page
