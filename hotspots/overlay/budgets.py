"""How many places may be asked about in a day? Counted in the database, for each person and for the authority together.

The bound on what such questions can tell is the square of 1 km (docs/adr/0080), not this: the budget keeps somebody
from drawing the squares themselves in an afternoon, and several people of one authority from doing it together.
"""

from datetime import datetime

from django.db import connection, transaction
from django.db.models import Q, Sum

from accounts.acting import Actor
from db.clock import london_date
from hotspots.exceptions import BudgetSpent
from hotspots.models import Asking

# Our own choices (docs/adr/0080): a duty desk's busiest night needs some twenty.
PERSON_A_DAY = 60
AUTHORITY_A_DAY = 600


@transaction.atomic
def spend(places: int, *, by: Actor, at: datetime) -> None:
    """Count places that somebody is about to be told of without a registered placement.

    Refuses (BudgetSpent) what goes beyond the day's budget of the person or of the authority. The operator has none,
    and is counted. Fails closed: no count, no answer.
    """
    on = london_date(at)
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"hotspots.asking {by.authority_id}"])
    if not by.is_operator:
        asked = Asking.objects.filter(authority_id=by.authority_id, on=on).aggregate(
            person=Sum("places", filter=Q(asker=by.caller_id), default=0), authority=Sum("places", default=0)
        )
        if asked["person"] + places > PERSON_A_DAY:
            raise BudgetSpent(whose="one person", most=PERSON_A_DAY)
        if asked["authority"] + places > AUTHORITY_A_DAY:
            raise BudgetSpent(whose="all of one authority together", most=AUTHORITY_A_DAY)
    Asking.objects.create(authority_id=by.authority_id, asker=by.caller_id, on=on, places=places)
