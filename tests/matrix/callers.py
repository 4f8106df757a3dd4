"""As whom is an address asked? Every role at each of the three authorities, a system at each, and nobody."""

import json
import re
from dataclasses import dataclass
from uuid import uuid4

from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from tests import factories
from tests.api.conftest import credentials, token
from tests.matrix.asks import Ask, of
from tests.matrix.routes import Route
from tests.matrix.world import ADDRESSED, NEITHER, OWN, World

AUTHORITIES = (OWN, ADDRESSED, NEITHER)
# Numbers in addresses: a tile in the north of England.
NUMBERS = {"z": "8", "x": "126", "y": "82"}


@dataclass(frozen=True, eq=False)
class Caller:
    """Somebody who asks: a client with a session or a token."""

    client: Client
    headers: dict
    role: Role | None
    authority: str

    def __str__(self):
        return f"{self.role} of {self.authority}" if self.role else "nobody"

    def ask(self, route: Route, world: World) -> HttpResponse:
        """Ask, and take back whatever it changed: no cell of the matrix sees another's."""
        ask = of(route)
        with transaction.atomic():
            response = self._send(route, ask, world)
            transaction.set_rollback(True)
        return response

    def _send(self, route: Route, ask: Ask, world: World) -> HttpResponse:
        row = str(world.ids.get(ask.row, ""))
        path = re.sub(r"<uuid:\w+>", row, route.path) + ask.query.format(row)
        path = re.sub(r"<int:(\w+)>", lambda found: NUMBERS[found[1]], path)
        body = ask.body(world) if ask.body else {}
        if route.method == "GET":
            return self.client.get(path, headers=self.headers)
        if not route.is_api:
            return self.client.post(path, body, headers=self.headers)
        headers = {"Idempotency-Key": str(uuid4())}
        if ask.version_of:
            headers["If-Match"] = f'"{world.versions[ask.version_of]}"'
        return self.client.post(path, json.dumps(body), content_type="application/json", headers=self.headers | headers)


def leaked(route: Route, caller: Caller, response: HttpResponse, forbidden: dict[str, str], world: World) -> list[str]:
    """Which forbidden words and ids an answer holds. An id that the request itself named is no news to its sender."""
    told, named = response.content.decode(errors="replace"), str(world.ids.get(of(route).row))
    return [f"{route} as {caller}: {what}" for word, what in forbidden.items() if word in told and word != named]


def nobody() -> Caller:
    return Caller(_client(), {}, None, "")


def person(role: Role, authority: str) -> Caller:
    client = _client()
    actor = factories.person(authority, role, name=f"{role.label} at {authority}")
    client.force_login(User.objects.get(id=actor.person_id))
    return Caller(client, {}, role, authority)


def system(authority: str) -> Caller:
    bearer = token(credentials(authority))
    return Caller(_client(), {"Authorization": f"Bearer {bearer}"}, Role.SYSTEM, authority)


def people_and_systems() -> list[Caller]:
    """Every role at every authority."""
    people = [role for role in Role if role is not Role.SYSTEM]
    return [
        caller
        for authority in AUTHORITIES
        for caller in (*(person(role, authority) for role in people), system(authority))
    ]


def _client() -> Client:
    return Client(raise_request_exception=False)
