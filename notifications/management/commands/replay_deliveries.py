"""Send again what could not be delivered, for a reason. Prints what was queued, and how many."""

from datetime import datetime
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from accounts.acting import acting_for, operator
from db.clock import LONDON, now, today
from geo.areas import authority_by_code
from geo.exceptions import AuthorityNotFound
from notifications.delivery import replays
from notifications.exceptions import NotificationError
from notifications.models import Delivery, Document


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--authority", required=True, metavar="CODE", help="any code of the sending authority")
        parser.add_argument("--recipient", metavar="CODE", help="only what was for this authority")
        parser.add_argument("--endpoint", type=UUID, metavar="ID", help="only what was for this system of a recipient")
        parser.add_argument("--channel", choices=Delivery.Channel.values, help="only what went this way")
        parser.add_argument("--kind", choices=Document.Kind.values, help="only notices of this kind")
        parser.add_argument("--since", type=datetime.fromisoformat, help="only what ended since then, London time")
        parser.add_argument("--before", type=datetime.fromisoformat, help="only what ended before then, London time")
        parser.add_argument("--reason", required=True, help="what was put right")

    def handle(self, *, authority, recipient, endpoint, channel, kind, since, before, reason, **options):
        try:
            sender = authority_by_code(authority, on=today())
            which = replays.Which(
                recipient_id=authority_by_code(recipient, on=today()).id if recipient else None,
                endpoint_id=endpoint,
                channel=channel or "",
                kind=kind or "",
                ended_from=since.replace(tzinfo=LONDON) if since else None,
                ended_before=before.replace(tzinfo=LONDON) if before else None,
            )
            with acting_for(operator(sender.id), "replaying deliveries") as actor:
                done = replays.replay(which, reason=reason, by=actor, at=now())
                again = replays.sent_again(sender.id).filter(id__in=done.made)
                listed = [f"{one.document.reference} to {one.recipient.name}, {one.channel}" for one in again]
        except (AuthorityNotFound, NotificationError) as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write("\n".join([*listed, f"{len(done.made)} queued again"]))
        if done.elsewhere:
            self.stdout.write(f"{len(done.elsewhere)} went to the same authority another way, or are going")
        if done.nowhere:
            self.stdout.write(
                f"{len(done.nowhere)} have nowhere to go: no address is on file, and a person has the task"
            )
