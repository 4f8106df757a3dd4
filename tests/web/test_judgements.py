"""Can people write what they think of a place, talk it through, and see where it differs, on plain pages?"""

import pytest
from django.urls import reverse

from accounts.roles import Role
from placements.models import Placement
from tests import factories
from tests.placements.judgement_world import leeds_shares, supervisor, write
from tests.web.browser import at_rotherham, signed_in, words

pytestmark = pytest.mark.django_db
BOXES = {
    "known_and_not_known": "Nobody knows the carers’ street.",
    "thinks_and_why": "He is driven everywhere.",
    "look_again_on_day": "13",
    "look_again_on_month": "1",
    "look_again_on_year": "2027",
}


@pytest.fixture
def sam(db):
    return at_rotherham(Role.SOCIAL_WORKER)


def hidden(page, name: str) -> str:
    """The value of a hidden input, as a browser sends it back."""
    value = page.context["form"][name].value()
    return str(value) if value else ""


def test_the_page_of_a_placement_says_that_nothing_is_written_yet(sam):
    actor, browser = sam
    placement = factories.placement_at(Placement.Status.PROPOSED, actor)

    page = words(browser.get(reverse("placement", args=[placement.id])))

    assert "No judgement is written yet. It holds up no approval and no move." in page


def test_four_boxes_are_written_beside_what_is_shared_and_shown_with_name_and_time(sam):
    actor, browser = sam
    leeds_shares()
    placement = factories.placement_at(Placement.Status.PROPOSED, actor)
    where = reverse("write_judgement", args=[placement.id])
    form = browser.get(where)
    ids = {name: hidden(form, name) for name in ("screening", "supersedes")}

    response = browser.post(where, BOXES | ids | {"agreement": "not_worried"})

    assert "An area of concern shared by Leeds lies within" in words(form)
    assert response.url == reverse("judgements", args=[placement.id])
    page = words(browser.get(response.url))
    assert "Written by Priya Nair, Tuesday 1 December 2026, 12:00" in page
    assert "Something is shared, and it is no worry for this child" in page
    assert "Not talked through with a supervisor yet" in page
    assert "He is driven everywhere." in words(browser.get(reverse("placement", args=[placement.id])))


def test_where_the_area_shares_nothing_the_page_asks_who_was_asked(sam):
    actor, browser = sam
    placement = factories.placement_at(Placement.Status.PROPOSED, actor)
    where = reverse("write_judgement", args=[placement.id])
    form = browser.get(where)
    ids = {name: hidden(form, name) for name in ("screening", "supersedes")}

    page = browser.post(where, BOXES | ids | {"agreement": "nothing_said"})

    assert page.status_code == 422
    assert '<a href="#asked_whom">The area&#x27;s authority shares nothing with us' in page.content.decode()


def test_a_page_opened_before_a_colleague_wrote_saves_nothing(sam):
    actor, browser = sam
    placement = factories.placement_at(Placement.Status.PROPOSED, actor)
    where = reverse("write_judgement", args=[placement.id])
    ids = {"screening": hidden(browser.get(where), "screening"), "supersedes": ""}
    write(placement, actor)

    page = browser.post(where, BOXES | ids | {"agreement": "worried"})

    assert page.status_code == 422
    assert "Somebody wrote a judgement since you opened this." in words(page)


def test_a_supervisor_records_one_conversation_about_several_children(sam):
    actor, browser = sam
    one, other, third = (
        write(factories.placement_at(Placement.Status.PROPOSED, actor, of=factories.child(actor)), actor)
        for _ in range(3)
    )
    ruth = signed_in(supervisor())
    moment = {"on_day": "1", "on_month": "12", "on_year": "2026", "at_time": "10:30"}

    ruth.post("/conversations/new/", moment | {f"about_{one.id}": "Agreed.", f"about_{other.id}": "Ask the school."})

    page = words(browser.get(reverse("judgements", args=[one.placement_id])))
    assert "Ruth Adeyemi, Tuesday 1 December 2026, 10:30: Agreed." in page
    assert "Ask the school." not in page
    waiting = words(ruth.get("/conversations/new/"))
    assert third.placement.child.reference in waiting
    assert one.placement.child.reference not in waiting


def test_the_ledger_shows_both_counts_and_the_words_of_a_period_without_a_child(sam):
    actor, _ = sam
    child = factories.child(actor, reference="AG-LEDGER")
    placement = factories.placement_at(Placement.Status.PROPOSED, actor, of=child, place=factories.PlaceTo.IN_AREA)
    write(placement, actor, agreement="worried")
    _, director = at_rotherham(Role.DIRECTOR)
    november = {"starts_on_day": "1", "starts_on_month": "11", "starts_on_year": "2026"} | {
        "ends_on_day": "30",
        "ends_on_month": "11",
        "ends_on_year": "2026",
    }

    page = words(director.get("/disagreements/"))

    assert "Something is shared near, and the judgement is not worried 0" in page
    assert "Nothing is near, and the judgement is worried 1" in page
    assert "CANARY-JUDGEMENT" in page
    assert "Kayla" not in page
    assert "AG-LEDGER" not in page
    assert "Nothing differs in this period." in words(director.post("/disagreements/", november))


def test_a_closed_address_opens_no_judgement_without_a_grant(sam):
    actor, browser = sam
    placement = factories.placement_at(Placement.Status.PROPOSED, actor, is_restricted=True)
    write(placement, actor)
    _, colleague = at_rotherham(Role.MANAGER)

    for name in ("placement", "judgements", "write_judgement"):
        where = reverse(name, args=[placement.id])
        assert "CANARY-JUDGEMENT" not in words(colleague.get(where)), name
    assert "CANARY-JUDGEMENT" in words(browser.get(reverse("judgements", args=[placement.id])))


def test_a_concern_shows_its_age_closes_with_words_and_stays(sam):
    actor, browser = sam
    child = factories.child(actor)
    ruth = supervisor()
    assessed = {
        "assessed_on_day": "21",
        "assessed_on_month": "10",
        "assessed_on_year": "2026",
        "words": "Collected by car.",
    }

    where = browser.post(reverse("new_concern", args=[child.id]), assessed).url
    page = words(browser.get(reverse("child", args=[child.id])))
    browser.post(
        f"{where}close/",
        {
            "reason": "They are in custody.",
            "supervisor": str(ruth.person_id),
            "look_again_on_day": "1",
            "look_again_on_month": "3",
            "look_again_on_year": "2027",
        },
    )

    assert "last looked at 41 days ago, on 21 October 2026" in page
    after = words(browser.get(where))
    assert "Closed by Priya Nair, Tuesday 1 December 2026, 12:00" in after
    assert "They are in custody. Agreed with Ruth Adeyemi To be looked at again Monday 1 March 2027" in after
    assert "Collected by car." in after
    assert "Closed by Priya Nair" in words(browser.get(reverse("child", args=[child.id])))


def test_a_concern_is_not_closed_without_a_reason(sam):
    actor, browser = sam
    assessed = {
        "assessed_on_day": "1",
        "assessed_on_month": "12",
        "assessed_on_year": "2026",
        "words": "Collected by car.",
    }
    where = browser.post(reverse("new_concern", args=[factories.child(actor).id]), assessed).url

    page = browser.post(f"{where}close/", {})

    assert page.status_code == 400
    assert "Say why the concern is closed." in words(page)
    assert "Now Open" in words(browser.get(where))


def test_roles_that_may_not_read_concerns_see_none_on_the_childs_page(sam):
    actor, browser = sam
    child = factories.child(actor)
    _, adviser = at_rotherham(Role.LEAVING_CARE_ADVISER)

    assert "Concerns about exploitation" in words(browser.get(reverse("child", args=[child.id])))
    assert "Concerns about exploitation" not in words(adviser.get(reverse("child", args=[child.id])))
