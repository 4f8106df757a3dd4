"""On which days was a child visited and the case reviewed, and when does looking after end?"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from db.clock import now
from placements.actions import ceasing as ceasing_actions
from placements.actions import turns as actions
from placements.approving import ceasings
from placements.exceptions import CeasingNotFound, TurnNotFound
from placements.models import Ceasing, Turn
from web.access import operation, own, showing
from web.forms.turn import CeasingForm, DecideCeasingForm, ReviewForm, TakeBackForm, VisitForm
from web.presenters import turn as presented
from web.presenters.navigation import may
from web.views.answers import back_to, page, sent_in
from web.views.children import own_child
from web.views.placements import own_placement


@operation("turns.read")
def turns(request: HttpRequest, child_id: UUID) -> HttpResponse:
    found = own_child(request, child_id)
    rows = list(own(request, Turn.objects.filter(child=found)).order_by("-done_on", "id"))
    showing("turns.read", "turn", [one.id for one in rows])
    plan = own(request, Ceasing.objects.filter(child=found, superseded_at=None)).select_related("child").first()
    return page(
        request,
        "turns",
        title="Visits and reviews",
        child=found,
        table=presented.table(rows, may_take_back=may(request.actor.role, "turns.take_back")),
        plan=plan,
        ceasing=presented.ceasing(plan) if plan else None,
        back=back_to("The child’s record", "child", child_id=found.id),
    )


@operation("visits.record", methods=("GET", "POST"))
def visit(request: HttpRequest, placement_id: UUID) -> HttpResponse:
    found = own_placement(request, placement_id)
    form = VisitForm(sent_in(request), initial={"visited_by": request.actor.name})
    if request.method == "POST" and form.is_valid():
        arguments = {"placement_id": found.id, "by": request.actor, "at": now()}
        if form.carry_out(actions.record_visit, **form.cleaned_data, **arguments):
            messages.success(request, "The visit is recorded; the next one is owed from its day.")
            return redirect("placement", placement_id=found.id)
    back = back_to("The placement", "placement", placement_id=found.id)
    return page(request, "form", title="Record a visit", form=form, back=back)


@operation("reviews.record", methods=("GET", "POST"))
def review(request: HttpRequest, child_id: UUID) -> HttpResponse:
    found = own_child(request, child_id)
    form = ReviewForm(sent_in(request))
    if request.method == "POST" and form.is_valid():
        arguments = {"child_id": found.id, "by": request.actor, "at": now()}
        if form.carry_out(actions.record_review, **form.cleaned_data, **arguments):
            messages.success(request, "The review is recorded; the next one is owed from its day.")
            return redirect("turns", child_id=found.id)
    return page(request, "form", title="Record a review", form=form, back=_back(found.id))


@operation("turns.take_back", methods=("GET", "POST"))
def take_back(request: HttpRequest, turn_id: UUID) -> HttpResponse:
    found = own(request, Turn.objects.filter(id=turn_id)).first()
    if found is None:
        raise TurnNotFound
    form = TakeBackForm(sent_in(request))
    if request.method == "POST" and form.is_valid():
        arguments = {"turn_id": found.id, "by": request.actor, "at": now()}
        if form.carry_out(actions.take_back, **form.cleaned_data, **arguments):
            messages.success(request, "It is taken back; what it met is owed again.")
            return redirect("turns", child_id=found.child_id)
    return page(request, "form", title=f"Take back a {found.what}", form=form, back=_back(found.child_id))


@operation("ceasings.plan", methods=("GET", "POST"))
def plan_ceasing(request: HttpRequest, child_id: UUID) -> HttpResponse:
    found = own_child(request, child_id)
    form = CeasingForm(sent_in(request), asks_in_care=ceasings.in_care(found) is None)
    if request.method == "POST" and form.is_valid():
        arguments = {"child_id": found.id, "by": request.actor, "at": now()}
        if form.carry_out(ceasing_actions.plan_ceasing, **form.cleaned_data, **arguments):
            messages.success(request, "The day is recorded; whoever must approve it is asked.")
            return redirect("turns", child_id=found.id)
    return page(request, "form", title="Say when looking after ends", form=form, back=_back(found.id))


@operation("ceasings.decide", methods=("GET", "POST"))
def decide_ceasing(request: HttpRequest, ceasing_id: UUID) -> HttpResponse:
    found = own(request, Ceasing.objects.filter(id=ceasing_id)).first()
    if found is None:
        raise CeasingNotFound
    form = DecideCeasingForm(sent_in(request))
    if request.method == "POST" and form.is_valid():
        arguments = {"ceasing_id": found.id, "by": request.actor, "at": now()}
        if form.carry_out(ceasing_actions.decide_ceasing, **form.cleaned_data, **arguments):
            messages.success(request, "The approval is recorded.")
            return redirect("turns", child_id=found.child_id)
    title = "Record that the end of looking after is approved"
    return page(request, "form", title=title, form=form, back=_back(found.child_id))


def _back(child_id: UUID):
    return back_to("Visits and reviews", "turns", child_id=child_id)
