"""A director may stand for the nominated officer; a deputy acts as the director; who declines says why (ADR 0024)."""

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("placements", "0009_row_security_of_changes")]
    operations = [
        migrations.RemoveConstraint("approval", "approval_approver_matches_requirement"),
        migrations.AddConstraint(
            "approval",
            models.CheckConstraint(
                condition=Q(decided_as="") | Q(decided_as=F("grade")) | Q(decided_as="director"),
                name="approval_approver_matches_requirement",
            ),
        ),
        migrations.AddConstraint(
            "approval",
            models.CheckConstraint(
                condition=Q(is_deputy=False) | Q(decided_as="director"), name="approval_deputy_acts_as_the_director"
            ),
        ),
        migrations.AddConstraint(
            "approval",
            models.CheckConstraint(condition=~Q(decision="declined") | ~Q(words=""), name="approval_declined_says_why"),
        ),
    ]
