"""Does each page open for the roles that the policy names, and for nobody else?"""

import pytest
from django.urls import reverse

from accounts import policy
from accounts.roles import Role
from duties.models import Duty
from placements.models import Placement
from tests import factories
from tests.web.browser import at_leeds, signed_in, words
from web.urls import urlpatterns

# Pages that show nothing of anybody, are there to sign in and out, or open with a key of their own.
OPEN = {"about", "sign_in", "sign_out", "signed_out", "choose_authority", "guest", "guest_read", "feed"}
GUARDED = [pattern for pattern in urlpatterns if pattern.name not in OPEN]
WITHOUT_ID = [pattern for pattern in GUARDED if "<" not in str(pattern.pattern)]
STATUS = Placement.Status
EXAMPLES = {"UUIDConverter": "00000000-0000-4000-8000-000000000000", "IntConverter": 8}


def test_every_page_declares_an_operation_of_the_policy():
    declared = {pattern.name: getattr(pattern.callback, "operation", None) for pattern in GUARDED}

    assert {name for name, operation in declared.items() if operation not in policy.operations()} == set()


@pytest.mark.django_db
@pytest.mark.parametrize("pattern", GUARDED, ids=lambda pattern: pattern.name)
def test_every_page_asks_to_sign_in_first_and_comes_back(client, pattern):
    path = f"/{pattern.pattern}".split("<")[0]
    where = path if pattern in WITHOUT_ID else _path_with_id(pattern)

    response = _asked(client, pattern, where)

    assert response.status_code == 302
    assert response.url == f"/sign-in/?next={where}"


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
def test_pages_open_for_the_roles_of_the_policy_and_no_other(role):
    browser = signed_in(factories.person(role=role))

    for pattern in WITHOUT_ID:
        permitted = policy.operations()[pattern.callback.operation].permits(role)
        answers = {200, 302} | _nothing_asked(pattern) if permitted else {403}
        status = _asked(browser, pattern, reverse(pattern.name)).status_code
        assert status in answers, f"{pattern.name} answers {status} to {role}"


@pytest.mark.django_db
def test_a_refusal_says_who_may():
    page = signed_in(factories.person(role=Role.AUDITOR)).get("/children/new/")

    assert page.status_code == 403
    assert "It can be done by:" in words(page)
    assert "placements officer" in words(page)


def said(page) -> str:
    """What a page says below the menu, whose open room follows from the address alone."""
    return words(page).rpartition("Page not found")[2]


@pytest.mark.django_db
def test_another_authority_finds_neither_child_nor_placement_nor_duty():
    ours = factories.person()
    placement = factories.placement_at(STATUS.PROPOSED, ours)
    with factories.acting(ours):
        duty = Duty.objects.filter(subject_id=placement.id).first()
    _, browser = at_leeds(Role.PLACEMENT_OFFICER)
    absent = said(browser.get("/children/00000000-0000-4000-8000-000000000000/"))

    for where in (
        reverse("child", args=[placement.child_id]),
        reverse("placement", args=[placement.id]),
        reverse("start_placement", args=[placement.id]),
        reverse("duty", args=[duty.id]),
        reverse("new_placement", query={"child": placement.child_id}),
    ):
        page = browser.get(where)
        assert page.status_code == 404
        assert said(page) == absent


@pytest.mark.django_db
def test_a_child_that_no_id_can_name_is_not_found():
    browser = signed_in(factories.person())

    assert browser.get("/placements/new/?child=nobody").status_code == 404


def _path_with_id(pattern) -> str:
    converters = pattern.pattern.converters
    return reverse(
        pattern.name, kwargs={name: EXAMPLES[type(converter).__name__] for name, converter in converters.items()}
    )


def _asked(browser, pattern, path):
    """What a page answers; one that is never read by GET is sent an empty form."""
    return browser.post(path) if _nothing_asked(pattern) else browser.get(path)


def _nothing_asked(pattern) -> set[int]:
    """What a page that takes questions only answers to an empty one."""
    return set() if "GET" in pattern.callback.methods else {400}
