"""Where is an authority reached, and who may say so?"""

import base64
import json
from datetime import date
from io import StringIO

import pytest
from cryptography.exceptions import InvalidTag
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, transaction

from accounts.acting import acting_for, operator, service
from accounts.secrets import decrypt
from audit.models import LogEntry
from db.clock import now
from geo.areas import authority_by_code
from notifications.delivery import endpoints
from notifications.directory import directory
from notifications.exceptions import EndpointExists
from notifications.models import Contact, Endpoint

pytestmark = pytest.mark.django_db
URL = "http://127.0.0.1:8099/notices"


@pytest.fixture
def sheffield():
    return authority_by_code("E08000039").id


@pytest.fixture
def leeds():
    return authority_by_code("E08000035").id


@pytest.fixture(autouse=True)
def loopback_receivers(settings):
    settings.LOOPBACK_RECEIVERS = True


def add(url=URL, authority="E08000039") -> dict:
    printed = StringIO()
    call_command("add_endpoint", authority=authority, url=url, stdout=printed)
    return json.loads(printed.getvalue())


@pytest.mark.parametrize("code", ["E08000039", "373"])
def test_the_command_prints_id_and_secret_and_the_endpoint_is_live(sheffield, code):
    printed = add(authority=code)
    assert set(printed) == {"endpoint_id", "secret"}
    assert printed["secret"].startswith("whsec_")
    assert len(base64.b64decode(printed["secret"][6:], validate=True)) == 32
    with acting_for(service(sheffield), "test"):
        endpoint = Endpoint.objects.get()
        assert (str(endpoint.id), endpoint.url, endpoint.ended_at) == (printed["endpoint_id"], URL, None)
        assert endpoint.live_from <= now()
        [line] = LogEntry.objects.all()
        assert (line.operation, line.subject_ids) == ("endpoints.add", [endpoint.id])


def test_the_secret_is_encrypted_and_opens_for_its_own_row_only(sheffield):
    printed = add()
    other = add(url="http://127.0.0.1:8100/notices")
    with acting_for(service(sheffield), "test"):
        endpoint = Endpoint.objects.get(id=printed["endpoint_id"])
        assert printed["secret"].encode() not in bytes(endpoint.secret)
        assert decrypt(endpoint.secret, bound_to=endpoints.bound_to(endpoint)) == printed["secret"]
        with pytest.raises(InvalidTag):
            decrypt(endpoint.secret, bound_to=endpoints.bound_to(Endpoint.objects.get(id=other["endpoint_id"])))


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://partner.example/", "does not begin with https://"),
        ("https://10.0.0.1/", "private or reserved network"),
        ("https://8.8.8.8:8443/", "names port 8443"),
    ],
)
def test_an_address_that_the_guard_refuses_is_refused_in_a_sentence(sheffield, url, why):
    with pytest.raises(CommandError, match=why):
        add(url=url)
    with acting_for(service(sheffield), "test"):
        assert not Endpoint.objects.exists()


def test_an_unknown_code_is_refused_in_a_sentence():
    with pytest.raises(CommandError, match="No authority has the code 'E99'"):
        add(authority="E99")


def test_an_address_is_added_once(sheffield):
    add()
    with acting_for(operator(sheffield), "test"), pytest.raises(EndpointExists):
        endpoints.add_endpoint(authority_id=sheffield, url=URL, by="Operator", at=now())


def test_nobody_else_reads_an_endpoint(leeds):
    add()
    with acting_for(service(leeds), "test"):
        assert not Endpoint.objects.exists()


def contact(authority_id, **changes) -> Contact:
    facts = {
        "purpose": Contact.Purpose.PLACEMENT_NOTICES,
        "email": "notices@sheffield.example",
        "starts_on": date(2026, 1, 1),
        "confirmed_on": date(2026, 6, 1),
        "confirmed_by": "Nadia Clarke",
    }
    return Contact.objects.create(authority_id=authority_id, **{**facts, **changes})


@pytest.mark.parametrize(
    ("on", "email"),
    [
        (date(2025, 12, 31), None),
        (date(2026, 1, 1), "old@sheffield.example"),
        (date(2026, 8, 31), "old@sheffield.example"),
        (date(2026, 9, 1), "new@sheffield.example"),
    ],
)
def test_the_current_contact_is_the_one_of_the_day_or_none(sheffield, leeds, on, email):
    with acting_for(service(sheffield), "test"):
        contact(sheffield, email="old@sheffield.example", ends_on=date(2026, 9, 1))
        contact(sheffield, email="new@sheffield.example", starts_on=date(2026, 9, 1))
        contact(sheffield, email="desk@sheffield.example", purpose=Contact.Purpose.DUTY_DESK)
    with acting_for(service(leeds), "test"):
        found = directory.current_contact(sheffield, Contact.Purpose.PLACEMENT_NOTICES, on)
        assert (found.email if found else None) == email


def test_the_directory_is_read_by_all_and_written_by_its_own_authority(sheffield, leeds):
    with acting_for(service(sheffield), "test"):
        theirs = contact(sheffield)
    with acting_for(service(leeds), "test"):
        rows = Contact.objects.filter(id=theirs.id)
        assert rows.exists()
        assert rows.update(email="elsewhere@leeds.example") == 0
        assert rows.update(authority_id=leeds) == 0
        assert rows.delete() == (0, {})
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            contact(sheffield, purpose=Contact.Purpose.LEAVING_CARE)
