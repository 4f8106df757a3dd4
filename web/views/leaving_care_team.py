"""What does a leaving-care manager see? Six lists on one page, one of them open, each with its number."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from accounts.models import User
from db.clock import now, today
from duties.roster import Roster
from leaving_care import overviews, team
from web.access import operation, own, showing
from web.presenters import duty as presented_duties
from web.presenters import young_people as presented
from web.presenters.elements import Table
from web.views.answers import back_to, page, paged
from web.views.leaving_care import lines

DUTIES, YOUNG_PEOPLE, AGES = "duty", "child", "ages"


@dataclass(frozen=True)
class View:
    """One list: how it is asked for, what it is called, what it holds and how it is read."""

    key: str
    title: str
    rows: Callable[..., QuerySet]
    holds: str = YOUNG_PEOPLE


VIEWS = (
    View("late", "Late, by who can act", team.late, DUTIES),
    View("unowned", "Owed, and nobody has it", team.unowned, DUTIES),
    View("no-adviser", "Without an adviser", team.without_adviser),
    View("no-reply", "A host has a handover and has not replied yet", team.awaiting_reply),
    View("ages", "Turning 16, 17 and a half, 18 or 21 within 90 days", team.turning_soon, AGES),
    View("elsewhere", "Living in another authority’s area", team.out_of_area),
)


@operation("leaving_care.team")
def leaving_care_team(request: HttpRequest) -> HttpResponse:
    """The list asked for by `?show=`, else the first that holds anything."""
    on, authority_id = today(), request.actor.authority_id
    rows = {view: own(request, view.rows(authority_id, on=on)) for view in VIEWS}
    counts = {view: found.count() for view, found in rows.items()}
    asked = next((view for view in VIEWS if view.key == request.GET.get("show")), None)
    shown = asked or next((view for view in VIEWS if counts[view]), VIEWS[0])
    found = paged(request, rows[shown])
    showing("leaving_care.team", "duty" if shown.holds == DUTIES else "child", [one.id for one in found])
    return page(
        request,
        "leaving_care_team",
        title="Leaving care: the team",
        back=back_to("Leaving care", "leaving_care"),
        views=[(view.key, view.title, counts[view], view is shown) for view in VIEWS],
        found=found,
        tables=_tables(shown, list(found), authority_id, on, request),
    )


def _tables(view: View, found: list, authority_id: UUID, on: date, request: HttpRequest) -> list[Table]:
    if view.holds == DUTIES:
        roster = Roster(authority_id, on=on)
        return presented_duties.grouped(found, now(), roster=roster, reader_id=request.actor.person_id)
    if view.holds == YOUNG_PEOPLE:
        return [lines(found, caption=view.title)]
    read = overviews.lines(found, on=on)
    names = dict(User.objects.filter(id__in=[line.adviser_id for line in read]).values_list("id", "name"))
    return [presented.ages(read, caption=view.title, names=names, areas=presented.area_names_of(read))]
