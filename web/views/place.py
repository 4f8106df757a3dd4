"""Whose area does a place lie in, and what does that mean? Asked without naming a child."""

from django.http import HttpRequest, HttpResponse

from db.clock import today
from geo.models import Authority
from notifications.directory import directory
from placements.place.jurisdiction import Question, meaning_of, verdict
from web.access import operation
from web.forms.place import PlaceForm
from web.presenters import verdict as presented
from web.views.answers import page, sent_in

TITLE = "Whose area is it, and what does that mean?"


@operation("jurisdiction.ask", methods=("GET", "POST"))
def place(request: HttpRequest) -> HttpResponse:
    form = PlaceForm(sent_in(request), initial={"on": today()})
    answer = None
    if request.method == "POST" and form.is_valid():
        answer = form.carry_out(_ask, authority_id=request.actor.authority_id, **form.cleaned_data)
    return page(request, "place", title=TITLE, form=form, **(_shown(answer) if answer else {}))


def _ask(*, authority_id, on, **where):
    """The verdict for the actor's own authority."""
    return verdict(authority=Authority.objects.get(id=authority_id), on=on, question=Question(**where))


def _shown(answer) -> dict:
    shown = {"rows": presented.rows(answer), "meaning": presented.meaning(meaning_of(answer))}
    if answer.place.host and answer.area.is_out_of_area:
        host = answer.place.host
        shown["telephone"] = presented.telephone(host, directory.current_contacts(host.id, answer.on))
    return shown
