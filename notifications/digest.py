"""How does a person learn by e-mail that something new waits? One word a working day: a count and a link, nothing else."""

import logging
from datetime import datetime, time
from uuid import UUID

from django.conf import settings

from accounts.acting import acting_for, service
from audit import log
from db.clock import LONDON, london_date, now, real_now
from geo.holidays import is_working_day
from geo.models import Authority, Country
from notifications import new_lines
from notifications.channels import email
from notifications.models import Attempt, NewLines

logger = logging.getLogger(__name__)

PURPOSE = "telling people that new lines wait"
FROM_EIGHT = time(8)
WAY_THERE = "/"
HANDED_OVER = {Attempt.Outcome.TAKEN, Attempt.Outcome.POSTED}


def send_waiting() -> int:
    """Send every word that is owed, on working days from eight o'clock, one a day to a person; how many were sent."""
    at = now()
    if not email.is_configured() or not _is_time(at):
        return 0
    authorities = Authority.objects.filter(country=Country.ENGLAND, ends_on=None).values_list("id", flat=True)
    return sum(_send_of(authority_id, at=at) for authority_id in list(authorities))


def _is_time(at: datetime) -> bool:
    local = at.astimezone(LONDON)
    return is_working_day(local.date()) and local.time() >= FROM_EIGHT


def _send_of(authority_id: UUID, *, at: datetime) -> int:
    today = datetime.combine(london_date(at), time(0), LONDON)
    with acting_for(service(authority_id), PURPOSE):
        told_today = NewLines.objects.filter(authority_id=authority_id, sent_at__gte=today).values("person_id")
        waiting = new_lines.unsent(authority_id).exclude(person_id__in=told_today).filter(person__is_active=True)
        words = list(waiting.select_related("person"))
    return sum(_send(word, at=at) for word in words)


def _send(word: NewLines, *, at: datetime) -> bool:
    message = email.Email(
        id=word.id,
        address=word.person.email,
        kind=email.Kind.NEW_LINES,
        words={"count": str(word.count), "link": f"{settings.BASE_URL}{WAY_THERE}"},
        # An earlier try that was interrupted left no trace here: what the e-mail service holds of it is asked first.
        may_have_arrived=True,
        at=real_now(),
    )
    if email.send(message).outcome not in HANDED_OVER:
        logger.warning("the word %s could not be sent; it is tried again", word.id)
        return False
    with acting_for(service(word.authority_id), PURPOSE):
        NewLines.objects.filter(id=word.id, sent_at=None).update(sent_at=at)
        log.record(operation="new_lines.send", subject_kind="new_lines", subject_ids=[word.id])
    return True
