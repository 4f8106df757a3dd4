"""Does every answer keep itself out of caches, frames, other sites and search engines?"""

import pytest
from django.urls import reverse

from tests.web.browser import at_rotherham
from tests.web.test_roles import WITHOUT_ID

pytestmark = pytest.mark.django_db
PATHS = ["/about/", "/sign-in/", "/nowhere/", *(reverse(pattern.name) for pattern in WITHOUT_ID)]


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_is_private(path):
    _, browser = at_rotherham()

    headers = browser.get(path).headers

    assert headers["Cache-Control"] == "no-store"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "geolocation=()" in headers["Permissions-Policy"]
    directives = headers["Content-Security-Policy"]
    assert "default-src 'none'" in directives
    assert "script-src 'self'" in directives
    assert "unsafe" not in directives
    assert "http" not in directives


@pytest.mark.parametrize("path", PATHS)
def test_no_page_holds_a_script_or_style_of_its_own(path):
    _, browser = at_rotherham()

    page = browser.get(path).content.decode()

    assert "style=" not in page
    assert "<style" not in page
    assert page.count("<script") == page.count('<script src="') + page.count('<script type="module" src="')
    assert " onclick" not in page


def test_form_of_an_old_page_is_refused_with_the_way_on(client):
    client.handler.enforce_csrf_checks = True

    page = client.post("/sign-in/", {"email": "a@authority.example", "password": "x"})

    assert page.status_code == 403
    assert "Nothing was saved. Open the page again." in page.content.decode()
