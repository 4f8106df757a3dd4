"""Which days are bank holidays in England and Wales? A dated table of facts; working days are a rule over it."""

from django.db import models


class BankHoliday(models.Model):
    """One bank holiday of England and Wales, as GOV.UK publishes it. Public: the owner loads it."""

    on = models.DateField(primary_key=True)
    title = models.TextField()
    notes = models.TextField(blank=True)
    source = models.TextField()

    def __str__(self):
        return f"{self.on} {self.title}"
