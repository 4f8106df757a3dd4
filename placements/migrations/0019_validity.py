"""Shadow mode, with the screenings of it; and the postcode of an incident's place, where somebody recorded it."""

import uuid

import django.db.models.deletion
import django.db.models.manager
from django.db import migrations, models
from django.db.models import F, Q

from db.row_security import own_rows

# As before, save that what shadow mode stored counts only while it lasts: afterwards each place waits to be checked anew.
REGISTERS_WAITING = """
create or replace function registers_waiting(authorities uuid[], born_after date) returns setof uuid language plpgsql as $$
declare
    asked uuid;
    found_authority text := coalesce(current_setting('app.authority', true), '');
    found_operator text := coalesce(current_setting('app.operator', true), '');
begin
    perform set_config('app.operator', 'on', true);
    foreach asked in array authorities loop
        perform set_config('app.authority', asked::text, true);
        if exists (
            select from placements_placement placement
            join placements_child child on child.id = placement.child_id
            where placement.authority_id = asked and placement.screening_wanted and placement.superseded_at is null
              and placement.status in ('proposed', 'approved', 'started')
              and (
                  not exists (
                      select from placements_verdict verdict
                      where verdict.placement_id = placement.id and verdict.superseded_at is null
                  )
                  or child.born_on > born_after and not exists (
                      select from placements_screening screening
                      where screening.placement_id = placement.id
                        and (not screening.is_shadow or exists (
                            select from placements_shadowmode mode
                            where mode.authority_id = asked and mode.ended_at is null
                        ))
                  )
              )
        ) then
            return next asked;
        end if;
    end loop;
    perform set_config('app.authority', found_authority, true);
    perform set_config('app.operator', found_operator, true);
end
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("placements", "0018_grants_given_and_ended")]
    operations = [
        migrations.CreateModel(
            name="ShadowMode",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("started_at", models.DateTimeField()),
                ("started_by", models.TextField()),
                ("owner", models.TextField()),
                ("reason", models.TextField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.TextField(blank=True)),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="geo.authority"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=Q(ended_at=None), fields=("authority",), name="shadow_mode_one_at_a_time"
                    ),
                    models.CheckConstraint(
                        condition=Q(ended_at=None, ended_by="") | Q(ended_at__gte=F("started_at")) & ~Q(ended_by=""),
                        name="shadow_mode_ended_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=~Q(owner="") & ~Q(reason=""), name="shadow_mode_has_an_owner_and_a_reason"
                    ),
                ],
            },
        ),
        *own_rows("placements_shadowmode"),
        migrations.AddField(model_name="screening", name="is_shadow", field=models.BooleanField(default=False)),
        migrations.AddField(
            model_name="missingreport", name="place_postcode", field=models.TextField(blank=True, default="")
        ),
        migrations.RunSQL(REGISTERS_WAITING, migrations.RunSQL.noop),
    ]
