"""How is it chosen for many areas at once what partners are told? For those that the list shows, after one look."""

from collections.abc import Collection
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from db.clock import now
from hotspots.models import Hotspot
from placements.overlay import effect as effects
from placements.overlay.publishing import publish_after
from web.access import operation, own
from web.forms.area import ShareForm
from web.views.answers import back_to, page, sent_in
from web.views.areas import partners_of, tell_partners
from web.views.looking import look_then_act
from web.views.sharing import find_form


@operation("hotspots.share", methods=("GET", "POST"))
def share_many(request: HttpRequest) -> HttpResponse:
    """All areas that the address asks for, those withdrawn apart."""
    rows = own(request, Hotspot.objects.exclude(state=Hotspot.State.WITHDRAWN))
    meant = sorted(find_form(request).of(rows).values_list("id", flat=True))
    if not meant:
        messages.info(request, "None of your own areas that can be shared is like this.")
        return redirect("areas_of_concern")
    partners = partners_of(request)
    form, effect = ShareForm(list(partners.items()), sent_in(request)), None
    if request.method == "POST" and form.is_valid():
        who = {"by": request.actor, "at": now()}
        how = {name: form.cleaned_data[name] for name in ("partners", "level", "distance_metres")}

        def asked() -> str:
            return effects.question_of_many(meant, **who, **how)

        def act() -> Collection[UUID]:
            tell_partners(meant, form, **who)
            return meant

        def look() -> effects.Effect:
            return effects.preview_of_many(asked(), act, **who)

        def share(preview_id: UUID | None) -> Collection[UUID] | None:
            return publish_after(preview_id, asked, act, **who)

        effect = look_then_act(request, form, look=look, act=share, done=f"Saved for {_areas(meant)}.")
        if effect is None and not form.errors:
            return redirect("areas_of_concern")
    lead = f"What you choose holds for {_areas(meant)}. Drafts among them are published with it."
    context = {"form": form, "partners": partners, "effect": effect, "lead": lead}
    back = back_to("Areas of concern", "areas_of_concern")
    return page(request, "share_area", title="Share areas of concern", back=back, **context)


def _areas(meant: Collection[UUID]) -> str:
    return "1 area" if len(meant) == 1 else f"{len(meant):,} areas"
