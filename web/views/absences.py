"""Who covers whose work, what was done meanwhile, and who may act as the director?"""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts import appointments as appointing
from accounts import cover as covering
from accounts.membership import members
from accounts.roles import Role
from db.clock import now, today
from duties import away, board
from leaving_care import overviews
from web.access import operation, own, showing
from web.forms.absence import AppointmentForm, CoverForm, EndForm
from web.forms.duty import People
from web.presenters import absence as presented
from web.presenters import duty as presented_duties
from web.presenters.navigation import may
from web.views.answers import back_to, page, paged, sent_in

THIS_WEEK = timedelta(days=7)


@operation("covers.read")
def cover(request: HttpRequest) -> HttpResponse:
    found = paged(request, own(request, covering.visible_to(request.actor)))
    showing("covers.read", "cover", [one.id for one in found])
    table = presented.covers(found, today(), reader=request.actor)
    return page(request, "cover", title="Cover for absence", found=found, table=table)


@operation("covers.set", methods=("GET", "POST"))
def new_cover(request: HttpRequest) -> HttpResponse:
    actor = request.actor
    form = CoverForm(
        _people(request),
        sent_in(request),
        may_choose_person=actor.role == Role.MANAGER,
        initial={"person": actor.person_id},
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        people = {"person_id": given.get("person", actor.person_id), "covered_by_id": given["covered_by"]}
        if form.carry_out(covering.set_cover, **people, **form.days, by=actor, at=now()):
            messages.success(request, "The cover is set. It ends by itself.")
            return redirect("cover")
    return page(request, "form", title="Set a cover", form=form, back=back_to("Cover for absence", "cover"))


@operation("covers.set", methods=("GET", "POST"))
def end_cover(request: HttpRequest, cover_id: UUID) -> HttpResponse:
    found = own(request, covering.visible_to(request.actor)).get(id=cover_id)
    if request.method == "POST":
        covering.end_cover(cover_id=found.id, by=request.actor, at=now())
        messages.success(request, "The cover is ended.")
        return redirect("cover")
    back = back_to("Cover for absence", "cover")
    return page(request, "form", title="End a cover", form=EndForm(), rows=presented.cover_rows(found), back=back)


@operation("duties.while_away")
def while_away(request: HttpRequest) -> HttpResponse:
    """What others did for the person between two days, once the cover is over; the latest absence, or the one asked."""
    absences = away.absences(request.actor, on=today())
    asked = request.GET.get("cover")
    chosen = next((one for one in absences if str(one.cover.id) == asked), absences[0] if absences else None)
    events = list(away.done_for(request.actor, chosen)) if chosen else []
    counted = meanwhile(request, chosen) if chosen else {}
    showing("duties.while_away", "duty", {one.duty_id for one in events})
    return page(
        request,
        "while_away",
        title="While you were away",
        absences=[(one.cover.id, presented.stretch(one)) for one in absences if one != chosen],
        chosen=presented.stretch(chosen) if chosen else "",
        in_short=presented.in_short(events, **counted) if chosen else "",
        rows=presented.meanwhile(events, **counted) if chosen else (),
        table=presented_duties.done_while_away(events),
        back=back_to("Cover for absence", "cover"),
    )


def meanwhile(request: HttpRequest, absence: away.Absence) -> dict[str, int]:
    """How many moves were recorded in that time, and how much is due now that the person is back."""
    actor, on = request.actor, today()
    due = board.waiting_for(actor, on=on).filter(owner_id=actor.person_id, due_on__lte=on + THIS_WEEK)
    moves = overviews.moves_recorded(actor.person_id, since=absence.since, until=absence.until, on=on)
    return {"moves": moves, "due": own(request, due).count()}


@operation("appointments.read")
def appointments(request: HttpRequest) -> HttpResponse:
    found = paged(request, own(request, appointing.appointments()))
    showing("appointments.read", "appointment", [one.id for one in found])
    can_end = may(request.actor.role, "appointments.record")
    table = presented.appointments(found, now(), can_end=can_end)
    return page(request, "appointments", title="Who may act as the director", found=found, table=table)


@operation("appointments.record", methods=("GET", "POST"))
def new_appointment(request: HttpRequest) -> HttpResponse:
    form = AppointmentForm(_people(request), sent_in(request))
    if request.method == "POST" and form.is_valid():
        made = form.carry_out(appointing.appoint, **form.asked, by=request.actor, at=now())
        if made:
            messages.success(request, "The appointment is recorded. It ends by itself.")
            return redirect("appointments")
    return page(request, "form", title="Record an appointment", form=form, back=_back())


@operation("appointments.record", methods=("GET", "POST"))
def end_appointment(request: HttpRequest, appointment_id: UUID) -> HttpResponse:
    found = own(request, appointing.appointments()).get(id=appointment_id)
    if request.method == "POST":
        appointing.end_appointment(appointment_id=found.id, by=request.actor, at=now())
        messages.success(request, "The appointment is ended. What was decided until now stands.")
        return redirect("appointments")
    rows = presented.appointment_rows(found)
    return page(request, "form", title="End an appointment", form=EndForm(), rows=rows, back=_back())


def _people(request: HttpRequest) -> People:
    """Everybody of the authority today, once each."""
    rows = members(request.actor.authority_id, on=today())
    return list({str(one.user_id): one.user.name for one in rows}.items())


def _back():
    return back_to("Who may act as the director", "appointments")
