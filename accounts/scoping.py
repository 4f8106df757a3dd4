"""Which rows of a table does an actor's authority reach? The application's own wall; the database's stands behind it."""

from uuid import UUID

from django.db.models import QuerySet


def own(rows: QuerySet, authority_id: UUID) -> QuerySet:
    """Rows of the authority itself."""
    return rows.filter(authority_id=authority_id)


def sent(rows: QuerySet, authority_id: UUID) -> QuerySet:
    """Documents that the authority sent: its own."""
    return rows.filter(sender_id=authority_id)


def received(rows: QuerySet, authority_id: UUID) -> QuerySet:
    """Documents addressed to the authority."""
    return rows.filter(recipient_id=authority_id)


def shown(rows: QuerySet, authority_id: UUID) -> QuerySet:
    """What was shown of the authority's own areas."""
    return rows.filter(owner_id=authority_id)


def promised(rows: QuerySet, authority_id: UUID) -> QuerySet:
    """Agreements that another authority made with this one."""
    return rows.filter(partner_id=authority_id)


def public(rows: QuerySet, authority_id: UUID) -> QuerySet:
    """Public ground, and what authorities say to all: the same rows for everybody."""
    return rows
