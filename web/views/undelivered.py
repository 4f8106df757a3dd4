"""What could not be delivered, which of it is sent again, for what reason, and what came of that?"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from db.clock import now
from notifications.delivery import replays
from web.access import operation, showing
from web.forms.undelivered import FilterForm, ReplayForm
from web.presenters import endpoint as presented
from web.views.answers import back_to, page, paged, sent_in

LATEST = 25


@operation("deliveries.dead")
def undelivered(request: HttpRequest) -> HttpResponse:
    """Those that the filter means, and what was sent again before."""
    dead = replays.dead(request.actor.authority_id)
    filters = FilterForm(dead, request.GET)
    found = paged(request, filters.which().of(dead) if filters.is_valid() else dead.none())
    again = list(replays.sent_again(request.actor.authority_id)[:LATEST])
    showing("deliveries.dead", "delivery", [one.id for one in (*found, *again)])
    return page(
        request,
        "undelivered",
        title="Could not be delivered",
        found=found,
        filters=filters,
        asked=request.GET.urlencode(),
        table=presented.dead_letters(found),
        again=presented.sent_again(again),
    )


@operation("deliveries.replay", methods=("GET", "POST"))
def replay(request: HttpRequest) -> HttpResponse:
    """Those that the filter means are sent again, for a reason."""
    dead = replays.dead(request.actor.authority_id)
    filters = FilterForm(dead, request.GET)
    if not filters.is_valid():
        return redirect("undelivered")
    which = filters.which()
    form = ReplayForm(sent_in(request))
    if request.method == "POST" and form.is_valid():
        done = form.carry_out(
            replays.replay, which=which, reason=form.cleaned_data["reason"], by=request.actor, at=now()
        )
        if done:
            counts = (len(done.made), len(done.nowhere), len(done.elsewhere))
            messages.success(request, presented.sent_again_in_words(*counts))
            return redirect("undelivered")
    meant = which.of(dead)
    return page(
        request,
        "form",
        title="Send again what could not be delivered",
        form=form,
        lead=presented.how_many(meant.count(), meant.order_by().values("recipient_id").distinct().count()),
        rows=presented.meant(filters.chosen()),
        back=back_to("Could not be delivered", "undelivered"),
    )
