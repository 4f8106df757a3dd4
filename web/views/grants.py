"""Who may read a closed address, and how is somebody let read it?"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from db.clock import now
from placements.actions.grants import candidates, end_grant, give_grant
from placements.exceptions import GrantNotFound, PlacementNotFound
from placements.models import AddressGrant, Placement
from placements.place import grants as held
from web.access import operation, own, showing
from web.forms.grant import EndGrantForm, GrantForm
from web.presenters import grant as presented
from web.presenters.navigation import may
from web.views.answers import back_to, page, sent_in
from web.views.placements import own_placement


@operation("address_grants.read")
def grants(request: HttpRequest, placement_id: UUID) -> HttpResponse:
    found = _closed(request, placement_id)
    showing("address_grants.read", "placement", [found.id])
    may_end = may(request.actor.role, "address_grants.give")
    return page(
        request,
        "grants",
        title="Who may read a closed address",
        placement=found,
        table=presented.table(held.of_placement(found), at=now(), may_end=may_end),
        back=back_to("The placement", "placement", placement_id=found.id),
    )


@operation("address_grants.give", methods=("GET", "POST"))
def give(request: HttpRequest, placement_id: UUID) -> HttpResponse:
    found = _closed(request, placement_id)
    people = [(str(one.id), one.name) for one in candidates(found, by=request.actor, at=now())]
    form = GrantForm(people, sent_in(request))
    if request.method == "POST" and form.is_valid():
        arguments = {"placement_id": found.id, "by": request.actor, "at": now()}
        if made := form.carry_out(give_grant, **form.given, **arguments):
            messages.success(request, f"{made.person.name} may read the address from now on.")
            return redirect("grants", placement_id=found.id)
    lead = "You are not shown the address. The person reads it, and the notices about it, on the placement’s page."
    title = "Let somebody read a closed address"
    return page(request, "form", title=title, form=form, lead=lead, back=_back(found.id))


@operation("address_grants.give", methods=("GET", "POST"))
def end(request: HttpRequest, grant_id: UUID) -> HttpResponse:
    found = own(request, AddressGrant.objects.filter(id=grant_id).select_related("person")).first()
    if found is None:
        raise GrantNotFound
    form = EndGrantForm(sent_in(request))
    if request.method == "POST" and form.is_valid():
        arguments = {"grant_id": found.id, "by": request.actor, "at": now()}
        if form.carry_out(end_grant, **form.cleaned_data, **arguments):
            messages.success(request, f"{found.person.name} may read the address no more.")
            return redirect("grants", placement_id=found.placement_id)
    title = f"Take back what {found.person.name} may read"
    return page(request, "form", title=title, form=form, back=_back(found.placement_id))


def _closed(request: HttpRequest, placement_id: UUID) -> Placement:
    found = own_placement(request, placement_id)
    if not found.is_restricted:
        raise PlacementNotFound
    return found


def _back(placement_id: UUID):
    return back_to("Who may read it", "grants", placement_id=placement_id)
