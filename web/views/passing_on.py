"""How is something that others shared passed on under its conditions, and how does its owner look ahead and answer?"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from db.clock import now
from hotspots import states as table_of_states
from hotspots.exceptions import HotspotNotFound, QuestionNotFound
from hotspots.models import Hotspot
from hotspots.overlay import previews
from hotspots.sharing import passing_on as answering
from placements.actions.judgements import latest_screening
from placements.overlay import effect as effects
from placements.overlay import passing_on as passing
from web.access import operation, own, showing
from web.forms.passing_on import AllowForm, AnswerForm, AskForm, EffectForm, PassOnForm
from web.presenters import passing_on as presented
from web.views.answers import back_to, page, paged, sent_in
from web.views.placements import own_placement


@operation("passing_on.do", methods=("GET", "POST"))
def pass_on(request: HttpRequest, placement_id: UUID) -> HttpResponse:
    """Refused with whom to ask where a condition binds; else the words, kept as passed on."""
    found = own_placement(request, placement_id)
    form = PassOnForm(sent_in(request))
    check = None if found.is_restricted else latest_screening(found)
    words = None
    if request.method == "POST" and form.is_valid():
        made = form.carry_out(passing.pass_on, placement_id=found.id, **form.cleaned_data, by=request.actor, at=now())
        words = made.words if made else None
    return page(
        request,
        "pass_on",
        title="Pass on what is shared about the place",
        form=form,
        back=back_to("The placement", "placement", placement_id=found.id),
        placement=found,
        conditions=presented.conditions(passing.conditions_of(check) if check else ()),
        table=presented.we_asked(passing.questions_about(found)),
        words=words,
    )


@operation("passing_on.ask", methods=("GET", "POST"))
def ask(request: HttpRequest, placement_id: UUID) -> HttpResponse:
    found = own_placement(request, placement_id)
    form = AskForm(sent_in(request))
    if request.method == "POST" and form.is_valid():
        asked = form.carry_out(passing.ask, placement_id=found.id, **form.cleaned_data, by=request.actor, at=now())
        if asked is not None:
            said = "The owner is asked. The answer will stand here." if asked else "There is nothing new to ask."
            messages.success(request, said)
            return redirect("pass_on", placement_id=found.id)
    back = back_to("Pass on what is shared", "pass_on", placement_id=found.id)
    lead = "The owner reads the area, to whom, and in what. Not the child, and not the place."
    return page(request, "form", title="Ask whether it may be passed on", form=form, lead=lead, back=back)


@operation("passing_on.read")
def questions(request: HttpRequest) -> HttpResponse:
    found = paged(request, answering.questions_to(request.actor.authority_id))
    showing("passing_on.read", "passing_on", [one.id for one in found])
    return page(request, "list", title="What partners ask to pass on", found=found, table=presented.asked_of_us(found))


@operation("passing_on.answer", methods=("GET", "POST"))
def answer(request: HttpRequest, question_id: UUID) -> HttpResponse:
    question = answering.questions_to(request.actor.authority_id).filter(id=question_id).first()
    if question is None:
        raise QuestionNotFound
    form = AnswerForm(sent_in(request))
    if request.method == "POST" and form.is_valid():
        arguments = {"question_id": question.id, **form.cleaned_data}
        if form.carry_out(answering.answer, **arguments, by=request.actor, at=now()):
            messages.success(request, "Your answer is recorded. They read it.")
            return redirect("passing_on")
    back = back_to("What partners ask", "passing_on")
    rows = presented.question_rows(question)
    return page(request, "form", title="May it be passed on?", form=form, rows=rows, back=back)


@operation("previews.ask", methods=("GET", "POST"))
def effect(request: HttpRequest, area_id: UUID) -> HttpResponse:
    """Each look counts, so that a page that is only opened tells nothing."""
    area = _own_area(request, area_id)
    form = EffectForm(sent_in(request))
    told = None
    if request.method == "POST" and form.is_valid():
        told = form.carry_out(effects.preview, hotspot_id=area.id, by=request.actor, at=now())
    return page(
        request,
        "effect",
        title=f"What publishing {area.reference} would bring about",
        form=form,
        area=area,
        told=told,
        is_publishable=told and Hotspot.State.SHARED in table_of_states.TRANSITIONS[Hotspot.State(area.state)],
        back=back_to("The area", "area_of_concern", area_id=area.id),
    )


@operation("previews.allow", methods=("GET", "POST"))
def allow(request: HttpRequest, area_id: UUID) -> HttpResponse:
    area = _own_area(request, area_id)
    form = AllowForm(sent_in(request))
    if request.method == "POST" and form.is_valid():

        def allowed() -> bool:
            previews.allow_more(area.id, by=request.actor, at=now())
            return True

        if form.carry_out(allowed):
            messages.success(request, "Five more previews of this area are allowed today.")
            return redirect("area_of_concern", area_id=area.id)
    back = back_to("The area", "area_of_concern", area_id=area.id)
    return page(request, "form", title=f"Allow more previews of {area.reference}", form=form, back=back)


def _own_area(request: HttpRequest, area_id: UUID) -> Hotspot:
    found = own(request, Hotspot.objects.filter(id=area_id)).first()
    if found is None:
        raise HotspotNotFound
    return found
