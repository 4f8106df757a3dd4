"""In whose registers does the last answer about an open place speak of an owner? Asked as each authority in turn, at once.

No definer: it runs with its caller's rights, and row-level security binds it to the authority that it names each time.
"""

from django.db import migrations

FUNCTION = """
create function registers_told_of(authorities uuid[], owner uuid) returns setof uuid language plpgsql as $$
declare
    asked uuid;
    told_of jsonb := jsonb_build_object(
        'authorities', jsonb_build_array(jsonb_build_object('authority_id', owner::text))
    );
    found_authority text := coalesce(current_setting('app.authority', true), '');
    found_operator text := coalesce(current_setting('app.operator', true), '');
begin
    perform set_config('app.operator', 'on', true);
    foreach asked in array authorities loop
        perform set_config('app.authority', asked::text, true);
        if exists (
            select
            from placements_placement placement
            cross join lateral (
                select screening.answer
                from placements_screening screening
                where screening.placement_id = placement.id and not screening.is_shadow
                order by screening.at desc, screening.id desc
                limit 1
            ) last
            where placement.authority_id = asked and placement.screening_wanted and placement.superseded_at is null
              and placement.status in ('proposed', 'approved', 'started') and last.answer @> told_of
        ) then
            return next asked;
        end if;
    end loop;
    perform set_config('app.authority', found_authority, true);
    perform set_config('app.operator', found_operator, true);
end
$$;
revoke all on function registers_told_of(uuid[], uuid) from public;
grant execute on function registers_told_of(uuid[], uuid) to placewatch_app, placewatch_worker;
"""


class Migration(migrations.Migration):
    dependencies = [("placements", "0027_restricted_found_at_once")]
    operations = [migrations.RunSQL(FUNCTION, "drop function registers_told_of(uuid[], uuid)")]
