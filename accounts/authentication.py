"""Who calls the API? A signed-in person acting for an authority, or a system with a bearer token."""

import hashlib

from oauth2_provider.models import get_access_token_model
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed

from accounts import acting
from accounts.acting import Actor
from accounts.membership import acting_person
from accounts.roles import Role

PURPOSE = "api"


class ActorAuthentication(BaseAuthentication):
    """Answers with an `Actor` and enters its context for the rest of the request's transaction."""

    def authenticate(self, request):
        actor = self._system(request) or self._person(request)
        if actor is None:
            return None
        acting.enter(actor, PURPOSE)
        return actor, None

    def authenticate_header(self, request):
        return 'Bearer realm="placewatch"'

    def _system(self, request) -> Actor | None:
        """The system whose token the request bears. A token that is not good is refused, never passed over."""
        kind, _, token = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() != "bearer":
            return None
        checksum = hashlib.sha256(token.strip().encode()).hexdigest()
        held = get_access_token_model().objects.select_related("application").filter(token_checksum=checksum).first()
        if held is None or not held.is_valid():
            raise AuthenticationFailed("This token is not known or has expired: ask for a new one at /oauth/token/.")
        client = held.application
        return Actor(
            authority_id=client.authority_id, role=Role(client.role), name=client.name, client_id=client.public_id
        )

    def _person(self, request) -> Actor | None:
        if SessionAuthentication().authenticate(request) is None:
            return None
        return acting_person(request._request)
