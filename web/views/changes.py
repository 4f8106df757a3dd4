"""How is the area of a place chosen or undone, and how are a placement's facts changed or put right?"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from db.clock import now
from placements.actions import amend as actions
from placements.actions.choose_host import choose_host, judged_for
from placements.exceptions import KeptClosed
from placements.place import hosts, places, undoing
from web.access import operation, showing
from web.forms.change import AmendForm, AreaForm, CorrectForm
from web.presenters import host_choice
from web.views.answers import back_to, page, sent_in
from web.views.placements import is_told, own_placement


@operation("placements.choose_host", methods=("GET", "POST"))
def area(request: HttpRequest, placement_id: UUID) -> HttpResponse:
    found = own_placement(request, placement_id)
    if not is_told(request, found):
        raise KeptClosed
    showing("placements.choose_host", "placement", [found.id])
    choice, place = hosts.current(found), places.of(found)
    candidates = hosts.possible(place.postcode, on=judged_for(found, now())) if place else ()
    choices = [(str(one.authority.id), hosts.in_words(one)) for one in candidates]
    form = AreaForm(choices, sent_in(request), is_chosen=choice is not None, initial={"version": found.version})
    preview = None
    if request.method == "POST" and form.is_valid():
        about = {"placement_id": found.id, "by": request.actor, "at": now()}
        if "preview" in request.POST:
            preview = form.carry_out(undoing.rehearse, **form.chosen, **about)
        elif form.carry_out(choose_host, **form.chosen, **about):
            messages.success(request, "It is recorded, and the place is judged anew.")
            return redirect("placement", placement_id=found.id)
    return page(
        request,
        "area",
        title="In whose area is this place?",
        form=form,
        rows=(host_choice.row(choice),) if choice else (),
        preview=host_choice.followed(preview) if preview else None,
        back=_back(found),
    )


@operation("placements.amend", methods=("GET", "POST"))
def amend(request: HttpRequest, placement_id: UUID) -> HttpResponse:
    return _change(request, placement_id, AmendForm, actions.amend, "Record that something changed")


@operation("placements.correct", methods=("GET", "POST"))
def correct(request: HttpRequest, placement_id: UUID) -> HttpResponse:
    return _change(request, placement_id, CorrectForm, actions.correct, "Put right what was recorded wrongly")


def _change(request: HttpRequest, placement_id: UUID, form_class, action, title: str) -> HttpResponse:
    found = own_placement(request, placement_id)
    place = places.of(found) if is_told(request, found) else None
    showing("placements.amend", "placement", [found.id])
    form = form_class(found, place, sent_in(request))
    if request.method == "POST" and form.is_valid():
        about = {"placement_id": found.id, "changes": form.changes, **form.besides}
        if form.carry_out(action, **about, by=request.actor, at=now()):
            messages.success(request, "It is recorded. What was recorded before is kept.")
            return redirect("placement", placement_id=found.id)
    return page(request, "form", title=title, form=form, back=_back(found))


def _back(placement):
    return back_to("The placement", "placement", placement_id=placement.id)
