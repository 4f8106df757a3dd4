"""How does an adviser get what is due into a calendar of their own, and a team the return's file?"""

import io
import re
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.acting import acting_for, service
from db.clock import now, today
from leaving_care import feeds, oc3
from web.access import operation, own, showing
from web.forms.base import Form
from web.views.answers import back_to, page, sent_in

PURPOSE = "calendar feed"


class FeedForm(Form):
    button = "Make a new address"


@operation("leaving_care.feed", methods=("GET", "POST"))
def calendar_feed(request: HttpRequest) -> HttpResponse:
    """The address of the person's own feed, told once; making a new one ends the old one."""
    form, address = FeedForm(sent_in(request)), ""
    if request.method == "POST" and form.is_valid():
        key = feeds.new_key(by=request.actor, at=now())
        address = request.build_absolute_uri(reverse("feed", args=[request.actor.authority_id, key]))
    lead = (
        "Your calendar program asks this address for what is due to you: kinds and days, no name. Whoever has the "
        "address reads that much, so keep it to yourself. A new address ends the old one."
    )
    back = back_to("Leaving care", "leaving_care")
    return page(
        request, "calendar_feed", title="In your own calendar", form=form, lead=lead, address=address, back=back
    )


@require_safe
def feed(request: HttpRequest, authority_id: UUID, key: str) -> HttpResponse:
    """The feed of whoever the key was made for. Asked by a calendar program, which does not sign in."""
    with acting_for(service(authority_id), PURPOSE):
        person_id = feeds.person_of(key, authority_id=authority_id, on=today())
        if person_id is None:
            raise Http404
        body = feeds.calendar_of(person_id, authority_id=authority_id, at=now())
    return HttpResponse(body, content_type="text/calendar; charset=utf-8")


@operation("leaving_care.export")
def export_oc3(request: HttpRequest) -> HttpResponse:
    """The recorded answers of one return year, in the shape of its file OC3.csv; of this one unless asked for another."""
    asked = request.GET.get("year", "")
    ending = int(asked) if re.fullmatch("20[0-9]{2}", asked) else oc3.year_ending(today())
    answers = oc3.of_year(own(request, oc3.current_answers()), ending)
    out = io.StringIO()
    oc3.write(answers, out)
    showing("leaving_care.export", "child", [answer.child_id for answer in answers])
    headers = {"Content-Disposition": f'attachment; filename="OC3-{ending}.csv"'}
    return HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)
