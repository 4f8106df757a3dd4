"""Where are the children, what is recorded of one placement, and how does its state become another?"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from db.clock import now, today
from duties.board import about
from placements import places, queries
from placements.actions import placements as actions
from placements.exceptions import PlacementNotFound
from placements.models import Placement
from web.access import operation, own, showing
from web.forms.placement import MomentForm, WithdrawForm
from web.presenters import duty as presented_duties
from web.presenters import notice as presented_notices
from web.presenters import placement as presented
from web.presenters import screening as presented_screening
from web.presenters.navigation import may
from web.views.answers import back_to, page, paged


@operation("placements.read")
def placements(request: HttpRequest) -> HttpResponse:
    status = request.GET.get("status", "")
    rows = own(request, queries.placements())
    found = paged(request, rows.filter(status=status) if status in Placement.Status.values else rows)
    showing("placements.read", "placement", [one.id for one in found])
    return page(
        request, "placements", title="Placements", found=found, table=presented.table(found, caption="Placements"),
        statuses=[("", "All"), *Placement.Status.choices], status=status,
    )  # fmt: skip


@operation("placements.read")
def placement(request: HttpRequest, placement_id: UUID) -> HttpResponse:
    found = own_placement(request, placement_id)
    place = places.of(found)
    verdict = found.verdicts.filter(superseded_at=None).select_related("host").first()
    is_opened = found.is_restricted and place is not None
    showing("placements.read", "placement", [found.id], fields="placement with closed address" if is_opened else "")
    return page(
        request, "placement", title="A placement", back=back_to("Placements", "placements"), placement=found,
        name=found.child.name, rows=presented.rows(found, place), verdict=presented.verdict_rows(verdict, found),
        why=presented.findings(verdict),
        screening=_screening(request, found),
        notices=presented_notices.outbox(queries.notices_about(found), caption="Notices to the area’s authority"),
        duties=presented_duties.table(own(request, about("placement", found.id)), today(), caption="Owed because of this placement"),
        timeline=presented.timeline(queries.timeline(found)),
    )  # fmt: skip


@operation("placements.start", methods=("GET", "POST"))
def start(request: HttpRequest, placement_id: UUID) -> HttpResponse:
    return _moment(request, placement_id, actions.start, "started_at", title="Record that the placement started")


@operation("placements.end", methods=("GET", "POST"))
def end(request: HttpRequest, placement_id: UUID) -> HttpResponse:
    return _moment(request, placement_id, actions.end, "ended_at", title="Record that the placement ended")


@operation("placements.withdraw", methods=("GET", "POST"))
def withdraw(request: HttpRequest, placement_id: UUID) -> HttpResponse:
    found = own_placement(request, placement_id)
    form = WithdrawForm(request.POST or None, initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        arguments = {"placement_id": found.id, "by": request.actor, "at": now()}
        if form.carry_out(actions.withdraw, **form.cleaned_data, **arguments):
            messages.success(request, "Recorded: the move does not go ahead.")
            return redirect("placement", placement_id=found.id)
    return page(request, "form", title="Record that the move does not go ahead", form=form, back=_back(found))


def own_placement(request: HttpRequest, placement_id: UUID) -> Placement:
    """A placement of the authority acted for; another's and an absent one are the same."""
    found = own(request, queries.placements().filter(id=placement_id)).first()
    if found is None:
        raise PlacementNotFound
    return found


def _screening(request: HttpRequest, found: Placement):
    """The latest check, for the roles that may read it."""
    if may(request.actor.role, "screenings.read"):
        showing("screenings.read", "placement", [found.id])
        return presented_screening.section(found, found.screenings.order_by("-at").first())
    return None


def _moment(request: HttpRequest, placement_id: UUID, action, moment: str, *, title: str) -> HttpResponse:
    """A start or an end: a day and a time that lie behind us."""
    found = own_placement(request, placement_id)
    form = MomentForm(request.POST or None, initial={"version": found.version, "on": today()})
    if request.method == "POST" and form.is_valid():
        arguments = {"placement_id": found.id, moment: form.moment, "version": form.cleaned_data["version"]}
        if form.carry_out(action, **arguments, by=request.actor, at=now()):
            messages.success(request, "It is recorded.")
            return redirect("placement", placement_id=found.id)
    return page(request, "form", title=title, form=form, back=_back(found))


def _back(placement: Placement):
    return back_to("The placement", "placement", placement_id=placement.id)
