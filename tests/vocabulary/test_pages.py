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
from tests import factories
from tests.databases import NOON
from tests.matrix import asks, world
from tests.matrix.routes import guarded
from tests.placements.judgement_world import leeds_shares, social_worker, supervisor, write
from tests.vocabulary.vocabulary import refused_in
from tests.web.browser import signed_in, words
from tests.web.test_roles import WITHOUT_ID

TEMPLATES = Path(__file__).parents[2] / "web" / "templates" / "web"
PAPERS = Path(__file__).parents[2] / "placements" / "templates"
CSS = Path(__file__).parents[2] / "web" / "static" / "placewatch.css"
LINK = re.compile(r'href="(/[^"#?]*)')
# What of a template nobody reads as words.
UNSAID = re.compile(r"<style>.*?</style>|<[^>]+>|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
OF_EACH_PAGE = 2
NOT_OPENED = re.compile(r"/(static|sign-out)/")
COLOURED = re.compile(r"govuk-tag--(?!grey)|style=|#[0-9a-fA-F]{3,6}\b(?=;)|\b(red|amber|green|orange|yellow)\b")
# Pages that this walk of signed-in people does not meet: without an account, refused, or within or after a form.
NOT_MET = {
    "card_alone.html",
    "check_emergency.html",
    "check_move.html",
    "contact_file.html",
    "guest.html",
    "guest_closed.html",
    "guest_document.html",
    "guest_made.html",
    "guest_waits.html",
    "message.html",
    "no_membership.html",
    "results.html",
    "secret.html",
    "signed_out.html",
}
ROLES = (Role.MANAGER, Role.DIRECTOR, Role.LEAVING_CARE_ADVISER, Role.HOTSPOT_ANALYST, Role.ADMINISTRATOR)
HOST_ROLES = (Role.HOST_OFFICER, Role.HOTSPOT_ANALYST)
AFTERNOON = datetime(2026, 12, 7, 16, 0, tzinfo=UTC)


def walked(client: Client, *more: str) -> dict[str, object]:
    """Every page without an id, and one or two of every kind that links lead to, forms among them; nothing is sent."""
    found, kinds = {}, Counter()
    waiting = ["/", *more, *(f"/{one.pattern}" for one in WITHOUT_ID)]
    while waiting:
        path = waiting.pop(0)
        kind = None if NOT_OPENED.match(path) else resolve(path.partition("?")[0]).url_name
        if kind and path not in found and kinds[kind] < OF_EACH_PAGE:
            kinds[kind] += 1
            page = client.get(path)
            if page.headers["Content-Type"].startswith("text/html"):
                found[path] = page
                waiting += [unescape(link) for link in LINK.findall(page.content.decode())]
    return found


def pages_of(register: world.World) -> list[str]:
    """Every page that is read, of the row by which the matrix asks for it."""
    found = []
    for route in guarded():
        if route.method == "GET" and not route.is_api and "<int:" not in route.path:
            row = str(register.ids.get(asks.of(route).row, ""))
            found.append(re.sub(r"<uuid:\w+>", row, route.path) + asks.of(route).query.format(row))
    return found


@pytest.fixture
def pages(committing, tmp_path) -> list:
    """What people of both authorities open: the matrix's register of everything, and what was written about places."""
    register = world.build(tmp_path)
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
    more = (*pages_of(register), approval, reverse("grants", args=[closed.id]), reverse("area", args=[proposed.id]))
    more += (reverse("letter_batch", args=[register.ids["letter_job"]]),)
    more += (reverse("upload", args=[register.ids["upload_being_read"]]),)
    people = [sam, ruth, *(factories.person(role=role) for role in ROLES)]
    people += [factories.person(factories.LEEDS, role) for role in HOST_ROLES]
    return [(one.role, path, page) for one in people for path, page in walked(signed_in(one), *more).items()]


def test_no_page_rates_or_colours_a_child_or_a_place(pages):
    """One walk for three questions: what is said, in which colour, and whether every template was met."""
    said = {(role, path): refused_in(words(page)) for role, path, page in pages}
    met = {Path(one.name).name for _, _, page in pages for one in page.templates if one.name}

    assert {where: found for where, found in said.items() if found} == {}
    assert [path for _, path, page in pages if COLOURED.search(page.content.decode())] == []
    assert sorted({path.name for path in TEMPLATES.glob("*.html")} - met - NOT_MET) == []


def test_the_stylesheet_names_no_traffic_light():
    assert not re.search(r"\b(red|amber|green|orange|yellow)\b", CSS.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "path", sorted((*TEMPLATES.rglob("*.html"), *PAPERS.rglob("*.html"))), ids=lambda path: path.name
)
def test_no_template_rates(path):
    """Those as well that the walk does not meet, and those of letters and of the pack."""
    assert refused_in(UNSAID.sub(" ", path.read_text(encoding="utf-8"))) == []


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
