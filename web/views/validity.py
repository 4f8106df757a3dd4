"""How well does the matching work? For everybody who is signed in; and the switch by which it is tried out unseen."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts import cover
from db.clock import now, today
from hotspots import measuring
from hotspots.method import method
from hotspots.models import Coverage
from hotspots.sharing import coverage
from placements.overlay import shadow
from placements.overlay import validity as figured
from web.access import operation
from web.forms.shadow import EndShadowForm, ShadowForm
from web.presenters import areas_of_concern
from web.presenters import validity as presented
from web.views.answers import back_to, page, sent_in


@operation("validity.read")
def validity(request: HttpRequest) -> HttpResponse:
    """The whole page: version, how, blind spots, error rates, who shares, our own counts."""
    matching, measured = method(), measuring.latest()
    figures = figured.figures(request.actor.authority_id, at=now())
    said = Coverage.objects.filter(superseded_at=None).select_related("authority").order_by("authority__name")
    return page(
        request,
        "validity",
        title="How well the matching works",
        about=presented.about(matching),
        method=matching,
        how_measured=presented.how_measured(),
        when_measured=presented.when_measured(measured, matching),
        measured=presented.measured(measured),
        generated=presented.generated(measured),
        coverage_counts=presented.coverage(coverage.counted(today())),
        coverage=areas_of_concern.sharing(said, today()),
        ours=presented.of_ours(figures),
        in_shadow=figures.in_shadow and presented.shadow(figures.in_shadow),
        shadow_words=shadow.WORDS,
        may_switch="shadow.switch" in cover.permitted(request.actor),
        end_form=EndShadowForm(),
    )


@operation("shadow.switch", methods=("GET", "POST"))
def switch_shadow(request: HttpRequest) -> HttpResponse:
    """Begins shadow mode; `end` among what was sent ends it."""
    if "end" in request.POST:
        shadow.end(by=request.actor, at=now())
        messages.success(request, "Shadow mode is off: every open place is checked anew, and shown.")
        return redirect("validity")
    form = ShadowForm(sent_in(request))
    if request.method == "POST" and form.is_valid():
        begun = form.carry_out(shadow.start, **form.cleaned_data, by=request.actor, at=now())
        if begun:
            messages.success(request, "Shadow mode is on: what is screened from now on is shown to nobody.")
            return redirect("validity")
    back = back_to("How well the matching works", "validity")
    return page(request, "form", title="Begin shadow mode", form=form, back=back)
