"""Does any page of the example say, order or colour a child or a place by a score, level, rank, band or rating?"""

import re
from collections import Counter
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from django.urls import resolve

from tests.example.test_canaries import ASHFORD, BRACKWATER, CARROWBY, LINK, at_a_browser
from tests.vocabulary.vocabulary import refused_in
from tests.web.browser import words

TEMPLATES = Path(__file__).parents[2] / "web" / "templates" / "web"
CSS = Path(__file__).parents[2] / "web" / "static" / "placewatch.css"
OF_EACH_PAGE = 3
NOT_OPENED = re.compile(r"/(static|sign-out)/")
COLOURED = re.compile(r"govuk-tag--(?!grey)|style=|#[0-9a-fA-F]{3,6}\b(?=;)|\b(red|amber|green|orange|yellow)\b")
# Pages that this walk of signed-in people with the example does not meet.
NOT_MET = {"signed_out.html", "no_membership.html", "message.html"}
PEOPLE = [
    ("Tom Oakes", ASHFORD),
    ("Priya Nair", ASHFORD),
    ("Ruth Adeyemi", ASHFORD),
    ("Dr Helen Marsh", ASHFORD),
    ("Nadia Clarke", BRACKWATER),
    ("Farah Aziz", BRACKWATER),
    ("Grace Hill", CARROWBY),
]


def walked(client: Client) -> dict[str, object]:
    """Up to three pages of every kind that links lead to, forms among them; nothing is sent."""
    found, kinds, waiting = {}, Counter(), ["/"]
    while waiting:
        path = waiting.pop(0)
        if path in found or NOT_OPENED.match(path):
            continue
        kind = resolve(path).url_name
        if kinds[kind] < OF_EACH_PAGE:
            kinds[kind] += 1
            found[path] = client.get(path)
            waiting += [unescape(link) for link in LINK.findall(found[path].content.decode())]
    return found


@pytest.fixture(scope="module")
def pages(norrowshire) -> list:
    return [(name, path, page) for name, code in PEOPLE for path, page in walked(at_a_browser(name, code)).items()]


def test_no_page_rates(pages):
    said = {(name, path): refused_in(words(page)) for name, path, page in pages}

    assert len(said) > 50
    assert {where: found for where, found in said.items() if found} == {}


def test_no_page_colours(pages):
    """Tags stand in the one neutral colour, and no page brings a style of its own."""
    assert [path for _, path, page in pages if COLOURED.search(page.content.decode())] == []


def test_the_stylesheet_names_no_traffic_light():
    assert not re.search(r"\b(red|amber|green|orange|yellow)\b", CSS.read_text(encoding="utf-8"))


def test_the_walk_meets_the_templates(pages):
    met = {Path(one.name).name for _, _, page in pages for one in page.templates if one.name}

    assert {path.name for path in TEMPLATES.glob("*.html")} - met <= NOT_MET
