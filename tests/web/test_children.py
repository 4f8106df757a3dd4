"""Is a child registered, found and read as the law and the log-book ask?"""

from datetime import date

import pytest
from django.urls import reverse

from accounts.acting import acting_for, operator
from audit.models import LogEntry
from placements.models import Child
from tests import factories
from tests.web.browser import at_rotherham, day, words

pytestmark = pytest.mark.django_db
KAYLA = {
    "reference": "AG-2041",
    "given_name": "Kayla",
    "family_name": "Brent",
    **day("born_on", 14, 11, 2012),
    "sex": "F",
    **day("looked_after_since", 1, 9, 2025),
    "legal_status": "C2",
}


def test_child_is_registered_with_the_period_of_care():
    _, browser = at_rotherham()

    saved = browser.post("/children/new/", KAYLA)
    page = words(browser.get(saved.url))

    assert "Kayla Brent" in page
    assert "14 November 2012" in page
    assert "since 1 September 2025" in page


def test_reference_that_is_taken_is_refused_with_the_way_on():
    _, browser = at_rotherham()
    browser.post("/children/new/", KAYLA)

    again = browser.post("/children/new/", KAYLA)

    assert again.status_code == 422
    assert "A child with the reference AG-2041 is in your register already." in words(again)


def test_each_missing_answer_is_named_in_the_summary_and_at_its_field():
    _, browser = at_rotherham()

    page = browser.post("/children/new/", {})

    assert page.status_code == 400
    html = page.content.decode()
    assert "<title>Error: Register a child" in html
    assert '<a href="#born_on_0">Enter the date of birth, or an estimate of it.</a>' in html
    assert 'id="born_on_error"' in html
    assert 'aria-describedby="born_on_error"' in html


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (day("born_on", 30, 2, 2012), "This is not a real date."),
        (day("born_on", 1, 1, 99999), "The year must be a number from 1900 to 2100."),
        (day("born_on", "one", 1, 2012), "The day must be a number from 1 to 31."),
    ],
)
def test_date_that_is_none_is_refused(given, said):
    _, browser = at_rotherham()

    page = browser.post("/children/new/", KAYLA | given)

    assert page.status_code == 400
    assert said in words(page)


def test_search_finds_by_the_beginning_of_name_or_reference_and_stays_out_of_the_address():
    actor, browser = at_rotherham()
    factories.child(actor, reference="AG-1", given_name="Dean", family_name="Marlow")
    factories.child(actor, reference="AG-2", given_name="Tia", family_name="Sallow")

    sent = browser.post("/children/", {"words": "sal"})
    page = words(browser.get(sent.url))

    assert sent.url == "/children/"
    assert "Tia Sallow" in page
    assert "Dean Marlow" not in page


def test_entitlement_is_shown_with_its_arithmetic():
    """Story 9: looked after 10 January to 20 February 2025, and since 1 September 2025; 14 on 3 May 2023."""
    actor, browser = at_rotherham()
    child = factories.child(actor, born_on=date(2009, 5, 3), looked_after_since=date(2025, 9, 1))
    with factories.acting(actor):
        child.care_periods.create(
            authority_id=actor.authority_id, starts_on=date(2025, 1, 10), ends_on=date(2025, 2, 20)
        )

    page = words(browser.get(reverse("child", args=[child.id])))

    assert "An eligible child since Tue 21 October 2025." in page
    assert "41 (10 January 2025 to 20 February 2025) + 50" in page
    assert "Children Act 1989, Sch. 2 para. 19B" in page


def test_reading_a_child_is_a_line_of_the_log_book():
    actor, browser = at_rotherham()
    child = factories.child(actor)

    browser.get(reverse("child", args=[child.id]))

    with acting_for(operator(actor.authority_id), "test"):
        line = LogEntry.objects.get(operation="children.read", person_id=actor.person_id)
    assert line.subject_ids == [child.id]
    assert line.role == "placement_officer"
    assert line.purpose == "pages"
    assert line.fields == "child"


def test_refused_page_is_a_line_of_the_log_book():
    actor, browser = at_rotherham()

    browser.get("/inbox/")

    with acting_for(operator(actor.authority_id), "test"):
        line = LogEntry.objects.get(operation="notices.received", person_id=actor.person_id)
    assert line.outcome == "refused"


def test_names_are_shown_as_they_are_and_run_nothing():
    actor, browser = at_rotherham()
    child = factories.child(actor, given_name="<script>alert(1)</script>", family_name="O'Neil")

    page = browser.get(reverse("child", args=[child.id])).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_registered_child_belongs_to_the_authority_acted_for():
    actor, browser = at_rotherham()

    browser.post("/children/new/", KAYLA)

    with factories.acting(actor):
        assert Child.objects.get(reference="AG-2041").authority_id == actor.authority_id
