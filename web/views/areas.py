"""How does an owner look at one of its areas of concern, draw it, change it, share it and take it back?"""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from uuid import UUID

import shapely
from django.contrib import messages
from django.contrib.gis.geos import GEOSGeometry
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.acting import Actor
from db.clock import now, today
from geo.reading.features import NATIONAL_GRID
from hotspots import actions, drafting, states
from hotspots.models import Agreement, Hotspot, Share, Shown, StateChange, Version
from hotspots.overlay import previews
from hotspots.sharing import agreements
from placements.overlay import effect as effects
from placements.overlay.publishing import publish_after
from web.access import operation, own, showing
from web.forms.area import NOTHING, AreaForm, ChangeForm, LapseForm, PublishForm, ShareForm, WithdrawForm
from web.forms.base import Form
from web.presenters import areas_of_concern as presented
from web.presenters import shown as presented_shown
from web.presenters.navigation import may
from web.views.answers import back_to, page, sent_in
from web.views.drawing import frame_of
from web.views.looking import look_then_act

MOST_VERSIONS = 50
# The buttons of the map, which a keyboard reaches (web/static/draw.js).
DRAWING_STEPS = (
    ("add", "Add a corner in the middle"),
    ("remove", "Remove the chosen corner"),
    ("undo", "Undo"),
    ("nearer", "Nearer"),
    ("farther", "Farther"),
    ("north", "North"),
    ("south", "South"),
    ("west", "West"),
    ("east", "East"),
    ("part", "Begin another part"),
)


@operation("hotspots.read")
def area(request: HttpRequest, area_id: UUID) -> HttpResponse:
    hotspot, version = _found(request, area_id)
    showing("hotspots.read", "hotspot", [hotspot.id])
    shares = Share.objects.filter(hotspot=hotspot, superseded_at=None).select_related("partner", "agreement")
    versions = Version.objects.filter(hotspot=hotspot).defer("shape", "narrative", "received", "grading")
    context = {
        "rows": presented.summary(hotspot, version, today()),
        "shares": presented.shares(shares.order_by("partner__name")),
        "versions": presented.versions(versions.order_by("-number")[:MOST_VERSIONS]),
        "states": presented.states(StateChange.objects.filter(hotspot=hotspot).order_by("-at")),
        "steps": presented.steps(hotspot, may=lambda name: may(request.actor.role, name)),
    }
    if may(request.actor.role, "previews.ask"):
        context["previews"] = presented.previews(previews.of_area(hotspot.id)[:MOST_VERSIONS])
    if may(request.actor.role, "disclosures.read"):
        since = today() - timedelta(days=presented_shown.DAYS)
        rows = Shown.objects.filter(hotspot=hotspot, on__gt=since).select_related("reader")
        context["shown"] = presented_shown.of_area(rows)
    return page(request, "area_of_concern", title=f"Area of concern {hotspot.reference}", back=_back(), **context)


@operation("hotspots.draft", methods=("GET", "POST"))
def new_area(request: HttpRequest) -> HttpResponse:
    form = AreaForm(sent_in(request), initial={"system": "27700"})
    if request.method == "POST" and form.is_valid():

        def draft() -> Hotspot:
            return drafting.draft(reference=form.cleaned_data["reference"], **form.asked(), by=request.actor, at=now())

        if made := form.carry_out(draft):
            messages.success(request, "The area is saved as a draft. Nobody is told of it yet.")
            return redirect("area_of_concern", area_id=made.id)
    return page(
        request,
        "draw_area",
        title="Draw an area of concern",
        form=form,
        frame=frame_of(request, None),
        drawing_steps=DRAWING_STEPS,
        back=_back(),
    )


@operation("hotspots.revise", methods=("GET", "POST"))
def change_area(request: HttpRequest, area_id: UUID) -> HttpResponse:
    hotspot, version = _found(request, area_id)
    showing("hotspots.whole", "hotspot", [hotspot.id])
    form, effect = ChangeForm(sent_in(request), version=version), None
    if request.method == "POST" and form.is_valid():
        who = {"by": request.actor, "at": now()}

        def look() -> effects.Effect:
            return effects.preview(hotspot.id, shape=_drawn(form), **who)

        def revise(preview_id: UUID | None) -> Version | None:
            def asked() -> str:
                return effects.question(hotspot.id, shape=_drawn(form), **who)

            return publish_after(preview_id, asked, lambda: drafting.revise(hotspot.id, **form.asked(), **who), **who)

        done = "The area is changed. What was read before stays as it was."
        effect = look_then_act(request, form, look=look, act=revise, done=done)
        if effect is None and not form.errors:
            return redirect("area_of_concern", area_id=hotspot.id)
    lead = presented.what_a_change_does(hotspot)
    return page(
        request,
        "draw_area",
        title="Change an area of concern",
        form=form,
        lead=lead,
        effect=effect,
        frame=frame_of(request, version),
        drawing_steps=DRAWING_STEPS,
        back=_to(hotspot),
    )


@operation("hotspots.share", methods=("GET", "POST"))
def share_area(request: HttpRequest, area_id: UUID) -> HttpResponse:
    hotspot, _ = _found(request, area_id)
    partners = partners_of(request)
    form, effect = ShareForm(list(partners.items()), sent_in(request)), None
    if request.method == "POST" and form.is_valid():
        who, shares = {"by": request.actor, "at": now()}, _with(hotspot, form)

        def look() -> effects.Effect:
            return effects.preview(hotspot.id, shares=shares, **who)

        def share(preview_id: UUID | None) -> int | None:
            def asked() -> str:
                return effects.question(hotspot.id, shares=shares, **who)

            return publish_after(preview_id, asked, lambda: tell_partners([hotspot.id], form, **who), **who)

        effect = look_then_act(request, form, look=look, act=share, done="Saved. It holds from now on.")
        if effect is None and not form.errors:
            return redirect("area_of_concern", area_id=hotspot.id)
    context = {"form": form, "partners": partners, "effect": effect, "back": _to(hotspot)}
    return page(request, "share_area", title="Share an area of concern", **context)


def partners_of(request: HttpRequest) -> dict[str, str]:
    """The names, by id, of those with whom an agreement stands."""
    standing = own(request, Agreement.objects.filter(agreements.stands(now()))).select_related("partner")
    return {str(one.partner_id): one.partner.name for one in standing.order_by("partner__name")}


def tell_partners(hotspot_ids: Collection[UUID], form: ShareForm, *, by: Actor, at: datetime) -> int:
    """Let partners be told of these areas what the form says; how many shares are new, changed or ended."""
    given = form.cleaned_data
    whom = {"hotspot_ids": hotspot_ids, "partner_ids": given["partners"], "by": by, "at": at}
    if given["level"] == NOTHING:
        return actions.unshare(**whom)
    how = {"level": given["level"], "distance_metres": given["distance_metres"]}
    return actions.share(**whom, **how, needs_agreement=True)


def _drawn(form: ChangeForm) -> GEOSGeometry:
    return GEOSGeometry(memoryview(shapely.to_wkb(form.asked()["shape"])), srid=NATIONAL_GRID)


def _with(hotspot: Hotspot, form: ShareForm) -> dict[UUID, tuple[Share.Level, int]]:
    """Level and distance by partner, as they would be with what the form says."""
    given = form.cleaned_data
    shares = {
        one.partner_id: (Share.Level(one.level), one.distance_metres)
        for one in Share.objects.filter(hotspot=hotspot, superseded_at=None)
        if one.partner_id not in given["partners"]
    }
    if given["level"] != NOTHING:
        shares |= dict.fromkeys(given["partners"], (Share.Level(given["level"]), given["distance_metres"]))
    return shares


@operation("hotspots.publish", methods=("GET", "POST"))
def publish_area(request: HttpRequest, area_id: UUID) -> HttpResponse:
    hotspot, _ = _found(request, area_id)
    form, effect = PublishForm(sent_in(request)), None
    if request.method == "POST" and form.is_valid():
        who = {"by": request.actor, "at": now()}

        def publish(preview_id: UUID | None) -> Hotspot | None:
            def asked() -> str:
                return effects.question(hotspot.id, **who)

            return publish_after(preview_id, asked, lambda: actions.publish(hotspot.id, **who), **who)

        def look() -> effects.Effect:
            states.require(hotspot, Hotspot.State.SHARED)
            return effects.preview(hotspot.id, **who)

        effect = look_then_act(request, form, look=look, act=publish, done="It is published.")
        if effect is None and not form.errors:
            return redirect("area_of_concern", area_id=hotspot.id)
    lead = "From then on it counts for your own children's places, and for those with whom you share it."
    title = "Publish an area of concern"
    return page(request, "form", title=title, form=form, lead=lead, effect=effect, back=_to(hotspot))


@operation("hotspots.lapse", methods=("GET", "POST"))
def lapse_area(request: HttpRequest, area_id: UUID) -> HttpResponse:
    lead = "Nobody is told of it until you publish it again."
    return _step(request, area_id, LapseForm, actions.lapse, "Let an area lapse", "It has lapsed.", lead)


@operation("hotspots.withdraw", methods=("GET", "POST"))
def withdraw_area(request: HttpRequest, area_id: UUID) -> HttpResponse:
    lead = "Nobody is told of it any more, for good. A new area needs a new reference."
    return _step(request, area_id, WithdrawForm, actions.withdraw, "Withdraw an area", "It is withdrawn.", lead)


def _step(
    request: HttpRequest, area_id: UUID, form_class: type[Form], action: Callable, title: str, done: str, lead: str
) -> HttpResponse:
    hotspot, _ = _found(request, area_id)
    form = form_class(sent_in(request))
    if (
        request.method == "POST"
        and form.is_valid()
        and form.carry_out(action, hotspot_id=hotspot.id, **form.cleaned_data, by=request.actor, at=now())
    ):
        messages.success(request, done)
        return redirect("area_of_concern", area_id=hotspot.id)
    return page(request, "form", title=title, form=form, lead=lead, back=_to(hotspot))


def _found(request: HttpRequest, area_id: UUID) -> tuple[Hotspot, Version]:
    hotspot = own(request, Hotspot.objects.filter(id=area_id)).get()
    return hotspot, Version.objects.select_related("hotspot").get(hotspot=hotspot, superseded_at=None)


def _back():
    return back_to("Areas of concern", "areas_of_concern")


def _to(hotspot: Hotspot):
    return back_to(f"Area of concern {hotspot.reference}", "area_of_concern", area_id=hotspot.id)
