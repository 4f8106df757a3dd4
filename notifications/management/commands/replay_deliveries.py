"""Send again what could not be delivered, for a reason. Prints how many were queued."""

from datetime import datetime

from django.core.management.base import BaseCommand, CommandError

from accounts.acting import acting_for, operator
from db.clock import LONDON, now, today
from geo.areas import authority_by_code
from geo.exceptions import AuthorityNotFound
from notifications import replays
from notifications.exceptions import NotificationError
from notifications.models import Delivery


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--authority", required=True, metavar="CODE", help="any code of the sending authority")
        parser.add_argument("--recipient", metavar="CODE", help="only what was for this authority")
        parser.add_argument("--channel", choices=Delivery.Channel.values, help="only what went this way")
        parser.add_argument("--since", type=datetime.fromisoformat, help="only what ended since then, London time")
        parser.add_argument("--reason", required=True, help="what was put right")

    def handle(self, *, authority, recipient, channel, since, reason, **options):
        try:
            sender = authority_by_code(authority, on=today())
            which = replays.Which(
                recipient_id=authority_by_code(recipient, on=today()).id if recipient else None,
                channel=channel or "",
                ended_from=since.replace(tzinfo=LONDON) if since else None,
            )
            with acting_for(operator(sender.id), "replaying deliveries") as actor:
                made = replays.replay(which, reason=reason, by=actor, at=now())
        except (AuthorityNotFound, NotificationError) as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"{len(made)} queued again")
