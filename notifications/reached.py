"""When did a document reach its recipient? An e-mail that came back, with nothing else, is no notice."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from notifications.models import Delivery, Document, DocumentFact, GuestLink

State, Channel = Delivery.State, Delivery.Channel


def with_ways(documents: QuerySet[Document]) -> QuerySet[Document]:
    """The documents with all that `reached_at` reads: no query more for each."""
    facts = Prefetch("facts", DocumentFact.objects.order_by("at"))
    links = Prefetch("guest_links", GuestLink.objects.order_by("made_at"))
    return documents.prefetch_related(facts, links, "deliveries")


def reached_at(document: Document) -> datetime | None:
    """The instant from which it counts as given: when it was composed, since it stands in the inbox from then.

    Where an e-mail about it came back, nobody there may look into that inbox: then when somebody opened or answered it,
    when their system took it, or when it was given by a one-time link with its code; None before any of these.
    """
    deliveries = list(document.deliveries.all())
    if not any(one.channel == Channel.EMAIL and one.state == State.UNDELIVERABLE for one in deliveries):
        return document.composed_at
    return min(_other_ways(document, deliveries), default=None)


def _other_ways(document: Document, deliveries: Iterable[Delivery]) -> Iterable[datetime]:
    yield from (one.at for one in document.facts.all())
    yield from (one.made_at for one in document.guest_links.all())
    yield from (one.given_at for one in deliveries if one.state == State.GIVEN and one.given_at)
