"""Does any page say, order or colour a child or a place by a score, level, rank, band or rating?"""

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from django.urls import resolve, reverse

from accounts.roles import Role
from placements.actions.concerns import raise_concern
from placements.actions.missing import report_missing
from placements.models import Judgement, Placement
from placements.pack import requests
from tests import factories
from tests.databases import NOON
from tests.placements.judgement_world import leeds_shares, social_worker, supervisor, write
from tests.vocabulary.vocabulary import refused_in
from tests.web.browser import signed_in, words
from tests.web.test_roles import WITHOUT_ID

TEMPLATES = Path(__file__).parents[2] / "web" / "templates" / "web"
CSS = Path(__file__).parents[2] / "web" / "static" / "placewatch.css"
LINK = re.compile(r'href="(/[^"#?]*)')
OF_EACH_PAGE = 2
NOT_OPENED = re.compile(r"/(static|sign-out)/")
COLOURED = re.compile(r"govuk-tag--(?!grey)|style=|#[0-9a-fA-F]{3,6}\b(?=;)|\b(red|amber|green|orange|yellow)\b")
# Pages that this walk of signed-in people does not meet: signed out, refused, or asked in the middle of a form.
NOT_MET = {
    "card_alone.html",
    "check_emergency.html",
    "check_move.html",
    "message.html",
    "no_membership.html",
    "results.html",
    "signed_out.html",
}
ROLES = (Role.MANAGER, Role.DIRECTOR)
HOST_ROLES = (Role.HOST_OFFICER, Role.HOTSPOT_ANALYST)
AFTERNOON = datetime(2026, 12, 7, 16, 0, tzinfo=UTC)


def walked(client: Client, *more: str) -> dict[str, object]:
    """Every page without an id, and one or two of every kind that links lead to, forms among them; nothing is sent."""
    found, kinds = {}, Counter()
    waiting = ["/", *more, *(f"/{one.pattern}" for one in WITHOUT_ID)]
    while waiting:
        path = waiting.pop(0)
        kind = None if NOT_OPENED.match(path) else resolve(path).url_name
        if kind and path not in found and kinds[kind] < OF_EACH_PAGE:
            kinds[kind] += 1
            found[path] = client.get(path)
            waiting += [unescape(link) for link in LINK.findall(found[path].content.decode())]
    return found


@pytest.fixture
def pages(db) -> list:
    """What people of both authorities open: a register with something of everything, made by the real actions."""
    sam, ruth = social_worker(), supervisor()
    leeds_shares()
    child = factories.child(sam, reference="AG-1877")
    placement = factories.placement_at(Placement.Status.STARTED, sam, of=child)
    proposed = factories.placement_at(Placement.Status.PROPOSED, sam)
    write(placement, sam, agreement=Judgement.Agreement.NOT_WORRIED)
    write(placement, sam, at=NOON + timedelta(seconds=1), agreement=Judgement.Agreement.AGREES)
    with factories.acting(ruth):
        raise_concern(child_id=child.id, words="Collected by car.", assessed_on=NOON.date(), by=ruth, at=NOON)
    with factories.acting(sam):
        gone = {"child_id": child.id, "missing_since": AFTERNOON, "last_seen": "At the bus station"}
        report_missing(**gone, by=sam, at=AFTERNOON)
        approval = reverse("decide_approval", args=[proposed.approvals.get().id])
    closed = factories.placement_at(Placement.Status.PROPOSED, sam, is_restricted=True)
    more = (approval, reverse("grants", args=[closed.id]), reverse("area", args=[proposed.id]))
    manager = factories.person(role=Role.MANAGER)
    with factories.acting(manager):
        requests.ask(starts_on=NOON.date(), ends_on=NOON.date(), purpose="inspection", by=manager, at=NOON)
    people = [sam, ruth, *(factories.person(role=role) for role in ROLES)]
    people += [factories.person(factories.LEEDS, role) for role in HOST_ROLES]
    return [(one.role, path, page) for one in people for path, page in walked(signed_in(one), *more).items()]


def test_no_page_rates_or_colours_a_child_or_a_place(pages):
    """One walk for three questions: what is said, in which colour, and whether every template was met."""
    said = {(role, path): refused_in(words(page)) for role, path, page in pages}
    met = {Path(one.name).name for _, _, page in pages for one in page.templates if one.name}

    assert {where: found for where, found in said.items() if found} == {}
    assert [path for _, path, page in pages if COLOURED.search(page.content.decode())] == []
    assert {path.name for path in TEMPLATES.glob("*.html")} - met <= NOT_MET


def test_the_stylesheet_names_no_traffic_light():
    assert not re.search(r"\b(red|amber|green|orange|yellow)\b", CSS.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_no_template_rates(path):
    """Those as well that the walk does not meet."""
    assert refused_in(re.sub(r"<[^>]+>|\{%.*?%\}|\{\{.*?\}\}", " ", path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    ("markup", "is_coloured"),
    [
        ('<strong class="govuk-tag govuk-tag--grey">', False),
        ('<strong class="govuk-tag govuk-tag--red">', True),
        ('<td style="color: blue">', True),
        ('<td class="amber">', True),
    ],
)
def test_a_colour_is_found(markup, is_coloured):
    assert bool(COLOURED.search(markup)) is is_coloured
