"""Which places were asked before this one, and why was it none of them?"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from db.clock import now
from placements.actions.considered import record_place_tried
from placements.exceptions import KeptClosed
from web.access import operation, showing
from web.forms.place_tried import PlaceTriedForm
from web.presenters import place_tried as presented
from web.views.answers import back_to, page, sent_in
from web.views.placements import is_told, own_placement


@operation("places_tried.record", methods=("GET", "POST"))
def record(request: HttpRequest, placement_id: UUID) -> HttpResponse:
    """What is recorded already, and one more."""
    found = own_placement(request, placement_id)
    if not is_told(request, found):
        raise KeptClosed
    showing("places_tried.read", "placement", [found.id])
    form = PlaceTriedForm(sent_in(request))
    arguments = {"placement_id": found.id, "by": request.actor, "at": now()}
    if (
        request.method == "POST"
        and form.is_valid()
        and form.carry_out(record_place_tried, **form.cleaned_data, **arguments)
    ):
        messages.success(request, "It is recorded.")
        return redirect("places_tried", placement_id=found.id)
    return page(
        request,
        "places_tried",
        title="Places tried",
        form=form,
        back=back_to("The placement", "placement", placement_id=found.id),
        rows=presented.reasons(found),
        tried=presented.table(found.places_tried.order_by("recorded_at", "id")),
    )
