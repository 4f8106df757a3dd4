"""Is whoever tries many links stopped, and whoever mistypes not? Counted by caller, for an hour."""

from datetime import timedelta

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from db import clock
from notifications.guests import guest_callers
from notifications.models import GuestCaller
from tests.notifications.test_guests import CANARY, hari, invite, notice, on_file  # noqa: F401
from web.callers import address_of

pytestmark = pytest.mark.django_db
HERE, ELSEWHERE = "192.0.2.7", "192.0.2.8"
NOWHERE = reverse("guest", args=["made-up"])


def knock_in_vain(times: int, caller: str = HERE) -> None:
    for _ in range(times):
        Client(REMOTE_ADDR=caller).get(NOWHERE)


def open_with(made, caller: str = HERE):
    return Client(REMOTE_ADDR=caller).post(reverse("guest", args=[made.token]), {"code": made.code}, follow=True)


def test_who_tried_twenty_links_that_lead_nowhere_has_to_wait_an_hour_and_nobody_else_does(hari, on_file, notice):  # noqa: F811
    made = invite(hari, notice)
    knock_in_vain(guest_callers.MOST_IN_VAIN)

    said = open_with(made)
    assert said.status_code == 429
    assert "wait an hour" in said.content.decode()
    assert CANARY not in said.content.decode()
    assert CANARY in open_with(made, ELSEWHERE).content.decode()

    GuestCaller.objects.update(since=clock.now() - timedelta(minutes=61))
    assert CANARY in open_with(made).content.decode()


def test_a_few_mistakes_stop_nobody(hari, on_file, notice):  # noqa: F811
    made = invite(hari, notice)
    knock_in_vain(guest_callers.MOST_IN_VAIN - 1)
    assert CANARY in open_with(made).content.decode()


def test_who_has_a_network_of_addresses_is_one_caller(hari, on_file, notice):  # noqa: F811
    made = invite(hari, notice)
    for number in range(guest_callers.MOST_IN_VAIN):
        knock_in_vain(1, f"2001:db8:7:7::{number:x}")
    assert open_with(made, "2001:db8:7:7:ffff::1").status_code == 429
    assert CANARY in open_with(made, "2001:db8:7:8::1").content.decode()
    knock_in_vain(guest_callers.MOST_IN_VAIN, "::ffff:192.0.2.7")
    assert not guest_callers.may_knock(HERE, at=clock.now())
    assert guest_callers.may_knock(ELSEWHERE, at=clock.now())


def test_wrong_codes_count_over_all_links(hari, on_file, notice):  # noqa: F811
    for _ in range(4):
        made = invite(hari, notice)
        for _ in range(5):
            Client(REMOTE_ADDR=HERE).post(reverse("guest", args=[made.token]), {"code": "WRONG"})
    assert open_with(invite(hari, notice)).status_code == 429


def test_no_address_is_kept_and_nothing_for_longer_than_an_hour(db):
    knock_in_vain(1)
    [kept] = GuestCaller.objects.all()
    assert HERE not in kept.digest
    guest_callers.knocked_in_vain(ELSEWHERE, at=kept.since + timedelta(hours=1))
    assert not GuestCaller.objects.filter(digest=kept.digest).exists()


@pytest.mark.parametrize(
    ("proxies", "said", "expected"),
    [
        (0, "203.0.113.9", HERE),
        (1, "203.0.113.9, 198.51.100.1", "198.51.100.1"),
        (2, "203.0.113.9, 198.51.100.1, 10.0.0.1", "198.51.100.1"),
        (2, "198.51.100.1", HERE),
        (1, "", HERE),
    ],
)
def test_a_caller_is_whom_the_deployers_own_proxies_saw(proxies, said, expected, settings):
    settings.PROXIES = proxies
    headers = {"X-Forwarded-For": said} if said else {}
    assert address_of(RequestFactory().get("/", REMOTE_ADDR=HERE, headers=headers)) == expected
