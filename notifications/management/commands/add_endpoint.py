"""Add an address at which an authority's own system receives notices; live at once. Prints its id and secret."""

import json

from django.core.management.base import BaseCommand, CommandError

from accounts.acting import acting_for, operator
from db.clock import now, today
from geo.areas import authority_by_code
from geo.exceptions import AuthorityNotFound
from notifications.delivery import endpoints
from notifications.exceptions import NotificationError


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--authority", required=True, metavar="CODE", help="any code of the receiving authority")
        parser.add_argument("--url", required=True, help="where its system receives webhooks (https, port 443)")

    def handle(self, *, authority, url, **options):
        try:
            receiver = authority_by_code(authority, on=today())
            with acting_for(operator(receiver.id), "registering a webhook endpoint") as actor:
                endpoint, secret = endpoints.add_endpoint(authority_id=receiver.id, url=url, by=actor.name, at=now())
        except (AuthorityNotFound, NotificationError) as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(json.dumps({"endpoint_id": str(endpoint.id), "secret": secret}))
