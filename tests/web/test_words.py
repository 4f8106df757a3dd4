"""Does any page use a word that makes a promise or a rank of a place or a child?"""

import re
from datetime import date, time
from pathlib import Path

import pytest

from db.clock import LONDON
from hotspots.sharing.coverage import State
from placements.models import Placement
from tests import factories
from tests.web.browser import at_rotherham, words
from tests.web.test_roles import WITHOUT_ID
from web.forms.fields import london_instant
from web.presenters import dates, screening

WEB = Path(__file__).parents[2] / "web"
FORBIDDEN = re.compile(
    r"\b(safe|safely|clear|no risk|low|medium|high|score|risk level|level of risk|green tick)\b", re.I
)
COLOURED_TAGS = re.compile(r"govuk-tag--(?!grey)")


@pytest.mark.parametrize("path", sorted((WEB / "templates").rglob("*.html")), ids=lambda path: path.name)
def test_templates_promise_nothing(path):
    text = re.sub(r"<[^>]+>|\{%.*?%\}", " ", path.read_text())

    assert not FORBIDDEN.search(text)
    assert not COLOURED_TAGS.search(path.read_text())


@pytest.mark.parametrize("path", sorted((WEB / "presenters").glob("*.py")), ids=lambda path: path.name)
def test_presenters_promise_nothing(path):
    assert not FORBIDDEN.search(path.read_text())


@pytest.mark.django_db
def test_pages_with_a_placement_promise_nothing():
    actor, browser = at_rotherham()
    placement = factories.placement_at(Placement.Status.PROPOSED, actor)
    paths = [f"/{one.pattern}" for one in WITHOUT_ID] + [
        f"/placements/{placement.id}/",
        f"/children/{placement.child_id}/",
    ]

    for path in paths:
        found = FORBIDDEN.search(words(browser.get(path)))
        assert found is None, f"{path} says {found[0]!r}"


def test_each_of_the_four_states_of_sharing_has_words_of_its_own():
    assert set(screening.STATES) == {state.value for state in State}
    assert len(set(screening.STATES.values())) == 4


def test_dates_are_written_out():
    assert dates.day(date(2026, 12, 29)) == "Tuesday 29 December 2026"


def test_instants_are_written_in_london_time_in_winter_and_summer():
    assert dates.instant(london_instant(date(2026, 12, 17), time(23, 50))) == "Thursday 17 December 2026, 23:50"
    assert dates.instant(london_instant(date(2027, 3, 28), time(11, 25))) == "Sunday 28 March 2027, 11:25"


def test_hour_that_comes_twice_is_recordable():
    """25 October 2026, 01:30 comes twice; the first, in summer time, is 00:30 UTC."""
    at = london_instant(date(2026, 10, 25), time(1, 30))

    assert at.utcoffset().total_seconds() == 3600
    assert at.tzinfo is LONDON
