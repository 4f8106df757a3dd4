"""What was the host told and asked, what does it hold, and how is it asked, answered and told more?"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from db.clock import now, today
from notifications import documents
from placements.actions import care_plans as care_plan_actions
from placements.actions import complete_notices
from placements.actions import consultations as actions
from placements.exceptions import ChildNotFound
from placements.models import Child
from placements.place import hosts
from placements.telling import consultations
from web.access import operation, own, showing
from web.forms.host import AnswerForm, AskForm, CompleteForm, EnquiryForm, SupplyForm, TryForm, VersionForm
from web.presenters import host as presented
from web.presenters import notice as presented_notices
from web.presenters import placement as presented_placement
from web.views.answers import back_to, page, sent_in
from web.views.placements import is_told, own_placement


@operation("consultations.read")
def host(request: HttpRequest, placement_id: UUID) -> HttpResponse:
    found = own_placement(request, placement_id)
    back = back_to("The placement", "placement", placement_id=found.id)
    title = "What the host was told and asked"
    if not is_told(request, found):
        return page(request, "host", title=title, placement=found, back=back, rows=presented_placement.KEPT_CLOSED_ROWS)
    asked = consultations.about(found)
    showing("consultations.read", "document", [one.id for one in asked])
    return page(
        request,
        "host",
        title=title,
        placement=found,
        back=back,
        is_open=True,
        in_short=presented.in_short(found),
        rows=presented.standing(found),
        consultations=presented.consultations(asked),
        tries=presented.tries(found.telephone_tries.order_by("rung_at")),
        supplies=presented.supplies(found.care_plan_supplies.select_related("supplied_to").order_by("supplied_at")),
    )


@operation("consultations.ask", methods=("GET", "POST"))
def ask(request: HttpRequest, placement_id: UUID) -> HttpResponse:
    found = own_placement(request, placement_id)
    form = AskForm(sent_in(request))
    if request.method == "POST" and form.is_valid():
        at = now()
        sent = form.carry_out(
            actions.ask_host,
            placement_id=found.id,
            question=form.cleaned_data["question"],
            is_child_named=form.cleaned_data["is_child_named"],
            answer_hoped_for_by=form.answer_hoped_for_by,
            care_plan=form.care_plan(at),
            by=request.actor,
            at=at,
        )
        if sent:
            return _done(request, found.id, f"{sent.recipient.name} was asked. No reply yet is an answer, never late.")
    return page(request, "form", title="Ask the host about the place", form=form, back=_back(found.id))


@operation("consultations.ask", methods=("GET", "POST"))
def enquire(request: HttpRequest) -> HttpResponse:
    candidates = hosts.possible_for(request.POST.get("postcode", ""), on=today())
    choices = [(str(one.authority.id), hosts.in_words(one)) for one in candidates]
    form = EnquiryForm(choices, sent_in(request))
    if request.method == "POST" and form.is_valid():
        names = ("postcode", "kind_of_place", "planned_start_on", "question")
        asked = {name: form.cleaned_data[name] for name in names} | {"host_id": form.cleaned_data.get("host")}
        hoped_for_by = form.answer_hoped_for_by
        arguments = {**asked, "answer_hoped_for_by": hoped_for_by, "by": request.actor, "at": now()}
        sent = form.carry_out(actions.enquire, **arguments)
        if sent:
            messages.success(request, f"{sent.recipient.name} was asked: {sent.reference}.")
            return redirect("enquiries")
    back = back_to("Questions about places", "enquiries")
    return page(request, "form", title="Ask about a place, no child named", form=form, back=back)


@operation("consultations.read")
def enquiries(request: HttpRequest) -> HttpResponse:
    """The questions that belong to no placement, with their answers: those of placements stand on theirs."""
    rows = consultations.questions(request.actor.authority_id).filter(kind="enquiry")
    asked = consultations.with_answers(consultations.without_placement(rows))
    showing("consultations.read", "document", [one.id for one in asked])
    return page(request, "enquiries", title="Questions about places", consultations=presented.consultations(asked))


@operation("consultations.answer", methods=("GET", "POST"))
def answer(request: HttpRequest, document_id: UUID) -> HttpResponse:
    found = documents.received(request.actor.authority_id).get(id=document_id)
    form = AnswerForm(sent_in(request), initial={"post": request.actor.role.label})
    if request.method == "POST" and form.is_valid():
        boxes = dict(form.cleaned_data)
        arguments = {"question_id": found.id, "post": boxes.pop("post"), "by": request.actor, "at": now()}
        if form.carry_out(actions.answer, boxes=boxes, **arguments):
            messages.success(request, f"{found.sender.name} has your answer.")
            return redirect("received_notice", document_id=found.id)
    back = back_to("The question", "received_notice", document_id=found.id)
    lead = f"You answer as {request.actor.name}. No box is compulsory."
    rows = presented_notices.body(found)
    return page(request, "form", title=f"Answer {found.reference}", form=form, lead=lead, rows=rows, back=back)


@operation("telephone_tries.record", methods=("GET", "POST"))
def telephone_try(request: HttpRequest, placement_id: UUID) -> HttpResponse:
    found = own_placement(request, placement_id)
    form = TryForm(sent_in(request), initial={"on": today()})
    if request.method == "POST" and form.is_valid():
        words = {name: form.cleaned_data[name] for name in ("rung", "words")}
        arguments = {"placement_id": found.id, "rung_at": form.moment, "by": request.actor, "at": now()}
        if form.carry_out(actions.record_telephone_try, **words, **arguments):
            return _done(request, found.id, "The call is recorded.")
    return page(request, "form", title="Record a call", form=form, back=_back(found.id))


@operation("care_plans.supply", methods=("GET", "POST"))
def supply(request: HttpRequest, placement_id: UUID) -> HttpResponse:
    found = own_placement(request, placement_id)
    newest = presented.newest_version(found)
    form = SupplyForm(sent_in(request), initial={"on": today(), "version": newest})
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("version", "channel")}
        arguments = {"placement_id": found.id, "supplied_at": form.moment, "by": request.actor, "at": now()}
        if form.carry_out(care_plan_actions.supply, **given, **arguments):
            return _done(request, found.id, "It is recorded that the host was given the care plan.")
    return page(request, "form", title="Record that the host was given the care plan", form=form, back=_back(found.id))


@operation("care_plans.record_version", methods=("GET", "POST"))
def version(request: HttpRequest, child_id: UUID) -> HttpResponse:
    child = own(request, Child.objects.filter(id=child_id)).first()
    if child is None:
        raise ChildNotFound
    form = VersionForm(sent_in(request), initial={"became_on": today()})
    if request.method == "POST" and form.is_valid():
        arguments = {"child_id": child.id, "by": request.actor, "at": now()}
        if form.carry_out(care_plan_actions.record_version, **form.cleaned_data, **arguments):
            messages.success(request, "The version of the care plan is recorded.")
            return redirect("child", child_id=child.id)
    back = back_to("The child", "child", child_id=child.id)
    return page(request, "form", title="Record a new version of the care plan", form=form, back=back)


@operation("notices.complete", methods=("GET", "POST"))
def complete(request: HttpRequest, placement_id: UUID) -> HttpResponse:
    found = own_placement(request, placement_id)
    form = CompleteForm(sent_in(request))
    if request.method == "POST" and form.is_valid():
        at = now()
        sent = form.carry_out(
            complete_notices.complete_notice,
            placement_id=found.id,
            needs_and_suitability=form.cleaned_data["needs_and_suitability"],
            care_plan=form.care_plan(at),
            by=request.actor,
            at=at,
        )
        if sent:
            owed = "Still owed: the care plan." if sent.body["still_owed"] else "It is complete."
            return _done(request, found.id, f"{sent.recipient.name} has the notice. {owed}")
    rows = presented.held_care_plan(found)
    return page(request, "form", title="Give the complete notice", form=form, rows=rows, back=_back(found.id))


def _done(request: HttpRequest, placement_id: UUID, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect("host", placement_id=placement_id)


def _back(placement_id: UUID):
    return back_to("What the host was told and asked", "host", placement_id=placement_id)
