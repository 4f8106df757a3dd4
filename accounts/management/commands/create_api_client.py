"""Let a system of an authority call the API: prints its client_id and client_secret as JSON, this once."""

import json
import secrets

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.urls import reverse

from accounts.acting import acting_for, operator
from accounts.models import ApiClient
from accounts.roles import Role
from audit import log
from geo.areas import authority_by_code
from geo.exceptions import AuthorityNotFound

SECRET_BYTES = 48


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--authority", required=True, help="any code of the authority, such as E08000018 or 372")
        parser.add_argument("--role", default=Role.SYSTEM, choices=Role.values, help="what it may do (default: system)")
        parser.add_argument("--name", help="how the system is called in the log-book")

    @transaction.atomic
    def handle(self, *, authority, role, name, **options):
        try:
            owner = authority_by_code(authority)
        except AuthorityNotFound as error:
            raise CommandError(str(error)) from error
        secret = secrets.token_urlsafe(SECRET_BYTES)
        client = ApiClient.objects.create(
            authority=owner,
            role=role,
            name=name or f"System of {owner.name}",
            client_type=ApiClient.CLIENT_CONFIDENTIAL,
            authorization_grant_type=ApiClient.GRANT_CLIENT_CREDENTIALS,
            client_secret=secret,
        )
        with acting_for(operator(owner.id), "create_api_client"):
            log.record(
                operation="clients.create",
                subject_kind="client",
                subject_ids=[client.public_id],
                detail={"role": role},
            )
        told = {
            "client_id": client.client_id,
            "client_secret": secret,
            "token_url": settings.BASE_URL + reverse("token"),
        }
        self.stdout.write(json.dumps(told))
