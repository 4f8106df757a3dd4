"""What do people think of a place, how is that written and talked through, and where does it differ from what is shared?"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from db.clock import now, today
from placements.actions import judgements as actions
from placements.exceptions import JudgementNotFound, KeptClosed
from placements.models import Placement
from placements.overlay import ledger
from placements.place.grants import held
from placements.telling import consultations
from web.access import operation, own, showing
from web.forms.judgement import ConversationForm, JudgementForm, PeriodForm
from web.presenters import host as presented_host
from web.presenters import judgement as presented
from web.presenters import screening as presented_screening
from web.presenters.elements import Link
from web.views.answers import back_to, page, sent_in
from web.views.placements import own_placement


@operation("judgements.read")
def judgements(request: HttpRequest, placement_id: UUID) -> HttpResponse:
    """Every judgement about a placement's place, the newest first."""
    found = _open_placement(request, placement_id)
    written = list(own(request, ledger.judgements_about(found, by=request.actor, at=now())))
    showing("judgements.read", "judgement", [one.id for one in written])
    return page(
        request,
        "judgements",
        title="What people think of a place",
        back=_back(found),
        placement=found,
        written=[presented.whole(one) for one in written],
    )


@operation("judgements.write", methods=("GET", "POST"))
def write(request: HttpRequest, placement_id: UUID) -> HttpResponse:
    found = _open_placement(request, placement_id)
    read, before = actions.latest_screening(found), actions.current_judgement(found)
    showing("judgements.write", "placement", [found.id])
    ids = {"screening": read.id if read else None, "supersedes": before.id if before else None}
    asked = consultations.about(found)
    showing("consultations.read", "document", [one.id for one in asked])
    form = JudgementForm(read, sent_in(request), initial=ids | presented.quoted(asked))
    if request.method == "POST" and form.is_valid():
        arguments = {"placement_id": found.id, "by": request.actor, "at": now()}
        if form.carry_out(actions.write_judgement, **form.answers, **arguments):
            messages.success(request, "Your judgement is saved. A supervisor talks it through with you.")
            return redirect("judgements", placement_id=found.id)
    return page(
        request,
        "write_judgement",
        title="Write a judgement about this place",
        form=form,
        back=_back(found),
        screening=presented_screening.section(read, on=today(), born_on=found.child.born_on),
        consultations=presented_host.consultations(asked),
    )


@operation("conversations.record", methods=("GET", "POST"))
def conversation(request: HttpRequest) -> HttpResponse:
    """One conversation about whichever judgements wait for one."""
    waiting = ledger.waiting_for_a_conversation(by=request.actor, at=now())
    showing("conversations.record", "judgement", [one.id for one in waiting])
    if request.method == "POST" and not waiting:
        raise JudgementNotFound
    form = ConversationForm(waiting, sent_in(request), initial={"on": today()})
    if request.method == "POST" and form.is_valid():
        arguments = {"held_at": form.held_at, "words": form.words, "by": request.actor, "at": now()}
        if form.carry_out(actions.record_conversation, **arguments):
            messages.success(request, "The conversation is recorded.")
            return redirect("conversation")
    return page(request, "conversation", title="Record a conversation", form=form, waiting=waiting)


@operation("disagreements.read", methods=("GET", "POST"))
def disagreements(request: HttpRequest) -> HttpResponse:
    """The two counts of a period, and the words; this month's until another period is asked for."""
    starts_on, ends_on = ledger.this_month(now())
    form = PeriodForm(sent_in(request), initial={"starts_on": starts_on, "ends_on": ends_on})
    if request.method == "POST" and form.is_valid():
        starts_on, ends_on = form.cleaned_data["starts_on"], form.cleaned_data["ends_on"]
    period = {"starts_on": starts_on, "ends_on": ends_on}
    found = list(ledger.disagreements(request.actor.authority_id, **period))
    showing("disagreements.read", "judgement", [one.id for one in found])
    return page(
        request,
        "disagreements",
        title="Where judgements differ from what is shared",
        form=form,
        counts=presented.counts(ledger.counts(request.actor.authority_id, **period)),
        words=presented.ledger(found),
    )


def _open_placement(request: HttpRequest, placement_id: UUID) -> Placement:
    found = own_placement(request, placement_id)
    if found.is_restricted and found.id not in held([found], by=request.actor, at=now()):
        raise KeptClosed
    return found


def _back(placement: Placement) -> Link:
    return back_to("The placement", "placement", placement_id=placement.id)
