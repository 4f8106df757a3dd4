"""What is one young person entitled to on a day? Derived when read, never a stored flag."""

from datetime import date

from leaving_care import facts
from leaving_care.rules.entitlement import Entitlement, entitlement
from placements.models import Child


def entitlement_of(child: Child, *, on: date) -> Entitlement:
    """The young person's entitlement on a day, with the count behind it and what nobody recorded."""
    return entitlement(circumstances=facts.of_child(child, on=on).circumstances, on=on)
