"""What do authorities offer to care leavers who live in their area, and how is our own list kept?"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from db.clock import now, today
from leaving_care.actions import hosting
from leaving_care.exceptions import RowNotFound
from leaving_care.models import LocalOffer
from web.access import operation, own
from web.forms.handover import DropForm
from web.forms.leaving_care import OfferForm
from web.presenters import local_offers as presented
from web.presenters.navigation import may
from web.views.answers import back_to, page, paged, sent_in


@operation("local_offers.read")
def local_offers(request: HttpRequest) -> HttpResponse:
    found = paged(request, hosting.current_offers().select_related("authority"))
    table = presented.offers(
        found, own_id=request.actor.authority_id, on=today(), may_end=may(request.actor.role, "local_offers.keep")
    )
    return page(request, "local_offers", title="Local offers to care leavers", found=found, table=table)


@operation("local_offers.keep", methods=("GET", "POST"))
def new_offer(request: HttpRequest) -> HttpResponse:
    form = OfferForm(sent_in(request))
    if request.method == "POST" and form.is_valid():
        made = form.carry_out(hosting.keep_offer, **form.cleaned_data, by=request.actor, at=now())
        if made:
            messages.success(request, "It is on the list.")
            return redirect("local_offers")
    back = back_to("Local offers", "local_offers")
    return page(request, "form", title="Add to our local offer", form=form, back=back)


@operation("local_offers.keep", methods=("GET", "POST"))
def change_offer(request: HttpRequest, offer_id: UUID) -> HttpResponse:
    """Looked at again: what it says now, and the next day to look at it; the one before stays as a row."""
    found = _own_offer(request, offer_id)
    kept = {"title": found.title, "words": found.words, "address": found.address}
    form = OfferForm(sent_in(request), initial=kept)
    if request.method == "POST" and form.is_valid():
        arguments = {"in_place_of": found.id, "by": request.actor, "at": now()}
        if form.carry_out(hosting.keep_offer, **form.cleaned_data, **arguments):
            messages.success(request, "It is on the list as you wrote it.")
            return redirect("local_offers")
    back = back_to("Local offers", "local_offers")
    return page(request, "form", title="Look at an offer again", form=form, lead=found.title, back=back)


@operation("local_offers.keep", methods=("GET", "POST"))
def end_offer(request: HttpRequest, offer_id: UUID) -> HttpResponse:
    found = _own_offer(request, offer_id)
    form = DropForm(sent_in(request))
    form.button = "Take it off the list"
    arguments = {"offer_id": found.id, "by": request.actor, "at": now()}
    if request.method == "POST" and form.is_valid() and form.carry_out(hosting.end_offer, **arguments):
        messages.success(request, "It is off the list.")
        return redirect("local_offers")
    back = back_to("Local offers", "local_offers")
    return page(request, "form", title="Take an offer off the list", form=form, lead=found.title, back=back)


def _own_offer(request: HttpRequest, offer_id: UUID) -> LocalOffer:
    # Every authority reads the list, so the database alone would not keep this page to our own offers.
    ours = LocalOffer.objects.filter(id=offer_id, authority_id=request.actor.authority_id, superseded_at=None)
    found = own(request, ours).first()
    if found is None:
        raise RowNotFound("local offer of yours")
    return found
