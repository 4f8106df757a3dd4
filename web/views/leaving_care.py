"""Whom does an adviser have, and what is owed to each?"""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from accounts.models import User
from accounts.roles import Role
from db.clock import today
from duties import board
from duties.roster import Roster
from leaving_care import facts, milestone_duties, oc3, overviews
from leaving_care.living import whereabouts_of
from leaving_care.models import Circumstance, Handover, ReturnAnswer, Step
from placements.exceptions import ChildNotFound
from placements.models import Child
from placements.owed import calendar
from web.access import operation, own, showing
from web.presenters import duty as presented_duties
from web.presenters import leaving_care as presented
from web.presenters import young_people as presented_young_people
from web.presenters import young_person as presented_young_person
from web.presenters.elements import Table
from web.presenters.navigation import may
from web.views.answers import back_to, page, paged


@operation("leaving_care.list")
def young_people(request: HttpRequest) -> HttpResponse:
    """An adviser's own and covered ones; for everybody else all of the authority's."""
    on, actor = today(), request.actor
    is_adviser = actor.role == Role.LEAVING_CARE_ADVISER
    rows = overviews.mine(actor, on=on) if is_adviser else overviews.in_view(actor.authority_id, on=on)
    found = paged(request, own(request, rows))
    showing("leaving_care.list", "child", [child.id for child in found])
    caption = "My young people" if is_adviser else "Young people"
    table = lines(list(found), caption=caption, reader_id=actor.person_id if is_adviser else None)
    this_year = oc3.year_ending(on)
    years = (this_year, this_year - 1)
    return page(request, "young_people", title="Leaving care", found=found, table=table, return_years=years)


@operation("leaving_care.read")
def young_person(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """First who stays responsible, what is next and by whom; then what stands behind it, chapter by chapter."""
    child, on = own_child(request, child_id), today()
    known = facts.of_child(child, on=on)
    answer, found = milestone_duties.milestones_of(known, on=on, holidays=calendar.holidays())
    role = request.actor.role
    may_record = may(role, "leaving_care.record")
    showing("leaving_care.read", "child", [child.id])
    areas = presented.area_names([known])
    owed = list(own(request, milestone_duties.open_duties([child]).order_by(*board.IN_ORDER)))
    context = {
        "child": child,
        "name": child.name,
        "entitlement": presented.entitlement(answer),
        "at_18": presented.at_18(answer, authority=child.authority.name),
        "milestones": presented.milestones(found, on),
        "milestones_done": presented.milestones_done(found, on),
        "homes": presented.homes(known, areas),
        "whereabouts": presented.whereabouts(whereabouts_of(known, answer, on=on)),
        "return_answers": presented.return_answers(own(request, _return_answers(child))),
        "records": presented.records(known),
        "return_note": oc3.return_note(known, on=on),
        "facts": presented.facts(own(request, _facts(child)), may_change=may_record),
        "steps": presented.steps(own(request, _steps(child)), may_take_back=may_record),
        "duties": presented_duties.table(owed, on, caption="Owed now", is_about_one=True),
    }
    context |= _at_a_glance(request, child, areas, is_telling_owed=any(one.kind == "tell_authority" for one in owed))
    return page(
        request,
        "young_person",
        title="A young person’s leaving care",
        back=back_to("Leaving care", "leaving_care"),
        **context,
    )


def _at_a_glance(request: HttpRequest, child: Child, areas: dict[str, str], *, is_telling_owed: bool) -> dict:
    """What is read first; with the handovers for whoever reads those."""
    on = today()
    line = overviews.lines([child], on=on)[0]
    names = dict(User.objects.filter(id=line.adviser_id).values_list("id", "name"))
    roster = Roster(request.actor.authority_id, on=on)
    told, context = None, {}
    if may(request.actor.role, "leaving_care.read_handovers"):
        handovers = list(own(request, _handovers(child)))
        drafts = tuple(one for one in handovers if one.sent_at is None and one.dropped_at is None)
        told = presented_young_person.Told(overviews.read_at(line), drafts)
        confirm = presented_young_person.to_confirm(line, told, is_telling_owed=is_telling_owed)
        context = {"handovers": presented.handovers(handovers), "to_confirm": confirm, "last": line.handover}
    rows = presented_young_person.at_a_glance(line, told=told, roster=roster, names=names, areas=areas, on=on)
    return context | {"rows": rows}


def lines(children: list[Child], *, caption: str, reader_id: UUID | None = None) -> Table:
    """A line for each young person; those of somebody whom the reader covers are marked with that name."""
    on = today()
    found = overviews.lines(children, on=on)
    names = dict(User.objects.filter(id__in=[line.adviser_id for line in found]).values_list("id", "name"))
    areas = presented_young_people.area_names_of(found)
    return presented_young_people.lines(found, caption=caption, on=on, names=names, areas=areas, reader_id=reader_id)


def own_child(request: HttpRequest, child_id: UUID) -> Child:
    """A young person of the authority acted for; another's and an absent one are the same."""
    found = own(request, Child.objects.select_related("authority").filter(id=child_id)).first()
    if found is None:
        raise ChildNotFound
    return found


def _facts(child: Child):
    return Circumstance.objects.filter(child=child, superseded_at=None).order_by("starts_on", "id")


def _steps(child: Child):
    return Step.objects.filter(child=child, superseded_at=None).order_by("-done_on", "-recorded_at")


def _return_answers(child: Child):
    return ReturnAnswer.objects.filter(child=child, superseded_at=None).order_by("age")


def _handovers(child: Child):
    return Handover.objects.filter(child=child).select_related("host").order_by("-begun_at")
