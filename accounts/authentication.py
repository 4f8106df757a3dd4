"""Who calls the API? A signed-in person acting for an authority, or a system with a bearer token."""

from oauth2_provider.contrib.rest_framework import OAuth2Authentication
from rest_framework.authentication import BaseAuthentication, SessionAuthentication

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
        answer = OAuth2Authentication().authenticate(request)
        if answer is None:
            return None
        client = answer[1].application
        return Actor(
            authority_id=client.authority_id, role=Role(client.role), name=client.name, client_id=client.public_id
        )

    def _person(self, request) -> Actor | None:
        if SessionAuthentication().authenticate(request) is None:
            return None
        return acting_person(request._request)
