"""How is a start moved, an ending said and told, and who is told or not told of a placement?"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from db.clock import now, today
from placements import endings
from placements.actions import endings as actions
from placements.actions import new_dates, withholdings
from placements.exceptions import WithholdingNotFound
from placements.models import Withholding
from placements.telling import people
from web.access import operation, own, showing
from web.forms.ending import ConfirmForm, EndingForm, LookAgainForm, NewDateForm, WithholdForm
from web.presenters import people as presented
from web.presenters.navigation import may
from web.views.answers import back_to, page, sent_in
from web.views.placements import own_placement


@operation("placements.new_date", methods=("GET", "POST"))
def new_date(request: HttpRequest, placement_id: UUID) -> HttpResponse:
    found = own_placement(request, placement_id)
    form = NewDateForm(sent_in(request), initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        arguments = {"placement_id": found.id, "by": request.actor, "at": now()}
        if form.carry_out(new_dates.move_start, **form.cleaned_data, **arguments):
            messages.success(request, "The start has a new day, and every authority that was told has “new date”.")
            return redirect("placement", placement_id=found.id)
    return page(request, "form", title="Move the start to another day", form=form, back=_back(found.id))


@operation("endings.record", methods=("GET", "POST"))
def record(request: HttpRequest, placement_id: UUID) -> HttpResponse:
    found = own_placement(request, placement_id)
    known = endings.known(found)
    initial = {name: getattr(known, name) for name in EndingForm.base_fields} if known else {}
    form = EndingForm(sent_in(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        arguments = {"placement_id": found.id, "by": request.actor, "at": now()}
        if form.carry_out(actions.record_ending, **form.cleaned_data, **arguments):
            messages.success(request, "It is recorded; what is owed because of the ending follows it.")
            return redirect("placement", placement_id=found.id)
    return page(request, "form", title="Say how the placement ends", form=form, back=_back(found.id))


@operation("endings.tell_host", methods=("GET", "POST"))
def tell_host(request: HttpRequest, placement_id: UUID) -> HttpResponse:
    found = own_placement(request, placement_id)
    form = ConfirmForm(sent_in(request), button="Give this notice")
    if request.method == "POST" and form.is_valid():
        sent = form.carry_out(actions.tell_host_of_ending, placement_id=found.id, by=request.actor, at=now())
        if sent:
            messages.success(request, f"{sent.recipient.name} was told: {sent.reference}.")
            return redirect("placement", placement_id=found.id)
    lead = "The host is told whom it concerns, where, and on which day it ends. It is not told why."
    title = "Tell the host that the placement ends"
    return page(request, "form", title=title, form=form, lead=lead, back=_back(found.id))


@operation("people_to_tell.read")
def people_to_tell(request: HttpRequest, placement_id: UUID) -> HttpResponse:
    found = own_placement(request, placement_id)
    decided = list(people.decisions(found))
    showing("people_to_tell.read", "placement", [found.id])
    return page(
        request,
        "people",
        title="Who is told of a placement",
        placement=found,
        back=_back(found.id),
        people=presented.table(people.to_tell(found, on=today())),
        decisions=presented.decisions(decided, may_end=may(request.actor.role, "withholdings.decide")),
    )


@operation("withholdings.decide", methods=("GET", "POST"))
def withhold(request: HttpRequest, placement_id: UUID) -> HttpResponse:
    found = own_placement(request, placement_id)
    form = WithholdForm(sent_in(request))
    if request.method == "POST" and form.is_valid():
        arguments = {"placement_id": found.id, "by": request.actor, "at": now()}
        if form.carry_out(withholdings.withhold, **form.cleaned_data, **arguments):
            messages.success(request, "The decision is recorded, with the day on which it is looked at again.")
            return redirect("people_to_tell", placement_id=found.id)
    return page(request, "form", title="Decide that somebody is not told", form=form, back=_people(found.id))


@operation("withholdings.decide", methods=("GET", "POST"))
def end_withholding(request: HttpRequest, withholding_id: UUID) -> HttpResponse:
    found = own(request, Withholding.objects.filter(id=withholding_id, ended_at=None)).first()
    if found is None:
        raise WithholdingNotFound
    form = LookAgainForm(sent_in(request), initial={"decided_on": today()})
    if request.method == "POST" and form.is_valid():
        about = {"withholding_id": found.id, "by": request.actor, "at": now()}
        if form.ends:
            done = form.carry_out(withholdings.end_withholding, because=form.because, **about)
            words = "The decision has ended: the person is told like the others from now on."
        else:
            done = form.carry_out(withholdings.keep_withholding, **form.decision, **about)
            words = "The decision holds, and is looked at again on the day that you gave."
        if done:
            messages.success(request, words)
            return redirect("people_to_tell", placement_id=found.placement_id)
    return page(
        request,
        "form",
        title="Look again at a decision about whom to tell",
        form=form,
        lead="It holds until somebody ends it. Once it has ended, this person is told like the others.",
        rows=presented.decision(found),
        back=_people(found.placement_id),
    )


def _back(placement_id: UUID):
    return back_to("The placement", "placement", placement_id=placement_id)


def _people(placement_id: UUID):
    return back_to("Who is told", "people_to_tell", placement_id=placement_id)
