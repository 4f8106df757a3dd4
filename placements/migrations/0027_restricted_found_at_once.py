"""Which placements have a closed address is asked after each change of an area: not by reading every register."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("placements", "0026_judged_again")]
    operations = [
        migrations.AddIndex(
            model_name="placement",
            index=models.Index(condition=Q(is_restricted=True), fields=["authority"], name="placement_restricted"),
        ),
    ]
