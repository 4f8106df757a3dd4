"""An authority sees its own duties; their history is added to and never changed."""

from django.db import migrations

from db.row_security import insert_only, own_rows


class Migration(migrations.Migration):
    dependencies = [("duties", "0001_initial"), ("db", "0001_clock_and_context")]
    operations = [*own_rows("duties_duty", "duties_dutyevent"), *insert_only("duties_dutyevent")]
