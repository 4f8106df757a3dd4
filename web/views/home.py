"""What needs this person now?"""

from collections.abc import Iterator
from datetime import timedelta

from django.http import HttpRequest, HttpResponse

from accounts import cover, drafts
from accounts.roles import Role
from db.clock import now, today
from duties import away, board
from duties.roster import Roster
from leaving_care import overviews
from notifications import documents
from placements import queries
from placements.approving import approvals
from placements.overlay import new_lines
from web.access import operation, own, showing
from web.presenters import absence as presented_absences
from web.presenters import approval as presented_approvals
from web.presenters import draft as presented_drafts
from web.presenters import duty as presented_duties
from web.presenters import notice as presented_notices
from web.presenters import placement as presented_placements
from web.presenters.elements import Table
from web.presenters.navigation import may
from web.views.absences import meanwhile
from web.views.answers import ROWS_ON_A_PAGE, page

DAYS_AHEAD = 7
# How long the first page asks to look at what was done meanwhile.
AFTER_AN_ABSENCE = timedelta(days=14)


@operation("home.read")
def home(request: HttpRequest) -> HttpResponse:
    tables = [*_approvals(request), *_duties(request), *_notices(request), *_unplaced(request)]
    return page(
        request,
        "home",
        title="What needs me now",
        tables=tables,
        before_we_began=_before_we_began(request),
        unowned=_unowned(request),
        new_lines=_new_lines(request),
        new_in_leaving_care=_new_in_leaving_care(request),
        was_away=_was_away(request),
        drafts=_drafts(request),
    )


def _new_lines(request: HttpRequest) -> int:
    """How many lines the person has not read; a number tells nothing of a place."""
    return new_lines.unread_count(request.actor) if may(request.actor.role, "new_lines.read") else 0


def _new_in_leaving_care(request: HttpRequest) -> int:
    """How many duties of leaving care came to the person these last days; 0 for a role that does not work there."""
    return overviews.new_count(request.actor, at=now()) if may(request.actor.role, "leaving_care.list") else 0


def _approvals(request: HttpRequest) -> Iterator[Table]:
    """For whoever can approve: what waits for them, and what others recorded for them."""
    if cover.permits("approvals.decide", request.actor):
        found = own(request, approvals.waiting_for(request.actor, at=now()))[:ROWS_ON_A_PAGE]
        recorded = own(request, approvals.to_confirm(request.actor))[:ROWS_ON_A_PAGE]
        showing("approvals.read", "approval", [one.id for one in (*found, *recorded)])
        yield presented_approvals.waiting(found)
        yield presented_approvals.to_confirm(recorded)


def _duties(request: HttpRequest) -> Iterator[Table]:
    if cover.permits("duties.read", request.actor):
        found = own(request, board.needs(request.actor, on=today(), within_days=DAYS_AHEAD))[:ROWS_ON_A_PAGE]
        showing("duties.read", "duty", [duty.id for duty in found])
        marks = presented_duties.marks(found, Roster(request.actor.authority_id, on=today()), request.actor.person_id)
        empty = f"Nothing of yours is late or due within {DAYS_AHEAD} days."
        yield presented_duties.table(found, now(), caption="Late, or due soon", empty=empty, marks=marks)


def _notices(request: HttpRequest) -> Iterator[Table]:
    if may(request.actor.role, "notices.acknowledge"):
        found = documents.unread_first(request.actor.authority_id).filter(is_waiting=True)[:ROWS_ON_A_PAGE]
        showing("notices.received", "document", [one.id for one in found])
        yield presented_notices.inbox(
            found, caption="Notices that nobody has read yet", empty="Every notice has been read."
        )


def _unplaced(request: HttpRequest) -> Iterator[Table]:
    if may(request.actor.role, "placements.read"):
        for caption, rows in (
            ("Where is this child? We cannot tell whose area the place lies in", queries.without_an_answer(today())),
            ("Not yet checked against shared areas of concern", queries.not_checked_yet(today())),
        ):
            found = own(request, rows)[:ROWS_ON_A_PAGE]
            showing("placements.read", "placement", [one.id for one in found])
            yield presented_placements.table(found, caption=caption, empty="None.")


def _drafts(request: HttpRequest) -> list[presented_drafts.Unsent]:
    """What this person had begun for this authority, and not sent."""
    return presented_drafts.unsent(drafts.waiting(by=request.actor))


def _before_we_began(request: HttpRequest) -> int:
    """How many placements wait on that list; 0 for a role that cannot answer it."""
    if not may(request.actor.role, "placements.state_told_before"):
        return 0
    return own(request, queries.before_we_began()).count()


def _unowned(request: HttpRequest) -> int:
    """How many duties no person has, for a manager to give away; 0 for anybody else."""
    if request.actor.role != Role.MANAGER:
        return 0
    return board.unowned(request.actor.authority_id, on=today()).count()


def _was_away(request: HttpRequest) -> str:
    """What came of a cover of the person's own work that ended a short while ago, in a sentence; else nothing."""
    if not may(request.actor.role, "duties.while_away"):
        return ""
    absence = next(iter(away.absences(request.actor, on=today())), None)
    if absence is None or absence.until <= now() - AFTER_AN_ABSENCE:
        return ""
    return presented_absences.in_short(away.done_for(request.actor, absence), **meanwhile(request, absence))


def about(request: HttpRequest) -> HttpResponse:
    """What Placewatch is, whose data it shows, and what it does not do. Open to all: it shows nothing of anybody."""
    return page(request, "about", title="About Placewatch")
