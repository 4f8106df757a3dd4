"""What does the authority owe, who can act on it, and how is it closed, given away and handed over?"""

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts import cover
from accounts.models import User
from db.clock import now, today
from duties import board, bulk, handling
from duties.bulk import Result
from duties.models import Duty
from duties.roster import Roster
from web.access import operation, own, showing
from web.forms.duty import GIVE, MET, MINE, NOBODYS, CloseForm, FilterForm, HandOverForm, ManyForm, People, WhyLateForm
from web.presenters import duty as presented
from web.views.answers import back_to, page, paged, sent_in


@operation("duties.read")
def duties(request: HttpRequest) -> HttpResponse:
    on, authority_id = today(), request.actor.authority_id
    listed = own(request, board.by_holder(authority_id, on=on))
    filters = FilterForm(_owners(request), _distinct(request, "team"), _distinct(request, "kind"), request.GET)
    found = paged(request, _narrowed(request, listed, filters))
    showing("duties.read", "duty", [duty.id for duty in found])
    return page(
        request,
        "duties",
        title="Duties",
        found=found,
        filters=filters,
        unowned=board.unowned(authority_id, on=on).count(),
        tables=presented.grouped(
            found,
            now(),
            roster=Roster(authority_id, on=on),
            reader_id=request.actor.person_id,
            is_choosable=cover.permits("duties.bulk", request.actor),
        ),
    )


@operation("duties.read")
def duty(request: HttpRequest, duty_id: UUID) -> HttpResponse:
    found = own(request, Duty.objects.filter(id=duty_id)).get()
    showing("duties.read", "duty", [found.id])
    return page(
        request,
        "duty",
        title=found.title,
        back=back_to("Duties", "duties"),
        duty=found,
        is_late=board.is_late(found, now()),
        rows=presented.rows(found, now(), Roster(found.authority_id, on=today())),
        history=presented.history(found),
    )


@operation("duties.close", methods=("GET", "POST"))
def close(request: HttpRequest, duty_id: UUID) -> HttpResponse:
    found = own(request, Duty.objects.filter(id=duty_id)).get()
    form = CloseForm(sent_in(request))
    if request.method == "POST" and form.is_valid():
        at = now()
        if form.carry_out(handling.close, duty_id=found.id, **form.told(at), by=request.actor, at=at):
            messages.success(request, "The duty is closed.")
            return redirect("duty", duty_id=found.id)
    back = back_to("The duty", "duty", duty_id=found.id)
    return page(request, "form", title="Close a duty", form=form, lead=found.title, back=back)


@operation("duties.say_why_late", methods=("GET", "POST"))
def why_late(request: HttpRequest, duty_id: UUID) -> HttpResponse:
    found = own(request, Duty.objects.filter(id=duty_id)).get()
    form = WhyLateForm(sent_in(request))
    arguments = {"by": request.actor, "at": now()}
    if request.method == "POST" and form.is_valid():
        handling.say_why_late(found.id, **form.cleaned_data, **arguments)
        messages.success(request, "It is written down. That it is late stays a fact.")
        return redirect("duty", duty_id=found.id)
    back = back_to("The duty", "duty", duty_id=found.id)
    return page(request, "form", title="Say why a duty is late", form=form, lead=found.title, back=back)


@operation("duties.bulk", methods=("GET", "POST"))
def many(request: HttpRequest) -> HttpResponse:
    """The duties ticked on the board, for one action; each then says what came of it."""
    ticked = _ticked(request)
    if not ticked:
        messages.info(request, "Tick the duties that you mean.")
        return redirect("duties")
    found = list(own(request, Duty.objects.filter(id__in=ticked).order_by(*board.IN_ORDER)))
    if not found:
        raise Http404
    showing("duties.bulk", "duty", [one.id for one in found])
    choices, initial = presented.choices(found), {"duty": [str(one.id) for one in found]}
    form = ManyForm(choices, _people(request), sent_in(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        results = form.carry_out(_carry_out_many, request=request, **form.cleaned_data)
        if results is not None:
            return _results(request, results)
    return page(request, "form", title="The same for several duties", form=form, back=back_to("Duties", "duties"))


@operation("duties.hand_over", methods=("GET", "POST"))
def hand_over(request: HttpRequest) -> HttpResponse:
    form = HandOverForm(_owners(request), _people(request), sent_in(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        people = {"from_id": given["whose"], "to_id": given["owner"]}
        results = form.carry_out(bulk.hand_over, **people, by=request.actor, at=now())
        if results is not None:
            return _results(request, results)
    return page(request, "form", title="Hand over a person’s work", form=form, back=back_to("Duties", "duties"))


def _carry_out_many(*, request: HttpRequest, duty: list[str], outcome: str, owner, words: str) -> list[Result]:
    duty_ids, done = [UUID(one) for one in duty], {"by": request.actor, "at": now()}
    if outcome == GIVE:
        return bulk.give_each(duty_ids, to_id=owner, **done)
    return bulk.close_each(duty_ids, **_words(outcome, words), **done)


def _results(request: HttpRequest, results: list[Result]) -> HttpResponse:
    done = sum(one.is_done for one in results)
    lead = f"Done: {done}. Not done: {len(results) - done}."
    return page(
        request,
        "results",
        title="What came of each duty",
        lead=lead,
        table=presented.results(results),
        back=back_to("Duties", "duties"),
    )


def _words(closing: str, words: str) -> dict[str, str]:
    return {"evidence": words} if closing == MET else {"reason": words}


def _narrowed(request: HttpRequest, rows: QuerySet[Duty], filters: FilterForm) -> QuerySet[Duty]:
    if not filters.is_valid():
        return rows
    asked = {name: value for name, value in filters.cleaned_data.items() if value}
    match asked.pop("who", ""):
        case "":
            return rows.filter(**asked)
        case who if who == MINE:
            waiting = board.waiting_for(request.actor, on=today())
        case who if who == NOBODYS:
            waiting = board.unowned(request.actor.authority_id, on=today())
        case who:
            return rows.filter(**asked, owner_id=who)
    return rows.filter(**asked, id__in=waiting.values("id"))


def _ticked(request: HttpRequest) -> list[UUID]:
    """The duties named in the request; what is no id names nothing."""
    named = (request.POST if request.method == "POST" else request.GET).getlist("duty")
    try:
        return [UUID(one) for one in named]
    except ValueError as error:
        raise Http404 from error


def _people(request: HttpRequest) -> People:
    """Everybody to whom a duty can be given today."""
    rows = board.people_who_may_act(request.actor.authority_id, on=today())
    return list({str(one.user_id): one.user.name for one in rows}.items())


def _owners(request: HttpRequest) -> People:
    """Everybody who has an open duty, be they gone."""
    owning = own(request, board.open_duties()).exclude(owner=None).order_by().values("owner_id")
    return [(str(one.id), one.name) for one in User.objects.filter(id__in=owning).order_by("name", "id")]


def _distinct(request: HttpRequest, column: str) -> list[str]:
    rows = own(request, board.open_duties()).exclude(**{column: ""}).order_by(column)
    return list(rows.values_list(column, flat=True).distinct())
