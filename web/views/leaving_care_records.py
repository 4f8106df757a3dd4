"""How does somebody record a move, a fact, what was done, who advises; and take one back?"""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.models import Membership
from db.clock import now, today
from duties import board
from leaving_care import overviews
from leaving_care.actions import advisers, circumstances, homes, telling, work
from leaving_care.exceptions import RowNotFound
from leaving_care.models import Circumstance, Step
from web.access import operation, own
from web.forms.base import Form
from web.forms.leaving_care import (
    AppointForm,
    EndFactForm,
    FactForm,
    MoveForm,
    ReturnAnswerForm,
    StepForm,
    TakeBackForm,
    TellForm,
    WhoProvidesForm,
)
from web.views.answers import back_to, page, sent_in
from web.views.leaving_care import own_child

DONE = "It is recorded. What follows from it stands on the page."


@operation("leaving_care.record", methods=("GET", "POST"))
def move(request: HttpRequest, child_id: UUID) -> HttpResponse:
    form = MoveForm(sent_in(request), authority_id=request.actor.authority_id, initial={"moved_on": today()})
    return _record(request, child_id, form, homes.record_move, "Record a move", lambda: form.answers)


@operation("leaving_care.record", methods=("GET", "POST"))
def who_provides(request: HttpRequest, child_id: UUID) -> HttpResponse:
    form = WhoProvidesForm(sent_in(request), initial={"from_on": today()})
    return _record(request, child_id, form, homes.say_who_provides, "Who provides the home?")


@operation("leaving_care.record", methods=("GET", "POST"))
def step(request: HttpRequest, child_id: UUID) -> HttpResponse:
    form = StepForm(sent_in(request), initial={"done_on": today()})
    return _record(request, child_id, form, work.record_step, "Record what was done")


@operation("leaving_care.record", methods=("GET", "POST"))
def fact(request: HttpRequest, child_id: UUID) -> HttpResponse:
    return _record(request, child_id, FactForm(sent_in(request)), circumstances.record_circumstance, "Record a fact")


@operation("leaving_care.record", methods=("GET", "POST"))
def return_answer(request: HttpRequest, child_id: UUID) -> HttpResponse:
    form = ReturnAnswerForm(sent_in(request), initial={"on": today()})
    return _record(request, child_id, form, work.answer_return, "Contact around a birthday, for the return")


@operation("leaving_care.tell", methods=("GET", "POST"))
def tell(request: HttpRequest, child_id: UUID) -> HttpResponse:
    asked = {"area_id": request.GET.get("area")}
    form = TellForm(sent_in(request), authority_id=request.actor.authority_id, initial=asked)
    return _record(request, child_id, form, telling.tell_authority, "Tell an authority where they live")


@operation("leaving_care.record", methods=("GET", "POST"))
def end_fact(request: HttpRequest, circumstance_id: UUID) -> HttpResponse:
    found = _row(request, Circumstance, circumstance_id, "fact")
    form = EndFactForm(sent_in(request), initial={"ends_on": today()})
    return _change(request, found, form, circumstances.end_circumstance, "circumstance_id", "Record the end of a fact")


@operation("leaving_care.record", methods=("GET", "POST"))
def take_back_fact(request: HttpRequest, circumstance_id: UUID) -> HttpResponse:
    found = _row(request, Circumstance, circumstance_id, "fact")
    form = TakeBackForm(sent_in(request))
    return _change(request, found, form, circumstances.take_back_circumstance, "circumstance_id", "Take a fact back")


@operation("leaving_care.record", methods=("GET", "POST"))
def take_back_step(request: HttpRequest, step_id: UUID) -> HttpResponse:
    found = _row(request, Step, step_id, "step")
    return _change(
        request, found, TakeBackForm(sent_in(request)), work.take_back_step, "step_id", "Take back what was recorded"
    )


@operation("leaving_care.appoint", methods=("GET", "POST"))
def appoint(request: HttpRequest) -> HttpResponse:
    """One adviser for one or for many at once: those without an adviser are listed first."""
    on, authority_id = today(), request.actor.authority_id
    children = list(own(request, overviews.in_view(authority_id, on=on)))
    people = board.people_who_may_act(authority_id, on=on).select_related("user").order_by("user__name")
    form = AppointForm(
        sent_in(request),
        children=children,
        people=_people(people),
        initial={"starts_on": on, "child_ids": request.GET.getlist("child")},
    )
    if request.method == "POST" and form.is_valid():
        made = form.carry_out(advisers.appoint, **form.cleaned_data, by=request.actor, at=now())
        if made is not None:
            messages.success(request, "The adviser is appointed, and has what is owed to them.")
            return redirect("leaving_care")
    return page(request, "form", title="Appoint an adviser", form=form, back=back_to("Leaving care", "leaving_care"))


def _people(rows) -> list[tuple[str, str]]:
    named: dict[str, Membership] = {str(one.user_id): one for one in rows}
    return [(person_id, f"{one.user.name}, {one.get_role_display().lower()}") for person_id, one in named.items()]


def _record(
    request: HttpRequest,
    child_id: UUID,
    form: Form,
    action: Callable,
    title: str,
    answers: Callable[[], dict] | None = None,
) -> HttpResponse:
    child = own_child(request, child_id)
    if request.method == "POST" and form.is_valid():
        given = answers() if answers else form.cleaned_data
        if form.carry_out(action, child_id=child.id, **given, by=request.actor, at=now()):
            messages.success(request, DONE)
            return redirect("young_person", child_id=child.id)
    back = back_to("The young person", "young_person", child_id=child.id)
    return page(request, "form", title=title, form=form, lead=f"{child.name} ({child.reference})", back=back)


def _change(request: HttpRequest, found, form: Form, action: Callable, name: str, title: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        arguments = {name: found.id, **form.cleaned_data, "by": request.actor, "at": now()}
        if form.carry_out(action, **arguments):
            messages.success(request, DONE)
            return redirect("young_person", child_id=found.child_id)
    back = back_to("The young person", "young_person", child_id=found.child_id)
    return page(request, "form", title=title, form=form, lead=found.get_kind_display(), back=back)


def _row(request: HttpRequest, model, row_id: UUID, what: str):
    found = own(request, model.objects.filter(id=row_id, superseded_at=None)).first()
    if found is None:
        raise RowNotFound(what)
    return found
