"""Are visits, reviews and the end of looking after said in one short answer each?"""

import pytest

from accounts.roles import Role
from duties.models import Duty
from placements.models import Turn
from tests import factories
from tests.web.browser import at_rotherham, day, signed_in, words

pytestmark = pytest.mark.django_db


def test_a_visit_and_a_review_are_recorded_and_taken_back():
    priya, browser = at_rotherham()
    made = factories.placement_at("started", priya)
    child = f"/children/{made.child_id}/"

    visited = browser.post(f"/placements/{made.id}/visit/", {**day("visited_on", 7, 12, 2026), "visited_by": "Sam"})
    assert "lies ahead" in words(visited)  # the product's clock stands at noon on 1 December 2026
    browser.post(f"{child}review/", {**day("reviewed_on", 20, 11, 2026), "reviewed_by": "Mina Shah"})

    page = words(browser.get(f"{child}visits-and-reviews/"))
    assert "Friday 20 November 2026" in page
    assert "Mina Shah" in page
    with factories.acting(priya):
        turn = Turn.objects.get()
        assert Duty.objects.filter(kind="review", closed_at=None).count() == 1
    manager = signed_in(factories.person(role=Role.MANAGER))
    manager.post(f"/visits-and-reviews/{turn.id}/take-back/", {"reason": "Another child"})
    assert "Taken back by" in words(browser.get(f"{child}visits-and-reviews/"))


def test_the_end_of_looking_after_says_who_must_approve_it_and_what_comes_before():
    priya, browser = at_rotherham()
    made = factories.placement_at("started", priya)
    child = f"/children/{made.child_id}/"

    browser.post(f"{child}end-of-care/", day("ceases_on", 1, 2, 2027))
    page = words(browser.get(f"{child}visits-and-reviews/"))
    assert "the nominated officer must approve before it is put into effect" in page
    assert "Before deciding:" in page

    with factories.acting(priya):
        ceasing = made.child.ceasings.get()
    browser.post(
        f"/end-of-care/{ceasing.id}/approve/", {**day("decided_on", 30, 11, 2026), "decided_by": "Colin Reeve"}
    )
    assert "Approved by Colin Reeve" in words(browser.get(f"{child}visits-and-reviews/"))
