"""An authority sees its own choices and amendments; of a restricted address only whoever has a grant."""

from django.db import migrations

from db.row_security import insert_only
from placements.row_security import granted_rows


class Migration(migrations.Migration):
    dependencies = [("placements", "0008_host_choices_and_amendments")]
    operations = [
        granted_rows("placements_hostchoice", only_where="not is_restricted or "),
        granted_rows("placements_amendment", only_where="not is_restricted or "),
        *insert_only("placements_amendment"),
    ]
