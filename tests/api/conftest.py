"""Who calls the API in these tests: systems with real tokens, people with real sessions."""

import json
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from tests import factories


class Caller:
    """A caller of the API: speaks JSON, and sends a new Idempotency-Key unless told another."""

    def __init__(self, client: Client, **headers):
        self.client = client
        self.headers = headers

    def get(self, path: str, **headers):
        """GET under /api/v1/."""
        return self.client.get(f"/api/v1/{path}", headers=self.headers | headers)

    def post(self, path: str, body: object = None, *, key: str | None = "", **headers):
        """POST a body under /api/v1/; with key=None no Idempotency-Key is sent."""
        if key is not None:
            headers["Idempotency-Key"] = key or str(uuid4())
        raw = body if isinstance(body, str | bytes) else json.dumps(body or {})
        return self.client.post(f"/api/v1/{path}", raw, content_type="application/json", headers=self.headers | headers)


def credentials(authority: str, role: str = Role.SYSTEM) -> dict:
    """The credentials of a new system of an authority, as the command prints them."""
    printed = StringIO()
    call_command("create_api_client", authority=authority, role=role, stdout=printed)
    return json.loads(printed.getvalue())


def token(told: dict) -> str:
    """A bearer token for these credentials, from the token endpoint."""
    response = Client().post(
        "/oauth/token/",
        {
            "grant_type": "client_credentials",
            "client_id": told["client_id"],
            "client_secret": told["client_secret"],
        },
    )
    return response.json()["access_token"]


def system(authority: str = factories.ROTHERHAM, role: str = Role.SYSTEM) -> Caller:
    """A system of an authority, with a token."""
    return Caller(Client(raise_request_exception=False), Authorization=f"Bearer {token(credentials(authority, role))}")


def signed_in(actor) -> Caller:
    """A person of `factories.person`, signed in."""
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.get(id=actor.person_id))
    return Caller(client)


@pytest.fixture
def rotherham(committing) -> Caller:
    """A system of Rotherham in a database of the test's own."""
    return system()
