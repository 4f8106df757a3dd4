"""What does the authority owe, and how is a duty closed?"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from db.clock import now, today
from duties import board
from duties.actions import close_as_met, close_as_not_owed
from duties.models import Duty
from web.access import operation, own, showing
from web.forms.duty import MET, CloseForm
from web.presenters import duty as presented
from web.views.answers import back_to, page, paged, sent_in


@operation("duties.read")
def duties(request: HttpRequest) -> HttpResponse:
    found = paged(request, own(request, board.open_duties()))
    showing("duties.read", "duty", [duty.id for duty in found])
    return page(request, "duties", title="Duties", found=found, tables=presented.grouped(found, today()))


@operation("duties.read")
def duty(request: HttpRequest, duty_id: UUID) -> HttpResponse:
    found = own(request, Duty.objects.filter(id=duty_id)).get()
    showing("duties.read", "duty", [found.id])
    return page(
        request,
        "duty",
        title=found.title,
        back=back_to("Duties", "duties"),
        duty=found,
        rows=presented.rows(found, today()),
        history=presented.history(found),
    )


@operation("duties.close", methods=("GET", "POST"))
def close(request: HttpRequest, duty_id: UUID) -> HttpResponse:
    found = own(request, Duty.objects.filter(id=duty_id)).get()
    form = CloseForm(sent_in(request))
    if request.method == "POST" and form.is_valid():
        _close(found.id, **form.cleaned_data, by=request.actor.name, at=now())
        messages.success(request, "The duty is closed.")
        return redirect("duty", duty_id=found.id)
    back = back_to("The duty", "duty", duty_id=found.id)
    return page(request, "form", title="Close a duty", form=form, lead=found.title, back=back)


def _close(duty_id: UUID, *, closing: str, words: str, by: str, at) -> Duty:
    if closing == MET:
        return close_as_met(duty_id, evidence=words, by=by, at=at)
    return close_as_not_owed(duty_id, reason=words, by=by, at=at)
