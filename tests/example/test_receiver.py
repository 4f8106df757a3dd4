"""Does the example's receiver keep what was signed with its secret, and nothing else?"""

from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
import requests

from example.receiver import Receiver
from notifications.delivery.signing import make_secret, signed_headers

BODY = b'{"type": "placement_notice.sent", "reference": "N-2345BCDF", "sender": "X06000001", "due_on": null}'
MESSAGE = "3f8c2d64-5b1e-4c8e-9a52-0a1f6d4f7f11"


@pytest.fixture
def receiver(tmp_path):
    """The receiver in a thread; Carrowby's system works, Brackwater's refuses the first two tries of a message."""
    with Receiver(0, tmp_path, {"/brackwater": 2}) as server:
        for path in ("/carrowby", "/brackwater"):
            server.secrets.keep(server.address + path, make_secret())
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def send(receiver, path="/carrowby", *, body=BODY, secret=None, at=None, **headers) -> int:
    secret = secret or receiver.secrets.read()[receiver.address + path]
    signed = signed_headers(secret, message_id=MESSAGE, at=at or datetime.now(UTC), body=BODY)
    return requests.post(receiver.address + path, data=body, headers=signed | headers, timeout=10).status_code


def test_a_message_signed_with_the_secret_is_kept_and_answered_204(receiver):
    assert send(receiver) == 204
    (one,) = receiver.book.received()
    assert (one.receiver, one.message, one.body["reference"]) == ("/carrowby", MESSAGE, "N-2345BCDF")


@pytest.mark.parametrize(
    "forged",
    [
        {"body": BODY.replace(b"N-2345BCDF", b"N-2345BCDG")},
        {"secret": make_secret()},
        {"at": datetime.now(UTC) - timedelta(minutes=6)},
        {"webhook-id": "another"},
        {"webhook-signature": ""},
        {"webhook-signature": "no comma"},
        {"webhook-signature": "v1,not base 64"},
    ],
    ids=["other bytes", "other secret", "six minutes old", "other id", "no signature", "no version", "no base 64"],
)
def test_a_message_whose_signature_does_not_hold_is_answered_401_and_not_kept(receiver, forged):
    assert send(receiver, **forged) == 401
    assert receiver.book.received() == []


def test_a_secret_opens_no_other_receivers_address(receiver):
    carrowbys = receiver.secrets.read()[f"{receiver.address}/carrowby"]
    assert send(receiver, "/brackwater", secret=carrowbys) == 401


def test_a_message_that_comes_twice_stands_once(receiver):
    assert [send(receiver), send(receiver)] == [204, 204]
    assert [one.tries for one in receiver.book.received()] == [2]


def test_a_system_out_of_order_refuses_the_first_tries_and_then_keeps_it(receiver):
    assert [send(receiver, "/brackwater") for _ in range(3)] == [503, 503, 204]
    assert [one.tries for one in receiver.book.received()] == [3]


def test_an_address_that_nobody_has_is_not_found(receiver):
    secret = make_secret()
    assert send(receiver, "/nowhere", secret=secret) == 404
    assert requests.get(f"{receiver.address}/carrowby", timeout=10).status_code == 404


def test_a_message_that_is_too_long_is_refused(receiver):
    assert send(receiver, body=b"x" * 65_537) == 413


def test_the_page_shows_what_was_taken_as_text(receiver):
    hostile = BODY.replace(b"X06000001", b"<script>alert(1)</script>")
    secret = receiver.secrets.read()[f"{receiver.address}/carrowby"]
    signed = signed_headers(secret, message_id=MESSAGE, at=datetime.now(UTC), body=hostile)
    requests.post(f"{receiver.address}/carrowby", data=hostile, headers=signed, timeout=10)
    page = requests.get(receiver.address, timeout=10).text
    assert "N-2345BCDF" in page
    assert "<script>" not in page


def test_what_was_taken_is_still_there_after_a_restart(receiver, tmp_path):
    send(receiver)
    with Receiver(0, tmp_path, {}) as again:
        assert [one.message for one in again.book.received()] == [MESSAGE]
