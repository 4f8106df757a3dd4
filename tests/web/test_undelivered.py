"""What could not be delivered, on the pages: filtered, sent again for a reason, and what came of it."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.acting import acting_for, operator, service
from accounts.roles import Role
from db import clock
from notifications.delivery import endpoints
from notifications.models import Delivery, Endpoint
from tests import databases, factories
from tests.notifications.post import compose
from tests.web.browser import signed_in, words

ADDRESS = reverse("undelivered")
AGAIN = reverse("replay")


@pytest.fixture
def manager(committing, settings):
    settings.LOOPBACK_RECEIVERS = True
    return factories.person(role=Role.MANAGER)


def dead(manager, code: str, **changes):
    """A notice that the system of its recipient did not take."""
    to = factories.authority(code)
    with acting_for(operator(to.id), "test") as them:
        endpoints.add_endpoint(authority_id=to.id, url="http://127.0.0.1:9/", by=them.name, at=clock.now())
    with factories.acting(manager):
        document = compose(manager.authority_id, to.id, **changes)
    with databases.as_role("WORKER_DATABASE_URL"), acting_for(service(manager.authority_id), "test"):
        rows = Delivery.objects.filter(document=document)
        rows.update(state="sending", lease=document.id, leased_until=clock.now())
        rows.update(state="undeliverable", lease=None, leased_until=None, ended_at=clock.now())
    return document


def test_a_filter_shows_what_it_means_and_only_that_is_sent_again_and_listed(manager):
    leeds = dead(manager, factories.LEEDS)
    sheffield = dead(manager, factories.SHEFFIELD, kind="new_date", body={})
    browser = signed_in(manager)
    said = words(browser.get(ADDRESS))
    assert leeds.reference in said
    assert sheffield.reference in said
    assert "Nothing was sent again." in said

    only = f"?kind=new_date&recipient={sheffield.recipient_id}"
    said = words(browser.get(ADDRESS + only))
    assert sheffield.reference in said
    assert leeds.reference not in said

    asked = words(browser.get(AGAIN + only))
    assert "1 notice, to 1 authority." in asked
    assert "New date of a placement" in asked
    said = words(browser.post(AGAIN + only, {"reason": "Their system is back"}, follow=True))
    assert "Sent again: 1." in said
    assert "Their system is back Waiting to be sent" in said
    with factories.acting(manager):
        assert [one.document_id for one in Delivery.objects.exclude(replays=None)] == [sheffield.id]


def test_the_days_of_a_filter_are_meant_whole(manager):
    document = dead(manager, factories.LEEDS)
    browser, today = signed_in(manager), clock.today()

    def shown(field: str, on: date) -> bool:
        days = {f"{field}_day": on.day, f"{field}_month": on.month, f"{field}_year": on.year}
        return document.reference in words(browser.get(ADDRESS, days))

    assert shown("from_on", today)
    assert shown("until_on", today)
    assert not shown("from_on", date.fromordinal(today.toordinal() + 1))
    assert not shown("until_on", date.fromordinal(today.toordinal() - 1))


def test_a_filter_that_cannot_be_read_sends_nothing_again(manager):
    dead(manager, factories.LEEDS)
    browser = signed_in(manager)
    assert browser.get(ADDRESS, {"kind": "tea"}).status_code == 200
    assert browser.post(f"{AGAIN}?kind=tea", {"reason": "Why"}).status_code == 302
    with factories.acting(manager):
        assert not Delivery.objects.exclude(replays=None).exists()


def test_what_has_nowhere_to_go_is_said_on_the_page(manager):
    document = dead(manager, factories.LEEDS)
    with acting_for(operator(document.recipient_id), "test") as them:
        [endpoint] = Endpoint.objects.filter(authority_id=document.recipient_id)
        endpoints.end(endpoint.id, by=them, at=clock.now())
    said = words(signed_in(manager).post(AGAIN, {"reason": "They have moved"}, follow=True))
    assert "Sent again: 0." in said
    assert "Not sent again: 1." in said
    assert document.reference in said, "it still stands among what could not be delivered"
