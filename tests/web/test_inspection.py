"""Pages of the inspection: ask, agree, take a copy, and one child's story; an inspector's sign-in reads and ends by itself."""

import io
import zipfile
from datetime import UTC, date, datetime

import pytest

from accounts.acting import acting_for, operator
from accounts.models import Membership
from accounts.roles import Role
from audit.models import LogEntry
from db import clock
from placements.models import PackRequest
from placements.pack import requests
from tests import factories
from tests.placements.pack import register
from tests.web.browser import at_rotherham, day, signed_in, title, words

PERIOD = {**day("starts_on", 1, 11, 2026), **day("ends_on", 1, 12, 2026)}


def made(by) -> PackRequest:
    """The pack that was asked for last, made by the worker."""
    requests.make_waiting(by.authority_id, at=clock.now())
    with factories.acting(by):
        return PackRequest.objects.latest("asked_at")


@pytest.mark.django_db
def test_a_manager_asks_an_officer_agrees_and_an_inspector_takes_a_copy():
    priya = factories.person()
    for number in range(3):
        register.emergency(priya, f"AA-{number}")
    tom, browser = at_rotherham(Role.MANAGER)
    page = browser.post("/inspection/ask/", PERIOD | {"purpose": "inspection"}, follow=True)
    assert "Being made" in words(page)
    pack = made(tom)
    page = browser.get(f"/inspection/{pack.id}/")
    assert "Waits for a second person to agree" in words(page)
    assert "/agree/" not in page.content.decode()
    assert browser.get(f"/inspection/{pack.id}/take/").status_code == 409
    _, officer = at_rotherham(Role.NOMINATED_OFFICER)
    assert "Agree" in words(officer.get(f"/inspection/{pack.id}/"))

    page = officer.post(f"/inspection/{pack.id}/agree/", follow=True)

    assert "Ready to be taken" in words(page)
    _, inspector = at_rotherham(Role.INSPECTOR)
    assert "Ready to be taken" in words(inspector.get("/inspection/"))
    taken = inspector.get(f"/inspection/{pack.id}/take/")
    assert taken["Content-Type"] == "application/zip"
    assert "attachment" in taken["Content-Disposition"]
    assert "index.html" in zipfile.ZipFile(io.BytesIO(taken.content)).namelist()


@pytest.mark.django_db
def test_whoever_asked_is_refused_as_the_second_person():
    priya = factories.person()
    for number in range(3):
        register.emergency(priya, f"AA-{number}")
    tom, browser = at_rotherham(Role.MANAGER)
    browser.post("/inspection/ask/", PERIOD | {"purpose": "inspection"})
    pack = made(tom)

    page = browser.post(f"/inspection/{pack.id}/agree/")

    assert page.status_code == 422
    assert "somebody else must agree" in words(page)


@pytest.mark.django_db
def test_a_pack_needs_a_purpose_and_a_period_that_lies_behind():
    _, browser = at_rotherham(Role.MANAGER)

    assert "Say what the pack is for" in words(browser.post("/inspection/ask/", PERIOD))
    ahead = PERIOD | day("ends_on", 2, 12, 2026) | {"purpose": "inspection"}
    page = browser.post("/inspection/ask/", ahead)
    assert page.status_code == 422
    assert "beyond what can be recorded yet" in words(page)


@pytest.mark.django_db
def test_an_inspector_asks_for_nothing_and_agrees_to_nothing():
    _, inspector = at_rotherham(Role.INSPECTOR)

    assert inspector.get("/inspection/ask/").status_code == 403
    assert "Ask for a pack" not in words(inspector.get("/inspection/"))


@pytest.mark.django_db
def test_a_story_is_on_one_page_with_both_authorities_and_its_title_names_nobody():
    priya = factories.person()
    placement = register.emergency(priya, "AA-1")
    _, inspector = at_rotherham(Role.INSPECTOR)
    assert (
        f"/children/{placement.child_id}/story/" in inspector.get(f"/children/{placement.child_id}/").content.decode()
    )

    page = inspector.get(f"/children/{placement.child_id}/story/")

    told = words(page)
    for said in (
        "Kayla Brent",
        "Recorded as an emergency start",
        "Notice of a placement",
        "Leeds",
        "Approvals: decided and recorded apart",
    ):
        assert said in told
    assert title(page) == "One child’s story – Placewatch"


@pytest.mark.django_db
def test_a_story_of_a_closed_address_gives_it_to_nobody_not_even_to_whom_a_grant_opens_it():
    priya = factories.person()
    placement = register.closed(priya, "AA-3")
    _, worker = at_rotherham(Role.SOCIAL_WORKER)

    for browser in (signed_in(priya), worker):
        told = words(browser.get(f"/children/{placement.child_id}/story/"))
        assert "Recorded as an emergency start" in told
        for word in (register.CLOSED_LINE, "LS1 8ED", "Leeds", register.CLOSED_WORDS):
            assert word not in told


@pytest.mark.django_db
def test_each_page_that_an_inspector_opens_is_a_line_of_the_log_book():
    priya = factories.person()
    placement = register.emergency(priya, "AA-1")
    inspector, browser = at_rotherham(Role.INSPECTOR)
    for where in ("/inspection/", f"/children/{placement.child_id}/", f"/children/{placement.child_id}/story/"):
        browser.get(where)

    with acting_for(operator(inspector.authority_id), "test"):
        rows = LogEntry.objects.filter(person_id=inspector.person_id)
        told = list(rows.values_list("operation", "subject_ids"))

    assert ("children.story", [placement.child_id]) in told
    assert {"children.read", "children.story"} <= {operation for operation, _ in told}


def test_an_inspectors_sign_in_ends_by_itself(committing):
    inspector, browser = at_rotherham(Role.INSPECTOR)
    with acting_for(operator(inspector.authority_id), "test"):
        Membership.objects.filter(user_id=inspector.person_id).update(ends_on=date(2026, 12, 2))
    assert browser.get("/inspection/").status_code == 200

    clock.set_to(datetime(2026, 12, 2, 0, 0, tzinfo=UTC))
    page = browser.get("/inspection/")

    assert page.status_code == 302
    assert page.url == "/choose-authority/"


@pytest.mark.django_db
def test_another_authority_finds_neither_pack_nor_story():
    tom, browser = at_rotherham(Role.MANAGER)
    browser.post("/inspection/ask/", PERIOD | {"purpose": "inspection"})
    pack = made(tom)
    placement = register.emergency(factories.person(), "AA-1")
    other = signed_in(factories.person(factories.LEEDS, Role.MANAGER))

    for where in (
        f"/inspection/{pack.id}/",
        f"/inspection/{pack.id}/take/",
        f"/inspection/{pack.id}/agree/",
        f"/children/{placement.child_id}/story/",
    ):
        assert other.get(where).status_code == 404, where
