"""How is a move registered? Who, where and when; then a check of what follows; then, and only then, it is saved."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts import drafts
from db.clock import now, today
from notifications.directory import directory
from placements.exceptions import ChildNotFound
from placements.models import Child
from placements.overlay.trying_out import trying_out
from web.access import operation, showing
from web.forms.emergency import HostForm
from web.forms.move import MoveForm
from web.presenters import host_choice
from web.presenters import move as presented
from web.presenters import placement as presented_placement
from web.presenters import screening as presented_screening
from web.presenters import verdict as presented_verdict
from web.rehearsal import Rehearsal, register, rehearse
from web.views.answers import Link, back_to, page, sent_in
from web.views.children import own_child

TITLE = "Register a move"
DRAFT = "move"


@operation("placements.propose", methods=("GET", "POST"))
def new(request: HttpRequest) -> HttpResponse:
    """The answers. Sent, they are tried out and kept as a draft: nothing is saved, and nobody is told."""
    child = _child(request)
    if child is None:
        return redirect("children")
    form = MoveForm(sent_in(request), initial=_answers(request, child.id))
    if request.method == "POST" and form.is_valid() and _is_possible(request, form, child):
        answers = {"child": str(child.id), "answers": request.POST.dict()}
        drafts.keep(DRAFT, answers, by=request.actor, at=now())
        return redirect("check_placement")
    lead = f"{child.name} ({child.reference})"
    return page(
        request, "form", title=TITLE, form=form, lead=lead, back=back_to("The child", "child", child_id=child.id)
    )


@operation("placements.propose", methods=("GET", "POST"))
def check(request: HttpRequest) -> HttpResponse:
    """What follows from the answers, worked out by the real action and taken back; on POST it is saved."""
    draft = drafts.kept(DRAFT, by=request.actor)
    if not draft:
        return redirect("children")
    child, form = own_child(request, UUID(draft["child"])), MoveForm(draft["answers"])
    edit = Link("Change the answers", reverse("new_placement", query={"child": child.id}))
    form.host_id = UUID(draft["host"]) if draft.get("host") else None
    form.is_valid()
    if request.method == "POST" and "host" in request.POST:
        drafts.keep(DRAFT, {**draft, "host": request.POST["host"]}, by=request.actor, at=now())
        return redirect("check_placement")
    if request.method == "POST":
        placement = form.carry_out(register, form=form, child=child, by=request.actor, at=now())
        if placement:
            drafts.forget(DRAFT, by=request.actor)
            messages.success(request, "The move is registered.")
            return redirect("placement", placement_id=placement.id)
    if form.errors:
        return page(request, "form", title=TITLE, form=form, back=edit)
    with trying_out(by=request.actor, at=now()) as trial:
        seen = form.carry_out(rehearse, form=form, child=child, by=request.actor, at=now())
    if seen is None:
        return page(request, "form", title=TITLE, form=form, back=edit)
    showing("placements.propose", "child", [child.id])
    shown = _shown(seen, form, child, draft)
    shown["shared"] = presented_screening.tried_out(seen.shared, trial.refused, is_shadow=not trial.asks)
    return page(request, "check_move", title="Check before saving", back=edit, **shown)


def _child(request: HttpRequest) -> Child | None:
    """The child of the link, else of the draft; None where neither names one."""
    wanted = request.GET.get("child") or drafts.kept(DRAFT, by=request.actor).get("child")
    if not wanted:
        return None
    try:
        return own_child(request, UUID(wanted))
    except ValueError as error:
        raise ChildNotFound from error


def _answers(request: HttpRequest, child_id: UUID) -> dict:
    """What was typed before for this child, so that a draft is found again as it was left."""
    draft = drafts.kept(DRAFT, by=request.actor)
    return MoveForm.as_initial(draft["answers"]) if draft.get("child") == str(child_id) else {}


def _is_possible(request: HttpRequest, form: MoveForm, child: Child) -> bool:
    """Whether the move would be taken; nothing of what follows is shown yet, so nobody is asked about the place."""
    with trying_out(by=request.actor, at=now(), is_shown=False):
        return form.carry_out(rehearse, form=form, child=child, by=request.actor, at=now()) is not None


def _shown(seen: Rehearsal, form: MoveForm, child: Child, draft: dict) -> dict:
    choices = host_choice.choices(seen.verdict.detail["candidates"]) if seen.verdict else []
    shown = {
        "host_form": HostForm(choices, initial={"host": draft.get("host")}) if choices else None,
        "rows": presented.rows(seen, child, form.place),
        "verdict": presented_placement.verdict_rows(seen.verdict),
        "meaning": presented_verdict.meaning(seen.meaning),
        "approvals": presented.approvals(seen),
        "duties": presented.duties(seen, today()),
        "notices": presented.notices(seen),
    }
    host = seen.verdict.host if seen.verdict else None
    if host and host.id != child.authority_id:
        shown["telephone"] = presented_verdict.telephone(host, directory.current_contacts(host.id, today()))
    return shown
