"""What does a worker need on paper when the service is down?"""

from django.http import HttpRequest, HttpResponse

from db.clock import today
from geo.models import Authority
from placements.card import card as written
from web.access import operation
from web.views.answers import page


@operation("card.read")
def card(request: HttpRequest) -> HttpResponse:
    """The card of the authority acted for; it names no child."""
    authority = Authority.objects.get(id=request.actor.authority_id)
    return page(request, "card", title="Card for when the service is down", card=written(authority, on=today()))
