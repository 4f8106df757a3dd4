"""How far has an authority's register been judged again since boundaries were switched, and what came of it?"""

from django.db import models

from placements.models.owned import Owned


class Rejudging(Owned):
    """One run over the authority's open placements after the switch of that instant, with its progress.

    `changed`: whose place is now judged otherwise. `uncertain`: of those, for how many it is not certain any more whose
    area it is. Closed addresses are judged again and counted nowhere.
    """

    switched_at = models.DateTimeField()
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    places = models.PositiveIntegerField()
    judged = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    uncertain = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["authority", "switched_at"], name="rejudging_once_per_switch")]

    def __str__(self):
        return f"judged again {self.began_at:%Y-%m-%d %H:%M}"
