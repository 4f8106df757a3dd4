"""With which hosts are alerts about shared areas agreed, and how is one agreed or ended?"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from db.clock import now, today
from geo.models import Authority
from hotspots.actions import everybody_but
from placements.overlay import host_alerts as alerts
from web.access import operation, own, showing
from web.forms.host_alert import EndAlertForm, HostAlertForm
from web.presenters import host_alert as presented
from web.presenters.elements import Link
from web.presenters.navigation import may
from web.views.answers import back_to, page, paged, sent_in


@operation("host_alerts.read")
def host_alerts(request: HttpRequest) -> HttpResponse:
    found = paged(request, own(request, alerts.agreed(request.actor.authority_id)))
    showing("host_alerts.read", "host_alert", [one.id for one in found])
    table = presented.table(found, may_end=may(request.actor.role, "host_alerts.end"))
    step = (
        Link("Agree alerts with a host", reverse("new_host_alert"))
        if may(request.actor.role, "host_alerts.agree")
        else None
    )
    return page(request, "host_alerts", title="Alerts to hosts", found=found, table=table, step=step)


@operation("host_alerts.agree", methods=("GET", "POST"))
def new(request: HttpRequest) -> HttpResponse:
    ours = Authority.objects.get(id=request.actor.authority_id)
    form = HostAlertForm(everybody_but(ours, today()), sent_in(request))
    if request.method == "POST" and form.is_valid():
        given = {"host_id": UUID(form.cleaned_data["host"]), "reference": form.cleaned_data["reference"]}
        if form.carry_out(alerts.agree, **given, by=request.actor, at=now()):
            messages.success(request, "Alerts are agreed with this host.")
            return redirect("host_alerts")
    back = back_to("Alerts to hosts", "host_alerts")
    return page(request, "form", title="Agree alerts with a host", form=form, lead=presented.LEAD, back=back)


@operation("host_alerts.end", methods=("GET", "POST"))
def end(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    held = own(request, alerts.agreed(request.actor.authority_id)).get(id=agreement_id)
    form = EndAlertForm(sent_in(request))
    if request.method == "POST" and form.is_valid():
        alerts.end(held.id, by=request.actor, at=now())
        messages.success(request, f"{held.host.name} is told nothing more.")
        return redirect("host_alerts")
    back = back_to("Alerts to hosts", "host_alerts")
    return page(request, "form", title=f"End alerts to {held.host.name}", form=form, back=back)
