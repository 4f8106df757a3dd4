"""Is a form too large for anything refused before a byte of it is read?"""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory

from accounts.roles import Role
from hotspots.files.uploads import MOST_BYTES
from tests.hotspots import world as areas
from tests.web.browser import at_rotherham
from web.bodies import BESIDE_BYTES

pytestmark = pytest.mark.django_db
FORM = "multipart/form-data; boundary=b"


class Body:
    """A body that ends at once, and knows whether anybody asked for a byte of it."""

    was_read = False

    def read(self, *_):
        self.was_read = True
        return b""

    readline = read


def is_read(browser, length: int) -> bool:
    """Whether a form of so many bytes is read, of whoever has the cookie that the check against forged forms asks for."""
    browser.handler.enforce_csrf_checks = True
    asked, body = RequestFactory().get("/"), Body()
    get_token(asked)
    browser.cookies["placewatch-form"] = asked.META["CSRF_COOKIE"]
    sent = {"wsgi.input": body, "CONTENT_LENGTH": str(length), "CONTENT_TYPE": FORM}
    assert browser.generic("POST", "/sign-in/", b"x", **sent).status_code in (400, 403)
    return body.was_read


def test_a_strangers_large_form_is_not_written_to_a_disk():
    assert not is_read(Client(), BESIDE_BYTES + 1)
    assert is_read(Client(), BESIDE_BYTES)


def test_who_is_signed_in_sends_the_largest_file_and_no_larger_one():
    _, browser = at_rotherham(Role.HOTSPOT_ANALYST)
    assert not is_read(browser, MOST_BYTES + BESIDE_BYTES + 1)
    assert is_read(browser, MOST_BYTES + BESIDE_BYTES)


def test_a_file_comes_in_by_its_form():
    _, browser = at_rotherham(Role.HOTSPOT_ANALYST)
    file = SimpleUploadedFile("areas.geojson", areas.file(areas.square("A1")))
    assert browser.post("/areas-of-concern/files/send/", {"file": file, "srid": ""}).status_code == 302
