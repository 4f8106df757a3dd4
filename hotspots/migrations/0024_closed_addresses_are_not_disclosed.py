"""What was read about a closed address is kept for a recall and told to no owner; a recall finds whoever was ever told."""

from django.db import migrations, models

from db.definers import definer

SHOWN_TO = """
create view hotspots_shown_to with (security_invoker = true) as select * from hotspots_shown();
grant select on hotspots_shown_to to placewatch_app, placewatch_worker;
"""
NOT_SHOWN_TO = "drop view hotspots_shown_to"


class Migration(migrations.Migration):
    dependencies = [("hotspots", "0023_large_files")]
    operations = [
        migrations.AddField(
            model_name="disclosure",
            name="is_closed",
            field=models.BooleanField(default=False, db_default=False),
        ),
        migrations.RunSQL(NOT_SHOWN_TO, SHOWN_TO),
        definer("hotspots_shown.sql", "hotspots_shown()"),
        migrations.RunSQL(SHOWN_TO, NOT_SHOWN_TO),
        definer("hotspots_told.sql", "hotspots_told(uuid[])"),
    ]
