"""In whose registers does a placement wait to be judged or screened? Asked as each authority in turn, in one question.

No definer: it runs with its caller's rights, and row-level security binds it to the authority that it names each time.
"""

from django.db import migrations

FUNCTION = """
create function registers_waiting(authorities uuid[], born_after date) returns setof uuid language plpgsql as $$
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
                      select from placements_screening screening where screening.placement_id = placement.id
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
revoke all on function registers_waiting(uuid[], date) from public;
grant execute on function registers_waiting(uuid[], date) to placewatch_app, placewatch_worker;
"""


class Migration(migrations.Migration):
    dependencies = [("placements", "0013_letters")]
    operations = [migrations.RunSQL(FUNCTION, "drop function registers_waiting(uuid[], date)")]
