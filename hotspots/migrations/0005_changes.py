"""What changed about an area is a row until every register was checked anew; the database writes it with the change."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from db.row_security import also_for, own_rows

READ_BY_THE_RECHECK = ["hotspots_change", "hotspots_share", "hotspots_version"]
RIGHTS = "grant select on hotspots_change, hotspots_share, hotspots_version to placewatch_recheck"
NO_RIGHTS = "revoke select on hotspots_change, hotspots_share, hotspots_version from placewatch_recheck"

# One unanswered row an area, however much changes before it is answered; `since` reaches back to the first of it.
# With its caller's rights: whoever may change an area may write that it changed. In the order of the areas, so that
# two who change the same ones wait for one another and do not deadlock.
NOTE = """
create function hotspots_note_{name}() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
    insert into hotspots_change (id, authority_id, hotspot_id, since, times)
    select gen_random_uuid(), hotspot.authority_id, hotspot.id, min({since}), 1
    from changed
    join hotspots_hotspot hotspot on hotspot.id = changed.{area}
    {which}
    group by hotspot.authority_id, hotspot.id
    order by hotspot.id
    on conflict (hotspot_id) where answered_at is null do update
    set since = least(hotspots_change.since, excluded.since), times = hotspots_change.times + 1;
    return null;
end
$$;
"""
ON_INSERT = """
create trigger {table}_note_{name} after insert on {table}
    referencing new table as changed for each statement execute function hotspots_note_{name}();
"""
ON_UPDATE = """
create trigger {table}_note_{name} after update on {table}
    referencing old table as before new table as changed for each statement execute function hotspots_note_{name}();
"""
NOW_SHARED = "where hotspot.state = 'shared'"
NOTES = [
    NOTE.format(name="version", area="hotspot_id", since="changed.recorded_at", which=NOW_SHARED)
    + ON_INSERT.format(table="hotspots_version", name="version"),
    NOTE.format(name="share", area="hotspot_id", since="changed.recorded_at", which=NOW_SHARED)
    + ON_INSERT.format(table="hotspots_share", name="share"),
    NOTE.format(
        name="unshare",
        area="hotspot_id",
        since="changed.superseded_at",
        which="join before on before.id = changed.id and before.superseded_at is null\n"
        "    where changed.superseded_at is not null and hotspot.state = 'shared'",
    )
    + ON_UPDATE.format(table="hotspots_share", name="unshare"),
    NOTE.format(
        name="state",
        area="id",
        since="placewatch_now()",
        which="join before on before.id = changed.id\n"
        "    where before.state <> changed.state and 'shared' in (before.state, changed.state)",
    )
    + ON_UPDATE.format(table="hotspots_hotspot", name="state"),
]
NO_NOTES = """
drop function hotspots_note_version() cascade;
drop function hotspots_note_share() cascade;
drop function hotspots_note_unshare() cascade;
drop function hotspots_note_state() cascade;
"""


class Migration(migrations.Migration):
    dependencies = [("geo", "0002_read_only_and_versioned"), ("hotspots", "0004_what_if")]
    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("since", models.DateTimeField()),
                ("times", models.PositiveIntegerField(default=1)),
                ("begun_at", models.DateTimeField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="geo.authority"
                    ),
                ),
                (
                    "hotspot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="changes", to="hotspots.hotspot"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["authority", "-since"], name="change_of_owner")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("answered_at", None)),
                        fields=("hotspot",),
                        name="change_one_unanswered_per_hotspot",
                    )
                ],
            },
        ),
        *own_rows("hotspots_change"),
        *also_for("placewatch_recheck", *READ_BY_THE_RECHECK),
        migrations.RunSQL(RIGHTS, NO_RIGHTS),
        migrations.RunSQL("".join(NOTES), NO_NOTES),
    ]
