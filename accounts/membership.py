"""For which authority does a signed-in person act? One of their current memberships at a time, kept in the session."""

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from accounts import acting
from accounts.acting import Actor
from accounts.models import Membership, User
from accounts.roles import Role
from db import clock

SESSION_KEY = "membership"


def members(authority_id: UUID, *, on: date) -> QuerySet[Membership]:
    """The memberships of an authority that run on a day, with their people; of nobody whose account is shut."""
    runs = Q(ends_on=None) | Q(ends_on__gt=on)
    rows = Membership.objects.filter(runs, authority_id=authority_id, starts_on__lte=on, user__is_active=True)
    return rows.select_related("user").order_by("user__name", "role", "id")


def current_memberships(user: User) -> list[Membership]:
    """The person's memberships that run today, with their authorities, by authority and role."""
    acting.enter_as_person(user.id)
    today = clock.today()
    return list(
        Membership.objects.filter(Q(ends_on=None) | Q(ends_on__gt=today), user=user, starts_on__lte=today)
        .select_related("authority")
        .order_by("authority__name", "role")
    )


def choose(request: HttpRequest, membership_id: UUID) -> bool:
    """Act for another of one's memberships from now on; False where it is not one's own or does not run today."""
    mine = {membership.id for membership in current_memberships(request.user)}
    if membership_id in mine:
        request.session[SESSION_KEY] = str(membership_id)
    return membership_id in mine


def acting_person(request: HttpRequest) -> Actor | None:
    """The signed-in person as an actor, or None: signed out, without a membership, or with several and none chosen.

    Asked anew at each request, so that an ended membership ends at once; kept as `request.memberships` until its end.
    """
    if not request.user.is_authenticated:
        return None
    memberships = request.memberships = current_memberships(request.user)
    chosen = request.session.get(SESSION_KEY)
    if len(memberships) == 1:
        membership = memberships[0]
    else:
        membership = next((one for one in memberships if str(one.id) == chosen), None)
    if membership is None:
        return None
    return Actor(
        authority_id=membership.authority_id,
        role=Role(membership.role),
        name=request.user.name,
        person_id=request.user.id,
    )
