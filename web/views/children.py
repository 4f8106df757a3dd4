"""Which children does the authority look after, and what is recorded of one?"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from db.clock import now, today
from duties.board import about
from leaving_care.entitlements import entitlement_of
from placements import missing, queries
from placements.actions.children import register_child
from placements.actions.identify import identify_child
from placements.exceptions import ChildNotFound
from placements.models import Child
from placements.overlay import ledger
from placements.owed import found_again
from web.access import operation, own, showing
from web.forms.child import ChildForm, IdentifyForm, SearchForm
from web.presenters import child as presented
from web.presenters import concern as presented_concerns
from web.presenters import duty as presented_duties
from web.presenters import missing as presented_missing
from web.presenters import placement as presented_placements
from web.presenters.elements import Table
from web.presenters.navigation import may
from web.views.answers import back_to, page, paged, sent_in

SEARCH = "children_search"
CAPTION_OF_DUTIES = "Owed to this child on leaving care"


@operation("children.read", methods=("GET", "POST"))
def children(request: HttpRequest) -> HttpResponse:
    """The list. A search is kept in the session: its words are a name, and stay out of the address."""
    form = SearchForm(sent_in(request), initial={"words": request.session.get(SEARCH, "")})
    if request.method == "POST" and form.is_valid():
        request.session[SEARCH] = form.cleaned_data["words"]
        return redirect("children")
    found = paged(request, own(request, queries.children(request.session.get(SEARCH, ""))))
    showing("children.read", "child", [child.id for child in found])
    return page(request, "children", title="Children", form=form, found=found, table=presented.table(found))


@operation("children.register", methods=("GET", "POST"))
def register(request: HttpRequest) -> HttpResponse:
    form = ChildForm(sent_in(request))
    if request.method == "POST" and form.is_valid():
        child = form.carry_out(register_child, **form.cleaned_data, by=request.actor, at=now())
        if child:
            messages.success(request, "The child is registered.")
            return redirect("child", child_id=child.id)
    return page(request, "form", title="Register a child", form=form, back=back_to("Children", "children"))


@operation("children.read")
def child(request: HttpRequest, child_id: UUID) -> HttpResponse:
    found = own_child(request, child_id)
    showing("children.read", "child", [found.id])
    placements = presented_placements.table(own(request, queries.of_child(found)), caption="Placements")
    owed = presented_duties.table(own(request, about("child", found.id)), now(), caption=CAPTION_OF_DUTIES)
    context = {"placements": placements, "duties": owed, "move": reverse("new_placement", query={"child": found.id})}
    context |= {"is_provisional": found.reference.startswith(found_again.PROVISIONAL)}
    context |= {"child": found, "concerns": _concerns(request, found), "missing": _missing(request, found)}
    context |= presented.record(found, entitlement_of(found, on=today()))
    return page(request, "child", title="A child’s record", back=back_to("Children", "children"), **context)


@operation("children.identify", methods=("GET", "POST"))
def identify(request: HttpRequest, child_id: UUID) -> HttpResponse:
    found = own_child(request, child_id)
    names = ("given_name", "family_name", "born_on", "sex")
    form = IdentifyForm(sent_in(request), initial={name: getattr(found, name) for name in names})
    if request.method == "POST" and form.is_valid():
        arguments = {"child_id": found.id, "by": request.actor, "at": now()}
        if form.carry_out(identify_child, **form.cleaned_data, **arguments):
            messages.success(request, "It is recorded who the child is. What was sent before stays as it was sent.")
            return redirect("child", child_id=found.id)
    back = back_to("The child’s record", "child", child_id=found.id)
    return page(request, "form", title="Say who this child is", form=form, back=back)


def _concerns(request: HttpRequest, found: Child) -> Table | None:
    """The child's concerns about exploitation, for the roles that may read them."""
    if not may(request.actor.role, "concerns.read"):
        return None
    concerns = list(own(request, ledger.concerns_about(found)))
    showing("concerns.read", "concern", [one.id for one in concerns])
    return presented_concerns.table(concerns, today())


def _missing(request: HttpRequest, found: Child) -> Table:
    """When the child was missing; whoever may read the child's record may read this."""
    reports = list(own(request, queries.missing_reports().filter(child=found)))
    showing("missing.read", "missing_report", [one.id for one in reports])
    exchanges = missing.exchanges_known_to(request.actor, reports, at=now())
    return presented_missing.table(reports, exchanges, caption="Missing, or away", empty="Never reported missing here.")


def own_child(request: HttpRequest, child_id: UUID) -> Child:
    """A child of the authority acted for; another's and an absent one are the same."""
    found = own(request, Child.objects.filter(id=child_id)).first()
    if found is None:
        raise ChildNotFound
    return found
