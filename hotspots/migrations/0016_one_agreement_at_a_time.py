"""No two agreements of one authority with one partner run at once, also where both have their end: the database says so."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import migrations

from hotspots.models.sharing import InstantRange


class Migration(migrations.Migration):
    dependencies = [("hotspots", "0015_read_for_many_places")]
    operations = [
        migrations.RemoveConstraint("agreement", "agreement_one_open_per_partner"),
        migrations.AddConstraint(
            "agreement",
            ExclusionConstraint(
                name="agreement_one_at_a_time_per_partner",
                expressions=[
                    ("authority", RangeOperators.EQUAL),
                    ("partner", RangeOperators.EQUAL),
                    (InstantRange("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                ],
            ),
        ),
    ]
