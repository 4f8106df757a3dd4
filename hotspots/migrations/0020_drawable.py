"""Whose shape may the current authority know? Looked for from its own areas and its shares, not among everybody's."""

from django.db import migrations

from db.definers import definer

# No rule of its own: hotspots_open says what is open, at which level. Where a reader may know few of very many areas, the
# database can begin with the reader's shares.
DRAWABLE = """
create view hotspots_drawable as
select area.* from hotspots_open area where area.owner_id = current_authority()
union all
select area.*
from hotspots_share share
join hotspots_open area on area.hotspot_id = share.hotspot_id
where share.partner_id = current_authority()
    and share.superseded_at is null
    and share.level = 'geometry'
    and area.level = 'geometry';
revoke all on hotspots_drawable from placewatch_app, placewatch_worker, placewatch_backup;
alter view hotspots_drawable owner to placewatch_overlay;
"""


class Migration(migrations.Migration):
    dependencies = [("hotspots", "0019_measured_once")]
    operations = [
        migrations.RunSQL(DRAWABLE, "drop view hotspots_drawable"),
        definer("hotspots_tile.sql", "hotspots_tile(integer, integer, integer)"),
        definer(
            "hotspots_drawn.sql",
            "hotspots_drawn(double precision, double precision, double precision, double precision, double precision,"
            " integer)",
        ),
    ]
