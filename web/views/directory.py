"""By whom is each authority reached; how does that change, by two people and a call back; and who answers a drill?"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from db.clock import now, today
from geo.models import Authority
from notifications.directory import contacts, directory_watch, drills
from notifications.directory import directory as entries
from notifications.exceptions import ChangeNotFound
from notifications.models import ContactChange
from web.access import operation, own
from web.forms.directory import ChangeForm, ConfirmChangeForm, DrillForm, StillRightForm
from web.forms.ending import ConfirmForm
from web.presenters import directory as presented
from web.presenters.navigation import may
from web.views.answers import back_to, page, paged, sent_in


@operation("readiness.read")
def board(request: HttpRequest) -> HttpResponse:
    """Everybody by name: whether they can be reached, and how their last drill went."""
    found, ready = _board(request)
    reached = [contact for one in ready for contact in one.contacts.values()]
    came_back = directory_watch.came_back(reached, authority_id=request.actor.authority_id)
    waiting = list(own(request, contacts.waiting(request.actor.authority_id)))
    may_read = may(request.actor.role, "contacts.changes")
    return page(
        request,
        "readiness",
        title="Who can be reached",
        found=found,
        asked=request.GET.get("name", ""),
        table=presented.board(ready, today(), came_back=came_back),
        changes=presented.changes(waiting, may_confirm=True) if may_read else None,
    )


@operation("directory.read")
def directory(request: HttpRequest, authority_id: UUID) -> HttpResponse:
    found, ours = Authority.objects.get(id=authority_id), request.actor.authority_id
    line = entries.lineage(found.id, today())
    rows = [
        one for read in (entries.readable, entries.ahead) for one in read(ours, today()).filter(authority_id__in=line)
    ]
    role = request.actor.role
    return page(
        request,
        "directory",
        title=found.name,
        back=_back(),
        authority=found,
        table=presented.contacts(
            rows,
            today(),
            used={one.id for one in entries.current_contacts(found.id, today())},
            came_back=directory_watch.came_back(rows, authority_id=ours),
            may_confirm=may(role, "contacts.confirm"),
        ),
    )


@operation("contacts.propose", methods=("GET", "POST"))
def change(request: HttpRequest, authority_id: UUID) -> HttpResponse:
    found = Authority.objects.get(id=authority_id)
    form = ChangeForm(sent_in(request))
    arguments = {"of_id": found.id, "by": request.actor, "at": now()}
    if (
        request.method == "POST"
        and form.is_valid()
        and form.carry_out(contacts.propose, **form.cleaned_data, **arguments)
    ):
        messages.success(request, "It is written down. Somebody else now rings a number on file and confirms it.")
        return redirect("readiness")
    return page(request, "form", title=f"A new address of {found.name}", form=form, back=_of(found.id))


@operation("contacts.confirm", methods=("GET", "POST"))
def confirm(request: HttpRequest, change_id: UUID) -> HttpResponse:
    found = _own_change(request, change_id)
    numbers = presented.numbers(entries.uses_of_numbers(found.of_id, today()))
    form = ConfirmChangeForm(numbers, sent_in(request))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        kept = form.carry_out(contacts.confirm_change, change_id=found.id, **said, by=request.actor, at=now())
        if kept:
            messages.success(request, f"{presented.from_when(kept, today())} {found.of.name} is reached there.")
            return redirect("directory_of", authority_id=found.of_id)
    title = f"Ring {found.of.name} back"
    return page(
        request,
        "ring_back",
        title=title,
        form=form,
        change=found,
        where=presented.where(found),
        numbers=numbers,
        back=_back(),
    )


@operation("contacts.propose", methods=("GET", "POST"))
def withdraw(request: HttpRequest, change_id: UUID) -> HttpResponse:
    found = _own_change(request, change_id)
    form = ConfirmForm(sent_in(request), button="Withdraw it")
    if request.method == "POST" and form.is_valid():
        contacts.withdraw(change_id=found.id, by=request.actor, at=now())
        messages.success(request, "It is withdrawn, and nothing has changed.")
        return redirect("readiness")
    return page(request, "form", title="Withdraw a new address", form=form, back=_back())


@operation("contacts.confirm", methods=("GET", "POST"))
def still_right(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    found = entries.readable(request.actor.authority_id, today()).get(id=contact_id)
    form = StillRightForm(sent_in(request))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data["spoke_to"]
        if form.carry_out(contacts.still_right, contact_id=found.id, spoke_to=said, by=request.actor, at=now()):
            messages.success(request, "Confirmed today.")
            return redirect("directory_of", authority_id=found.authority_id)
    where = " or ".join(part for part in (found.email, found.telephone) if part)
    title = f"Is this still right? {found.get_purpose_display()} of {found.authority.name}"
    return page(request, "form", title=title, form=form, lead=where, back=_of(found.authority_id))


@operation("drills.run", methods=("GET", "POST"))
def drill(request: HttpRequest) -> HttpResponse:
    found, ready = _board(request)
    choices = presented.to_drill(one for one in ready if one.authority.id != request.actor.authority_id)
    form = DrillForm(choices, sent_in(request))
    if request.method == "POST" and form.is_valid():
        wanted = [UUID(one) for one in form.cleaned_data["authorities"]]
        sent = form.carry_out(drills.run, recipient_ids=wanted, by=request.actor, at=now())
        if sent:
            messages.success(
                request, f"The drill was sent to {len(sent)}. Who answers, and when, stands on this board."
            )
            return redirect("readiness")
    return page(request, "drill", title="Send a fire drill", form=form, back=_back(), found=found, words=drills.WORDS)


def _board(request: HttpRequest):
    rows = entries.authorities(today())
    if name := request.GET.get("name", "").strip():
        rows = rows.filter(name__icontains=name)
    found = paged(request, rows)
    ready = drills.board(found, sender_id=request.actor.authority_id, on=today())
    return found, ready


def _own_change(request: HttpRequest, change_id: UUID) -> ContactChange:
    found = own(request, contacts.waiting(request.actor.authority_id).filter(id=change_id)).first()
    if found is None:
        raise ChangeNotFound
    return found


def _back():
    return back_to("Who can be reached", "readiness")


def _of(authority_id: UUID):
    return back_to("The authority", "directory_of", authority_id=authority_id)
