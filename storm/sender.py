"""How do the senders of a storm keep writing? As the web does it, and again whenever the database was lost under them.

`python -m storm.sender prepare` makes the partners; `python -m storm.sender send` writes the notices. A commit whose
answer was lost is no riddle: a second notice about the same matter is refused, and so each is written once.
"""

import argparse
import json
import time
from datetime import date
from pathlib import Path
from uuid import uuid4

import django

django.setup()

from django.db import InterfaceError, OperationalError, connection, transaction

from accounts.acting import Actor, acting_for, operator
from accounts.roles import Role
from db.clock import now, today
from geo.models import Authority, Country
from notifications import documents
from notifications.delivery import endpoints
from notifications.exceptions import AnsweredAlready, ComposedAlready
from notifications.models import Contact, Document
from storm import scene
from storm.partner import SECRETS

LOST = (OperationalError, InterfaceError)
TRY_AGAIN_SECONDS = 0.3
# Every so many notices a person of the recipient acknowledges one.
ACKNOWLEDGED = 10


def partners() -> list[Authority]:
    """The English authorities with children's services, in an order that is always the same."""
    found = list(Authority.objects.filter(country=Country.ENGLAND, ends_on=None).order_by("slug"))[: scene.PARTNERS]
    if len(found) != scene.PARTNERS:
        raise SystemExit(f"There are {len(found)} English authorities, and the storm is made for {scene.PARTNERS}.")
    return found


def prepare(folder: Path, port: int) -> None:
    """Give some partners a system, some an e-mail address, the rest nothing but their inbox."""
    secrets = {}
    for place, authority in enumerate(partners()):
        with acting_for(operator(authority.id), "storm"):
            if place < scene.WITH_SYSTEM:
                path = f"/{authority.slug}"
                _, secrets[path] = endpoints.add_endpoint(
                    authority_id=authority.id, url=f"http://127.0.0.1:{port}{path}", by="Storm", at=now()
                )
            elif place < scene.WITH_SYSTEM + scene.WITH_EMAIL:
                Contact.objects.create(
                    authority=authority,
                    purpose=Contact.Purpose.PLACEMENT_NOTICES,
                    email=f"notices@{authority.slug}.example",
                    starts_on=date(2026, 1, 1),
                    confirmed_on=date(2026, 1, 1),
                    confirmed_by="Storm",
                )
    (folder / SECRETS).write_text(json.dumps(secrets))


def send(seed: int, first: int, notices: int, seconds: float) -> None:
    """Write so many notices from the first on, spread over the seconds, however often the database goes."""
    everybody, due_on, began = _until_done(partners), _until_done(today), time.monotonic()
    for number in range(first, first + notices):
        time.sleep(max(0.0, began + (number - first) * seconds / notices - time.monotonic()))
        _until_done(_write, everybody, seed, number, due_on)
        if number % ACKNOWLEDGED == 0:
            _until_done(_acknowledge, everybody, seed, number)


def _until_done(work, *arguments: object) -> None:
    while True:
        try:
            return work(*arguments)
        except LOST:
            connection.close()
            time.sleep(TRY_AGAIN_SECONDS)


def _write(everybody: list[Authority], seed: int, number: int, due_on: date) -> None:
    sender, recipient = (everybody[place] for place in scene.pair(number))
    officer = Actor(sender.id, Role.PLACEMENT_OFFICER, "Storm sender", person_id=uuid4())
    try:
        with acting_for(officer, "storm"):
            documents.compose(
                sender_id=sender.id,
                recipient_id=recipient.id,
                kind=Document.Kind.PLACEMENT_NOTICE,
                subject_id=scene.subject(seed, number),
                body={"is_emergency": False},
                due_on=due_on,
                urgency=Document.Urgency.ORDINARY,
                by=officer.name,
                at=now(),
            )
    except ComposedAlready:
        # The commit of an earlier try held, and only its answer was lost.
        return


def _acknowledge(everybody: list[Authority], seed: int, number: int) -> None:
    recipient = everybody[scene.pair(number)[1]]
    reader = Actor(recipient.id, Role.HOST_OFFICER, "Storm reader", person_id=uuid4())
    try:
        with transaction.atomic(), acting_for(reader, "storm"):
            notice = Document.objects.get(subject_id=scene.subject(seed, number))
            documents.acknowledge(notice.id, actor=reader, post="Notifications officer", at=now())
    except AnsweredAlready:
        return


def main() -> None:
    """Prepare the partners, or send."""
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["prepare", "send"])
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--port", type=int)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--notices", type=int)
    parser.add_argument("--seconds", type=float)
    told = parser.parse_args()
    if told.what == "prepare":
        prepare(told.folder, told.port)
    else:
        send(told.seed, told.first, told.notices, told.seconds)


if __name__ == "__main__":
    main()
