"""How is an inspection pack asked for, agreed to and taken, and what is one child's story from start to end?"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from db.clock import now
from placements.exceptions import PackNotFound
from placements.models import PackRequest
from placements.pack import requests
from placements.pack import story as stories
from web.access import operation, own, showing
from web.forms.inspection import AgreeForm, AskForm
from web.presenters import inspection as presented
from web.presenters.elements import Link
from web.views.answers import back_to, page, paged, sent_in
from web.views.children import own_child

SUBJECT = "pack"
ZIP = "application/zip"


@operation("packs.read")
def packs(request: HttpRequest) -> HttpResponse:
    found = paged(request, own(request, requests.packs(request.actor.authority_id)))
    showing("packs.read", SUBJECT, [one.id for one in found])
    return page(request, "packs", title="Inspection packs", found=found, table=presented.table(found, now()))


@operation("packs.ask", methods=("GET", "POST"))
def ask(request: HttpRequest) -> HttpResponse:
    form = AskForm(sent_in(request))
    if request.method == "POST" and form.is_valid():
        made = form.carry_out(requests.ask, **form.cleaned_data, by=request.actor, at=now())
        if made:
            messages.success(request, "The pack is asked for. It is made within a few minutes.")
            return redirect("pack", pack_id=made.id)
    return page(request, "form", title="Ask for an inspection pack", form=form, back=_back())


@operation("packs.read")
def pack(request: HttpRequest, pack_id: UUID) -> HttpResponse:
    found = _own_pack(request, pack_id)
    showing("packs.read", SUBJECT, [found.id])
    state = requests.state_of(found, now())
    return page(
        request,
        "pack",
        title="An inspection pack",
        back=_back(),
        pack=found,
        rows=presented.rows(found, state),
        is_ready=state is requests.State.READY,
        is_waiting=state is requests.State.WAITS_FOR_AGREEMENT and found.asker_id != request.actor.person_id,
    )


@operation("packs.agree", methods=("GET", "POST"))
def agree(request: HttpRequest, pack_id: UUID) -> HttpResponse:
    found = _own_pack(request, pack_id)
    form = AgreeForm(sent_in(request))
    arguments = {"pack_id": found.id, "by": request.actor, "at": now()}
    if request.method == "POST" and form.is_valid() and form.carry_out(requests.agree, **arguments):
        messages.success(request, "You agreed. The pack can be taken for 24 hours.")
        return redirect("pack", pack_id=found.id)
    lead = presented.what_is_agreed_to(found)
    back = back_to("The pack", "pack", pack_id=found.id)
    return page(request, "form", title="Agree to an inspection pack", form=form, lead=lead, back=back)


@operation("packs.take")
def take(request: HttpRequest, pack_id: UUID) -> HttpResponse:
    """The zip. Each time is a line in the log-book, with what it is for."""
    found = _own_pack(request, pack_id)
    copy = requests.take(pack_id=found.id, by=request.actor, at=now())
    name = f"inspection-pack-{found.starts_on}-{found.ends_on}.zip"
    return HttpResponse(copy, content_type=ZIP, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@operation("children.story")
def story(request: HttpRequest, child_id: UUID) -> HttpResponse:
    found = own_child(request, child_id)
    showing("children.story", "child", [found.id])
    at = now()
    return page(
        request,
        "story",
        title="One child’s story",
        back=Link("The child", reverse("child", args=[found.id])),
        name=found.name,
        lead=presented.as_recorded(at),
        tables=[presented.told(one) for one in stories.of([found], as_at=at)],
    )


def _own_pack(request: HttpRequest, pack_id: UUID) -> PackRequest:
    found = own(request, requests.packs(request.actor.authority_id).filter(id=pack_id)).first()
    if found is None:
        raise PackNotFound
    return found


def _back() -> Link:
    return back_to("Inspection packs", "inspection")
