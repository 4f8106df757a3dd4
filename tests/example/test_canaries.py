"""Who reads a word that only some may read? People of the example sign in and follow the links that they are given."""

import re
from html import unescape

import pytest
from django.test import Client

from accounts.acting import acting_for, operator
from accounts.models import Membership, User
from example import people
from geo.areas import authority_by_code

LINK = re.compile(r'href="(/[^"#?]*)')
# Forms and the duties' own pages show nothing that the pages before them do not.
NOT_FOLLOWED = re.compile(r"/(static|sign-out|duties/.+|.*/(close|start|end|withdraw|acknowledge|dispute))/")
ASHFORD, BRACKWATER, CARROWBY = "X06000001", "X06000002", "X06000004"
LARCH, PIA, REMY, CANAL, STATION = "CANARY-LARCH", "CANARY-PIA", "CANARY-REMY", "CANARY-CANAL", "CANARY-STATION"
PAST = "CANARY-PAST"
EVERY = {LARCH, PIA, REMY, CANAL, STATION, PAST}


def at_a_browser(name: str, code: str) -> Client:
    """The person signed in, acting for the authority."""
    authority = authority_by_code(code)
    part = next(one for one in people.parts_of(name) if one.authority == authority)
    user = User.objects.get_by_natural_key(part.email)
    client = Client()
    client.force_login(user)
    with acting_for(operator(authority.id), "test"):
        chosen = Membership.objects.get(user=user, authority=authority)
    client.post("/choose-authority/", {"membership": str(chosen.id)})
    return client


def pages_of(client: Client) -> dict[str, str]:
    """Every page that links lead to from the home page, by its address."""
    found: dict[str, str] = {}
    waiting = ["/"]
    while waiting:
        path = waiting.pop()
        if path not in found and not NOT_FOLLOWED.match(path):
            response = client.get(path)
            assert response.status_code < 400, path
            found[path] = response.content.decode()
            waiting += [unescape(link) for link in LINK.findall(found[path])]
    return found


@pytest.mark.parametrize(
    ("name", "code", "read"),
    [
        ("Priya Nair", ASHFORD, {LARCH, PIA, REMY}),  # she registered Remy, and so knows the address
        ("Tom Oakes", ASHFORD, {LARCH, PIA, PAST}),  # of their own: what she kept from Carrowby
        ("Ingrid Vale", ASHFORD, {LARCH, PIA, PAST}),
        ("Jo Fenn", ASHFORD, {LARCH, PIA}),
        ("Jo Fenn", BRACKWATER, set()),
        ("Nadia Clarke", BRACKWATER, set()),
        ("Dele Okoro", BRACKWATER, set()),
        ("Farah Aziz", BRACKWATER, {CANAL}),  # their own authority's area, as they change it
        ("DC Mark Tolley", BRACKWATER, {CANAL}),
        ("Hari Lal", BRACKWATER, set()),
        ("Grace Hill", CARROWBY, {LARCH}),
        ("Yusuf Karim", CARROWBY, {LARCH}),
        ("Beth Lorne", CARROWBY, set()),
    ],
)
def test_a_word_is_read_only_where_the_stories_say_so(norrowshire, name, code, read):
    pages = pages_of(at_a_browser(name, code))
    assert len(pages) > 4
    assert {word for word in EVERY if any(word in page for page in pages.values())} == read
