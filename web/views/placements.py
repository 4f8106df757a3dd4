"""Where are the children, what is recorded of one placement, and how does its state become another?"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from db.clock import now, today
from duties.board import about
from placements import prompts, queries
from placements.actions import placements as actions
from placements.approving import approvals
from placements.exceptions import PlacementNotFound
from placements.models import Placement
from placements.overlay import ledger
from placements.place import grants, hosts, places, verdicts
from placements.place.verdicts import Judged
from web.access import operation, own, showing
from web.forms.ending import EndForm
from web.forms.placement import MomentForm, StartForm, WithdrawForm
from web.presenters import approval as presented_approvals
from web.presenters import duty as presented_duties
from web.presenters import host as presented_host
from web.presenters import host_choice
from web.presenters import judgement as presented_judgement
from web.presenters import notice as presented_notices
from web.presenters import place_tried as presented_tried
from web.presenters import placement as presented
from web.presenters import screening as presented_screening
from web.presenters import verdict as presented_verdict
from web.presenters.elements import Row, Section
from web.presenters.navigation import may
from web.presenters.rules import finding
from web.views.answers import back_to, page, paged, sent_in

CAPTION_OF_DUTIES = "Owed because of this placement"


@operation("placements.read")
def placements(request: HttpRequest) -> HttpResponse:
    status = request.GET.get("status", "")
    rows = own(request, queries.placements())
    found = paged(request, rows.filter(status=status) if status in Placement.Status.values else rows)
    showing("placements.read", "placement", [one.id for one in found])
    return page(
        request,
        "placements",
        title="Placements",
        found=found,
        table=presented.table(found, caption="Placements"),
        statuses=[("", "All"), *Placement.Status.choices],
        status=status,
    )


@operation("placements.read")
def placement(request: HttpRequest, placement_id: UUID) -> HttpResponse:
    found = own_placement(request, placement_id)
    may_know = is_told(request, found)
    showing(
        "placements.read", "placement", [found.id], fields="closed address" if found.is_restricted and may_know else ""
    )
    duties = presented_duties.table(own(request, about("placement", found.id)), now(), caption=CAPTION_OF_DUTIES)
    context = {
        "placement": found,
        "name": found.child.name,
        "duties": duties,
        **(_open if may_know else _closed)(request, found),
    }
    return page(request, "placement", title="A placement", back=back_to("Placements", "placements"), **context)


@operation("placements.start", methods=("GET", "POST"))
def start(request: HttpRequest, placement_id: UUID) -> HttpResponse:
    title = "Record that the placement started"
    return _moment(request, placement_id, actions.start, "started_at", title=title, form_class=StartForm)


@operation("placements.end", methods=("GET", "POST"))
def end(request: HttpRequest, placement_id: UUID) -> HttpResponse:
    title = "Record that the placement ended"
    return _moment(request, placement_id, actions.end, "ended_at", title=title, form_class=EndForm)


@operation("placements.withdraw", methods=("GET", "POST"))
def withdraw(request: HttpRequest, placement_id: UUID) -> HttpResponse:
    found = own_placement(request, placement_id)
    form = WithdrawForm(sent_in(request), initial={"version": found.version})
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


def is_told(request: HttpRequest, found: Placement) -> bool:
    """Whether the reader may be told where it is."""
    return not found.is_restricted or found.id in grants.held([found], by=request.actor, at=now())


def _open(request: HttpRequest, found: Placement) -> dict:
    """Where it is, what follows from that, and what was said to the area's authority."""
    verdict = found.verdicts.filter(superseded_at=None).select_related("host").first()
    judged = verdicts.current(found)
    notices = queries.notices_about(found, may_know=True)
    return {
        "rows": presented.rows(found, places.of(found)),
        "verdict": (*presented.verdict_rows(verdict), *_chosen(found)),
        "between": bool(verdict and verdict.detail.get("candidates")),
        "prompts": _prompts(found, judged),
        "host": presented_host.standing(found),
        "host_in_short": presented_host.in_short(found),
        "meaning": presented_verdict.meaning(verdicts.meaning(found, judged)) if judged else None,
        **_approvals(request, found),
        "screening": _screening(request, found),
        "judgement": _judgement(request, found),
        **_considered(request, found, judged),
        "notices": presented_notices.outbox(notices, caption="Notices to the area’s authority"),
        "timeline": presented.timeline(queries.timeline(found, may_know=True)),
    }


def _considered(request: HttpRequest, found: Placement, judged: Judged | None) -> dict:
    """Why here and not nearer, for the roles that may read it; asked of a place out of area."""
    if not may(request.actor.role, "places_tried.read") or not (judged and judged.area.is_out_of_area):
        return {}
    showing("places_tried.read", "placement", [found.id])
    tried = presented_tried.table(found.places_tried.order_by("recorded_at", "id"))
    return {"reasons": presented_tried.reasons(found), "tried": tried}


def _chosen(found: Placement) -> tuple[Row, ...]:
    """Who chose the area, where the postcode lies in several."""
    choice = hosts.current(found)
    return (host_choice.row(choice),) if choice else ()


def _prompts(found: Placement, judged: Judged | None) -> Section | None:
    """What is worth thinking of where the law names no duty."""
    listed = prompts.of_placement(found, judged, on=today())
    return Section("Worth thinking of", tuple(finding(one) for one in listed)) if listed else None


def _closed(request: HttpRequest, found: Placement) -> dict:
    """The same for whoever holds no grant for a closed address: nothing that gives it away, its authority least."""
    own_events = [line for line in queries.timeline(found) if line.kind == "placement"]
    return {
        "rows": presented.rows(found, None),
        "verdict": presented.KEPT_CLOSED_ROWS,
        "timeline": presented.timeline(own_events),
    }


def _approvals(request: HttpRequest, found: Placement) -> dict:
    """The approvals that the present place needs, what is missing for each, and those that can be decided now."""
    if not may(request.actor.role, "approvals.read"):
        return {}
    asked = list(approvals.current(found))
    showing("approvals.read", "approval", [one.id for one in asked])
    is_on = found.status not in (Placement.Status.DECLINED, Placement.Status.WITHDRAWN)
    open_ones = [one for one in asked if not one.decision and is_on]
    items_of = {one: approvals.items(one, {}, at=now()) for one in open_ones}
    return {"approvals": presented_approvals.section(asked, items_of, found), "to_decide": open_ones}


def _screening(request: HttpRequest, found: Placement) -> Section | None:
    """The latest check, for the roles that may read it."""
    if not may(request.actor.role, "screenings.read"):
        return None
    showing("screenings.read", "placement", [found.id])
    latest = found.screenings.order_by("-at").first()
    return presented_screening.section(latest, on=today(), born_on=found.child.born_on)


def _judgement(request: HttpRequest, found: Placement) -> Section | None:
    """The judgement that holds now, for the roles that may read it."""
    if not may(request.actor.role, "judgements.read"):
        return None
    showing("judgements.read", "placement", [found.id])
    about = ledger.judgements_about(found, by=request.actor, at=now())
    return presented_judgement.section(about.filter(superseded_at=None).first(), found)


def _moment(
    request: HttpRequest, placement_id: UUID, action, moment: str, *, title: str, form_class=MomentForm
) -> HttpResponse:
    """A start or an end: a day and a time that lie behind us."""
    found = own_placement(request, placement_id)
    form = form_class(sent_in(request), initial={"version": found.version, "on": today()})
    if request.method == "POST" and form.is_valid():
        arguments = {"placement_id": found.id, moment: form.moment, **form.besides}
        if form.carry_out(action, **arguments, by=request.actor, at=now()):
            messages.success(request, "It is recorded.")
            return redirect("placement", placement_id=found.id)
    return page(request, "form", title=title, form=form, back=_back(found))


def _back(placement: Placement):
    return back_to("The placement", "placement", placement_id=placement.id)
