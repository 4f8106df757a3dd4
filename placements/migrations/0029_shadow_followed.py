"""What was shown before shadow mode began is checked anew after it ended; until then its register waits."""

from django.db import migrations, models
from django.db.models import F, Q

# As before, and whose shadow mode has ended and was not followed yet.
WAITING = """
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
        ){followed} then
            return next asked;
        end if;
    end loop;
    perform set_config('app.authority', found_authority, true);
    perform set_config('app.operator', found_operator, true);
end
$$;
"""
FOLLOWED = """ or exists (
            select from placements_shadowmode mode
            where mode.authority_id = asked and mode.ended_at is not null and mode.followed_at is null
        ) and not exists (
            select from placements_shadowmode mode where mode.authority_id = asked and mode.ended_at is null
        )"""


class Migration(migrations.Migration):
    dependencies = [("placements", "0028_told_of_an_owner")]
    operations = [
        migrations.AddField(
            model_name="shadowmode",
            name="followed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddConstraint(
            model_name="shadowmode",
            constraint=models.CheckConstraint(
                condition=Q(followed_at=None) | Q(followed_at__gte=F("ended_at")),
                name="shadow_mode_followed_after_its_end",
            ),
        ),
        migrations.RunSQL(WAITING.format(followed=FOLLOWED), WAITING.format(followed="")),
    ]
