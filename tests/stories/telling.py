"""What may a party of a story see, and what not? Everything that left Ashford-on-Grid, as text to be searched."""

import json

from django.core.serializers.json import DjangoJSONEncoder

from accounts.acting import Actor, acting_for
from duties.models import Duty
from notifications.models import Delivery, Document
from placements import queries
from placements.models import Child, Placement


def told(actor: Actor) -> str:
    """Every document that the reader's authority may open, and everything else of its register, as one text."""
    with acting_for(actor, "test"):
        rows = [
            *Document.objects.values(),
            *Delivery.objects.values(),
            *Duty.objects.values(),
            *Child.objects.values(),
            *Placement.objects.values(),
        ]
    return json.dumps(rows, cls=DjangoJSONEncoder, default=str)


def envelopes(actor: Actor) -> str:
    """What a webhook carries of the documents of an authority: the columns of their deliveries."""
    with acting_for(actor, "test"):
        return json.dumps(list(Delivery.objects.values()), cls=DjangoJSONEncoder, default=str)


def finds(actor: Actor, word: str) -> bool:
    """Whether a search of the register finds a child by a word."""
    with acting_for(actor, "test"):
        return queries.children(word).exists()
