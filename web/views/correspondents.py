"""Who stands on the list of those to whom is written about a placement, and whom is a decision about?"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from db.clock import now, today
from placements import queries
from placements.letters import correspondents, kinds
from placements.letters.suggested import suggested
from placements.models import Correspondent
from placements.telling import people
from web.access import operation, own
from web.forms.ending import ConfirmForm
from web.forms.letter import AboutForm, CorrespondentForm, TakeOverForm
from web.presenters import dates
from web.presenters import letter as presented
from web.views.answers import back_to, page, sent_in
from web.views.placements import own_placement


@operation("letters.list", methods=("GET", "POST"))
def add(request: HttpRequest, placement_id: UUID) -> HttpResponse:
    found = own_placement(request, placement_id)
    known, code = kinds.known(found, on=today()), request.GET.get("code", "")
    filled_in = {"code": code, **suggested(found, code, on=today())} if code in known else {}
    form = CorrespondentForm(presented.kinds(known.values()), sent_in(request), initial=filled_in)
    if request.method == "POST" and form.is_valid():
        arguments = {"placement_id": found.id, "by": request.actor, "at": now()}
        if form.carry_out(correspondents.add, **form.cleaned_data, **arguments):
            messages.success(request, "It stands on the list.")
            return redirect("letters", placement_id=found.id)
    return page(request, "form", title="Put somebody on the list", form=form, back=_back(found.id))


@operation("letters.list", methods=("GET", "POST"))
def remove(request: HttpRequest, correspondent_id: UUID) -> HttpResponse:
    found = own_correspondent(request, correspondent_id)
    form = ConfirmForm(sent_in(request), button="Take off the list")
    if request.method == "POST" and form.is_valid():
        correspondents.remove(correspondent_id=found.id, by=request.actor, at=now())
        messages.success(request, "Taken off the list. The letters that were written stay.")
        return redirect("letters", placement_id=found.placement_id)
    return page(request, "form", title="Take somebody off the list", form=form, back=_back(found.placement_id))


@operation("letters.list", methods=("GET", "POST"))
def say_about(request: HttpRequest, correspondent_id: UUID) -> HttpResponse:
    """One decision at a time: is it about this person?"""
    found = own_correspondent(request, correspondent_id)
    decided = correspondents.decisions_of(found.placement, found.code)
    waiting = next((one for one in decided if correspondents.said(found, one) is None), None)
    if waiting is None:
        return redirect("letters", placement_id=found.placement_id)
    form = AboutForm(sent_in(request), initial={"withholding": str(waiting.id)})
    if request.method == "POST" and form.is_valid():
        form.carry_out(
            correspondents.say_about,
            correspondent_id=found.id,
            withholding_id=waiting.id,
            is_the_one=form.cleaned_data["is_the_one"] == "yes",
            by=request.actor,
            at=now(),
        )
        return redirect("say_about", correspondent_id=found.id)
    decision = people.decision_of(waiting).sentence
    lead = f"{waiting.get_what_display()}, about {waiting.person}: {decision}. On the list stands {found.name}."
    title = "Is the decision about this person?"
    return page(request, "form", title=title, form=form, lead=lead, back=_back(found.placement_id))


@operation("letters.list", methods=("GET", "POST"))
def take_over(request: HttpRequest, placement_id: UUID) -> HttpResponse:
    found = own_placement(request, placement_id)
    others = own(request, queries.of_child(found.child)).exclude(id=found.id)
    choices = [
        (
            str(one.id),
            f"{one.get_status_display()}, {dates.stretch(one.starts_on or one.planned_start_on, one.ends_on)}",
        )
        for one in others
    ]
    form = TakeOverForm(choices, sent_in(request))
    if request.method == "POST" and form.is_valid():
        source = UUID(form.cleaned_data["from_placement"])
        arguments = {"placement_id": found.id, "from_placement_id": source, "by": request.actor, "at": now()}
        taken = form.carry_out(correspondents.take_over, **arguments)
        if taken is not None:
            messages.success(request, f"{len(taken)} lines were taken over. Look through them before you write.")
            return redirect("letters", placement_id=found.id)
    return page(request, "form", title="Take over a list", form=form, back=_back(found.id))


def own_correspondent(request: HttpRequest, correspondent_id: UUID) -> Correspondent:
    """Somebody of the authority's own lists, still on it. Raises Correspondent.DoesNotExist."""
    rows = Correspondent.objects.select_related("placement__child").filter(id=correspondent_id, removed_at=None)
    return own(request, rows).get()


def _back(placement_id: UUID):
    return back_to("Letters", "letters", placement_id=placement_id)
