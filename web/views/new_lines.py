"""What is new about places after areas changed, how far have re-checks come, and what was taken back?"""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from db.clock import now
from hotspots.models import Audience, Output, Recall
from hotspots.sharing import recall as recalling
from placements.models import Recheck, Rejudging
from placements.overlay import new_lines as lines
from placements.overlay import recalls
from web.access import operation, own, showing
from web.forms.passing_on import ReadForm
from web.presenters import new_lines as presented
from web.views.answers import back_to, page, paged, sent_in

ADULTS = (
    "A person who is 18 or older is not checked. What is no longer near is no good news: it says nothing about a place."
)

JUDGED_AGAIN = (
    "When boundaries are switched, whose area each place lies in is judged again. What is judged otherwise is a task, and a "
    "line in the history of the placement."
)


@operation("new_lines.read")
def new_lines(request: HttpRequest) -> HttpResponse:
    found = paged(request, own(request, lines.of_person(request.actor)))
    showing("new_lines.read", "new_line", [one.id for one in found])
    unread = [one.id for one in found if one.read_at is None]
    return page(
        request,
        "new_lines",
        title="What is new",
        lead=ADULTS,
        found=found,
        table=presented.lines(found),
        unread=ReadForm(initial={"lines": ",".join(map(str, unread))}) if unread else None,
    )


@operation("new_lines.mark_read", methods=("GET", "POST"))
def mark_read(request: HttpRequest) -> HttpResponse:
    form = ReadForm(sent_in(request))
    if request.method == "POST" and form.is_valid():
        read = lines.mark_read(form.cleaned_data["lines"], by=request.actor, at=now())
        messages.success(request, f"{read} marked as read.")
        return redirect("new_lines")
    return page(request, "form", title="Mark as read", form=form, back=back_to("What is new", "new_lines"))


@operation("rechecks.read")
def rechecks(request: HttpRequest) -> HttpResponse:
    found = paged(request, own(request, Recheck.objects.select_related("owner").order_by("-began_at", "id")))
    showing("rechecks.read", "recheck", [one.id for one in found])
    return page(
        request, "list", title="Checked again after a change", lead=ADULTS, found=found, table=presented.rechecks(found)
    )


@operation("rejudgings.read")
def rejudgings(request: HttpRequest) -> HttpResponse:
    found = paged(request, own(request, Rejudging.objects.order_by("-began_at", "id")))
    showing("rejudgings.read", "rejudging", [one.id for one in found])
    return page(
        request, "list", title="Judged again", lead=JUDGED_AGAIN, found=found, table=presented.rejudgings(found)
    )


@operation("recalls.read")
def recalled(request: HttpRequest) -> HttpResponse:
    found = paged(request, own(request, recalls.here()))
    showing("recalls.read", "recall", [one.id for one in found])
    return page(request, "list", title="Taken back by its owner", found=found, table=presented.recalled(found))


@operation("recalls.uses")
def recall(request: HttpRequest, recall_id: UUID) -> HttpResponse:
    """Everything of ours that used what was taken back; of closed addresses, only with a grant."""
    found = own(request, recalls.here()).filter(id=recall_id).first()
    if found is None:
        raise Http404
    uses = recalls.uses(found)
    showing("recalls.uses", "recall", [found.id])
    names = {check.placement_id: check.placement.child.name for check in uses.screenings}
    labels = dict([*Audience.choices, *Output.choices])
    return page(
        request,
        "tables",
        title=f"Taken back by {found.owner.name}",
        lead="Do not rely on it. Do not pass it on. Tell whoever has it from you.",
        back=back_to("Taken back by its owner", "recalls"),
        tables=[
            presented.passed_on(uses.passed_on, labels),
            presented.checks(uses.screenings),
            presented.judgements(uses.judgements),
            presented.packs(uses.packs),
            presented.alerts(uses.alerts),
            presented.readings(uses.readings, names),
            presented.other_readings(uses.other_readings),
        ],
    )


@operation("recalls.made")
def recalls_made(request: HttpRequest) -> HttpResponse:
    found = paged(request, own(request, Recall.objects.select_related("hotspot").order_by("-at", "id")))
    showing("recalls.made", "recall", [one.id for one in found])
    table = presented.made((one, recalling.proof(one)) for one in found)
    return page(request, "list", title="What we took back", found=found, table=table)
