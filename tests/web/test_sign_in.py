"""How does a person come in, choose for whom they act, and leave?"""

from datetime import date

import pytest
from django.db import connection

from accounts.acting import acting_for, operator
from accounts.models import Membership, User
from accounts.roles import Role
from tests import factories
from tests.web.browser import signed_in, words

PASSWORD = "a long invented password"
pytestmark = pytest.mark.django_db


def email_of(actor) -> str:
    return User.objects.get(id=actor.person_id).email


def sign_in(client, email: str, password: str = PASSWORD, query: str = ""):
    return client.post(f"/sign-in/{query}", {"email": email, "password": password})


def test_right_password_opens_what_needs_me_now(client):
    response = sign_in(client, email_of(factories.person()))

    assert response.url == "/"
    assert "Priya Nair, acting for Rotherham as Placements officer" in words(client.get("/"))


def test_unknown_address_and_wrong_password_get_the_same_answer(client):
    known = email_of(factories.person())

    unknown = sign_in(client, "nobody@authority.example")
    wrong = sign_in(client, known, "not the password at all")

    assert unknown.status_code == wrong.status_code == 400
    assert words(unknown) == words(wrong).replace(known, "nobody@authority.example")
    assert "The e-mail address or the password is not right." in words(wrong)


def test_person_who_was_switched_off_cannot_sign_in(client):
    actor = factories.person()
    User.objects.filter(id=actor.person_id).update(is_active=False)

    assert sign_in(client, email_of(actor)).status_code == 400


def test_sign_in_goes_on_to_the_page_asked_for(client):
    assert sign_in(client, email_of(factories.person()), query="?next=/children/").url == "/children/"


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_sign_in_never_leads_to_another_site(client, elsewhere):
    assert sign_in(client, email_of(factories.person()), query=f"?next={elsewhere}").url == "/"


def test_sign_in_gets_a_new_session(client):
    client.get("/sign-in/")
    client.session["before"] = "yes"
    client.session.save()
    before = client.session.session_key

    sign_in(client, email_of(factories.person()))

    assert client.session.session_key != before


def test_sign_out_ends_the_session_and_clears_the_browser():
    browser = signed_in(factories.person())

    response = browser.post("/sign-out/")

    assert response["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert browser.get("/").url.startswith("/sign-in/")


def test_sign_out_by_a_link_does_nothing():
    browser = signed_in(factories.person())

    assert browser.get("/sign-out/").status_code == 405
    assert browser.get("/").status_code == 200


def test_person_of_two_authorities_acts_for_none_until_one_is_chosen():
    actor = factories.person(role=Role.DUTY_DESK, name="Jo Fenn")
    leeds = add_membership(actor, factories.LEEDS, Role.DUTY_DESK)
    browser = signed_in(actor)

    assert browser.get("/").url == "/choose-authority/"
    assert "Leeds, as Duty desk, out of hours" in words(browser.get("/choose-authority/"))

    browser.post("/choose-authority/", {"membership": leeds.id})

    assert "Jo Fenn, acting for Leeds as Duty desk, out of hours" in words(browser.get("/"))


def test_nobody_chooses_somebody_elses_membership():
    actor = factories.person(role=Role.DUTY_DESK)
    add_membership(actor, factories.LEEDS, Role.DUTY_DESK)
    with acting_for(operator(factories.authority(factories.SHEFFIELD).id), "test"):
        other = factories.person(factories.SHEFFIELD, Role.MANAGER)
        theirs = Membership.objects.get(user_id=other.person_id)
    browser = signed_in(actor)

    response = browser.post("/choose-authority/", {"membership": theirs.id})

    assert response.status_code == 400
    assert browser.get("/").url == "/choose-authority/"


def test_membership_that_ended_ends_at_the_next_page():
    actor = factories.person()
    browser = signed_in(actor)
    assert browser.get("/").status_code == 200

    with acting_for(operator(actor.authority_id), "test"):
        Membership.objects.filter(user_id=actor.person_id).update(ends_on=date(2026, 12, 1))

    assert browser.get("/").url == "/choose-authority/"
    assert "Your account has no role in an authority today." in words(browser.get("/choose-authority/"))


@pytest.mark.parametrize("password", [PASSWORD, "not the password at all"])
def test_every_attempt_to_sign_in_is_one_line_of_the_log_book(client, password):
    email = email_of(factories.person())
    before = lines_written()

    sign_in(client, email, password)

    assert lines_written() == before + 1


def lines_written() -> int:
    """Lines of no authority are nobody's to read, so they are counted as the sealer finds them."""
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from log_unsealed(-60)")
        return cursor.fetchone()[0]


def add_membership(actor, code: str, role: Role) -> Membership:
    owner = factories.authority(code)
    with acting_for(operator(owner.id), "test"):
        user = User.objects.get(id=actor.person_id)
        return Membership.objects.create(user=user, authority=owner, role=role, starts_on=date(2020, 1, 1))


def test_an_account_waits_after_ten_wrong_passwords_even_for_the_right_one(client):
    email = email_of(factories.person())
    other = email_of(factories.person())

    for _ in range(9):
        assert sign_in(client, email, "not the password at all").status_code == 400
    assert sign_in(client, email, "not the password at all").status_code == 429

    answer = sign_in(client, email)
    assert answer.status_code == 429
    assert "Wait a quarter of an hour" in words(answer)
    assert sign_in(client, other).status_code == 302
