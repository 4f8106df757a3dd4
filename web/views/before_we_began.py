"""Which hosts may not have been told of placements that began before Placewatch, and how is that answered in bulk?"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from db.clock import now
from placements import queries
from placements.actions.told_before import say_no_trace, state_told_before
from web.access import operation, own, showing
from web.forms.placement import ToldBeforeForm
from web.presenters import placement as presented
from web.views.answers import back_to, page, paged, sent_in


@operation("placements.state_told_before", methods=("GET", "POST"))
def before_we_began(request: HttpRequest) -> HttpResponse:
    found = paged(request, own(request, queries.before_we_began()))
    showing("placements.read", "placement", [one.id for one in found])
    form = ToldBeforeForm(presented.choices(found), sent_in(request))
    if request.method == "POST" and form.is_valid() and _answered(request, form):
        return redirect("before_we_began")
    return page(
        request,
        "before_we_began",
        title="Before we began: was the host told?",
        form=form,
        found=found,
        back=back_to("What needs me now", "home"),
    )


def _answered(request: HttpRequest, form: ToldBeforeForm) -> bool:
    given = form.cleaned_data
    about = {"placement_ids": [UUID(one) for one in given["placements"]], "by": request.actor, "at": now()}
    if form.was_told:
        stated = form.carry_out(state_told_before, told_on=given["told_on"], evidence=given["evidence"], **about)
        said = "told before Placewatch."
    else:
        stated = form.carry_out(say_no_trace, is_emergency=form.was_emergency, **about)
        said = "no trace is found; what was owed then is on the duties board."
    if stated:
        messages.success(request, f"Stated for {len(stated)}: {said}")
    return bool(stated)
