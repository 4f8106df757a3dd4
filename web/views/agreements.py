"""What is agreed about sharing, what does the authority say of its own, and who was shown what of it?"""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from db.clock import now, today
from geo.models import Authority
from hotspots import actions
from hotspots.models import Agreement, Coverage, Shown
from hotspots.sharing import agreements as agreed
from web.access import operation, own, showing
from web.forms.agreement import AgreementForm, EndAgreementForm, end_of
from web.forms.area import CoverageForm
from web.presenters import agreement as presented
from web.presenters import shown as presented_shown
from web.presenters.navigation import may
from web.views.answers import back_to, page, paged, sent_in


@operation("agreements.read")
def agreements(request: HttpRequest) -> HttpResponse:
    rows = own(request, Agreement.objects.select_related("partner").order_by("partner__name", "-starts_at"))
    found = paged(request, rows)
    showing("agreements.read", "agreement", [one.id for one in found])
    with_us = Agreement.objects.filter(partner_id=request.actor.authority_id).select_related("authority")
    return page(
        request,
        "agreements",
        title="Agreements about sharing",
        found=found,
        table=presented.made(found, now(), can_end=may(request.actor.role, "agreements.end")),
        with_us=presented.received(with_us.order_by("authority__name", "-starts_at"), now()),
        back=_back(),
    )


@operation("agreements.make", methods=("GET", "POST"))
def new_agreement(request: HttpRequest) -> HttpResponse:
    owner = Authority.objects.get(id=request.actor.authority_id)
    partners = [(str(one.id), one.name) for one in actions.everybody_but(owner, today())]
    form = AgreementForm(sorted(partners, key=lambda one: one[1]), sent_in(request))
    if (
        request.method == "POST"
        and form.is_valid()
        and (form.carry_out(agreed.make, **form.asked(), by=request.actor, at=now()))
    ):
        messages.success(request, "The agreement is recorded. By itself it tells nothing: now share areas under it.")
        return redirect("agreements")
    return page(request, "form", title="Record an agreement", form=form, back=_to_agreements())


@operation("agreements.end", methods=("GET", "POST"))
def end_agreement(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    found = own(request, Agreement.objects.filter(id=agreement_id)).select_related("partner").get()
    form = EndAgreementForm(sent_in(request))
    if request.method == "POST" and form.is_valid():
        ends_at = end_of(form.cleaned_data["last_on"])
        if form.carry_out(agreed.end, agreement_id=found.id, ends_at=ends_at, by=request.actor, at=now()):
            messages.success(request, "The end is recorded. From then on nothing is told under this agreement.")
            return redirect("agreements")
    rows = presented.rows_of(found)
    return page(request, "form", title="End an agreement", form=form, rows=rows, back=_to_agreements())


@operation("coverage.say", methods=("GET", "POST"))
def say_what_we_share(request: HttpRequest) -> HttpResponse:
    present = own(request, Coverage.objects.filter(superseded_at=None)).first()
    form = CoverageForm(sent_in(request), initial=_said(present))
    if (
        request.method == "POST"
        and form.is_valid()
        and (form.carry_out(actions.say_coverage, **form.cleaned_data, by=request.actor, at=now()))
    ):
        messages.success(request, "Said. Every authority reads it from now on.")
        return redirect("sharing")
    lead = "Every authority reads this. It is how a reader tells “nothing near” from “nobody has looked”."
    return page(request, "form", title="Say what we share", form=form, lead=lead, back=back_to("Who shares", "sharing"))


@operation("disclosures.read")
def shown(request: HttpRequest) -> HttpResponse:
    rows = Shown.objects.filter(
        owner_id=request.actor.authority_id, on__gt=today() - timedelta(days=presented_shown.DAYS)
    )
    asked = presented_shown.who_asks(rows)
    found = paged(request, rows.select_related("reader", "hotspot").order_by("-on", "reader__name", "id"))
    showing("disclosures.read", "disclosure", [one.id for one in found])
    table = presented_shown.by_day(found)
    return page(request, "shown", title="Who was shown what", found=found, table=table, asked=asked, back=_back())


def _said(present: Coverage | None) -> dict:
    if present is None:
        return {}
    return {
        "shares": "yes" if present.shares else "no",
        "scope": present.scope,
        "last_looked_on": present.last_looked_on,
        "review_on": present.review_on,
    }


def _back():
    return back_to("Areas of concern", "areas_of_concern")


def _to_agreements():
    return back_to("Agreements about sharing", "agreements")
