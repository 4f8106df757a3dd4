"""Which areas of concern does the authority own, and what do all authorities say of their sharing?"""

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse

from db.clock import today
from hotspots.models import Agreement, Coverage, Hotspot, Share, Version
from web.access import operation, own, showing
from web.forms.area import FindForm
from web.presenters import areas_of_concern as presented
from web.views.answers import page, paged


@operation("hotspots.read")
def areas_of_concern(request: HttpRequest) -> HttpResponse:
    versions = Version.objects.filter(superseded_at=None).defer("shape", "narrative", "received")
    shares = Share.objects.filter(superseded_at=None).select_related("partner")
    filters = find_form(request)
    rows = filters.of(own(request, Hotspot.objects.order_by("reference"))).prefetch_related(
        Prefetch("versions", versions, to_attr="current_versions"), Prefetch("shares", shares, to_attr="current_shares")
    )
    found = paged(request, rows)
    showing("hotspots.read", "hotspot", [one.id for one in found])
    is_asked = any(filters.data.get(name) for name in filters.fields)
    table = presented.own(found, today(), is_asked=is_asked)
    return page(
        request,
        "areas",
        title="Areas of concern",
        found=found,
        filters=filters,
        is_asked=is_asked,
        asked=request.GET.urlencode(),
        table=table,
    )


def find_form(request: HttpRequest) -> FindForm:
    """Which of the authority's own areas the address asks for."""
    agreed = own(request, Agreement.objects.order_by("partner__name")).values_list("partner_id", "partner__name")
    return FindForm([(str(partner_id), name) for partner_id, name in agreed.distinct()], request.GET)


@operation("coverage.read")
def sharing(request: HttpRequest) -> HttpResponse:
    said = Coverage.objects.filter(superseded_at=None).select_related("authority").order_by("authority__name")
    found = paged(request, said)
    lead = "An authority that is not listed has said nothing. Silence says nothing about its places."
    return page(request, "list", title="Who shares", lead=lead, found=found, table=presented.sharing(found, today()))
