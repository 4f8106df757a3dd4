"""How is an emergency move registered? Five answers; then what follows, before anything is saved; then it is saved."""

from datetime import datetime, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts import drafts
from db.clock import london_date, now, today
from hotspots.overlay.what_if import Trial
from notifications.directory import directory
from notifications.models import Contact
from placements import queries
from placements.actions.emergencies import FiveAnswers, register_emergency
from placements.approving import approvers
from placements.emergency_check import Followed, rehearse
from placements.models import Placement
from placements.overlay.trying_out import trying_out
from web.access import operation, own, showing
from web.forms.emergency import EmergencyForm, HostForm
from web.presenters import emergency as presented
from web.presenters import host_choice
from web.presenters import placement as presented_placement
from web.presenters import screening as presented_screening
from web.presenters import verdict as presented_verdict
from web.presenters.dates import day, instant
from web.views.answers import Link, back_to, page

TITLE = "Emergency move"
DRAFT = "emergency"
MOST_CHILDREN_OFFERED = 10


@operation("placements.propose", methods=("GET", "POST"))
def new(request: HttpRequest) -> HttpResponse:
    """The five answers. Sent, they are kept as a draft and tried out: nothing is saved, and nobody is told."""
    draft = drafts.kept(DRAFT, by=request.actor)
    if request.method == "POST":
        drafts.keep(DRAFT, {"answers": request.POST.dict()}, by=request.actor, at=now())
        form = _form(request, request.POST)
        if form.is_valid() and _is_possible(request, form):
            return redirect("check_emergency")
    elif draft:
        form = _form(request, draft["answers"], is_shown_again=True)
    else:
        form = EmergencyForm(None)
    return page(request, "form", title=TITLE, form=form, back=back_to("What needs me now", "home"))


@operation("placements.propose", methods=("GET", "POST"))
def check(request: HttpRequest) -> HttpResponse:
    """What follows, worked out by the real actions and taken back; on POST it is saved, or the area is chosen."""
    draft = drafts.kept(DRAFT, by=request.actor)
    if not draft:
        return redirect("emergency")
    form = _form(request, draft["answers"])
    if not form.is_valid():
        return redirect("emergency")
    if request.method == "POST" and "host" in request.POST:
        chosen = {**draft, "host": request.POST["host"]}
        drafts.keep(DRAFT, chosen, by=request.actor, at=now())
        return redirect("check_emergency")
    if request.method == "POST":
        placement = form.carry_out(register_emergency, answers=_answers(form, draft), by=request.actor, at=now())
        if placement:
            drafts.forget(DRAFT, by=request.actor)
            messages.success(request, "The emergency move is registered.")
            return redirect("placement", placement_id=placement.id)
    edit = Link("Change the answers", reverse("emergency"))
    if form.errors:
        return page(request, "form", title=TITLE, form=form, back=edit)
    with trying_out(by=request.actor, at=now()) as trial:
        followed = _followed(request, form, draft)
    if followed is None:
        return page(request, "form", title=TITLE, form=form, back=edit)
    showing("placements.propose", "child", [followed[0].placement.child_id])
    title = "What follows, before anything is saved"
    return page(request, "check_emergency", title=title, back=edit, **_shown(form, draft, followed, trial))


def _form(request: HttpRequest, answers, *, is_shown_again: bool = False) -> EmergencyForm:
    """The form with the children whom its words find. Shown again, it holds what was typed, without complaints."""
    words = answers.get("who", "")
    found = list(own(request, queries.children(words))[:MOST_CHILDREN_OFFERED]) if words.strip() else None
    if found:
        showing("children.read", "child", [one.id for one in found])
    bound = EmergencyForm(found, answers)
    if not is_shown_again:
        return bound
    bound.is_valid()
    return EmergencyForm(found, initial={**answers, **bound.cleaned_data})


def _answers(form: EmergencyForm, draft: dict) -> FiveAnswers:
    return form.answers(today=today(), host_id=UUID(draft["host"]) if draft.get("host") else None)


def _is_possible(request: HttpRequest, form: EmergencyForm) -> bool:
    """Whether the move would be taken; nothing of what follows is shown yet, so nobody is asked about the place."""
    with trying_out(by=request.actor, at=now(), is_shown=False):
        return _followed(request, form, {}) is not None


def _followed(request: HttpRequest, form: EmergencyForm, draft: dict) -> list[Followed] | None:
    """What follows for each day on which the child may arrive: tonight it may be after midnight."""
    answers, at = _answers(form, draft), now()
    if answers.arrived_at is not None:
        arrivals = [answers.arrived_at]
    else:
        first = at + timedelta(days=(answers.on - london_date(at)).days)
        arrivals = [first, first + timedelta(days=1)] if form.is_tonight else [first]
    followed = [
        form.carry_out(rehearse, answers=answers, arrives_at=arrives_at, by=request.actor, at=at)
        for arrives_at in arrivals
    ]
    return None if None in followed else followed


def _shown(form: EmergencyForm, draft: dict, followed: list[Followed], trial: Trial) -> dict:
    first, answers, at = followed[0], _answers(form, draft), now()
    duties = [(one.placement.starts_on, one.duties) for one in followed]
    by_when = presented.judgement([listed for _, listed in duties])
    shown = {
        "rows": presented.rows(first, answers.place, answers.why_not_wait, _when(form, answers)),
        "verdict": presented_placement.verdict_rows(first.verdict),
        "meaning": presented_verdict.meaning(first.meaning),
        "shared": presented_screening.tried_out(first.shared, trial.refused, is_shadow=not trial.asks, besides=by_when),
        "duties": presented.duties(duties, today()),
        "host_form": _host_form(first.verdict.detail, draft),
        "is_there": answers.arrived_at is not None,
    }
    if first.placement.approver_needed:
        shown["approval"] = _approval(first.placement, at)
    host = first.verdict.host
    if host and host.id != first.placement.authority_id:
        shown["telephone"] = presented_verdict.telephone(host, directory.current_contacts(host.id, today()))
    return shown


def _approval(placement: Placement, at: datetime):
    grade = placement.approver_needed
    people = approvers.who_may(grade, authority_id=placement.authority_id, at=at)
    contact = directory.current_contact(placement.authority_id, Contact.Purpose(grade), london_date(at))
    return presented.whom_to_ring(grade, people, contact)


def _host_form(detail: dict, draft: dict) -> HostForm | None:
    """The question in whose area it is, where the postcode lies in several."""
    choices = host_choice.choices(detail["candidates"])
    return HostForm(choices, initial={"host": draft.get("host")}) if choices else None


def _when(form: EmergencyForm, answers: FiveAnswers) -> str:
    if answers.arrived_at is not None:
        return f"There since {instant(answers.arrived_at)}"
    return f"Tonight, {day(answers.on)}" if form.is_tonight else day(answers.on)
