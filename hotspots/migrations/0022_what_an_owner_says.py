"""What an authority says of its own sharing is a change too, and so is each review date that goes by."""

import django.db.models.deletion
from django.db import migrations, models

# One unanswered row an authority, however often it speaks before it is answered.
NOTE = """
create function hotspots_note_coverage() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
    insert into hotspots_change (id, authority_id, hotspot_id, since, times)
    select gen_random_uuid(), changed.authority_id, null, min(changed.said_at), 1
    from changed
    group by changed.authority_id
    order by changed.authority_id
    on conflict (authority_id) where answered_at is null and hotspot_id is null do update
    set since = least(hotspots_change.since, excluded.since), times = hotspots_change.times + 1;
    return null;
end
$$;
create trigger hotspots_coverage_note_coverage after insert on hotspots_coverage
    referencing new table as changed for each statement execute function hotspots_note_coverage();
"""
NO_NOTE = "drop function hotspots_note_coverage() cascade"

# As before, and for whom a review date went by that is not noted yet (hotspots/changes.py notes it).
WAITING = """
create or replace function owners_waiting(owners uuid[]) returns setof uuid language plpgsql as $$
declare
    asked uuid;
    found_authority text := coalesce(current_setting('app.authority', true), '');
    today date := (placewatch_now() at time zone 'Europe/London')::date;
begin
    foreach asked in array owners loop
        perform set_config('app.authority', asked::text, true);
        if exists (select from hotspots_change where authority_id = asked and answered_at is null)
            or exists (
                select from hotspots_version version join hotspots_hotspot hotspot on hotspot.id = version.hotspot_id
                where version.authority_id = asked and version.superseded_at is null and hotspot.state = 'shared'
                  and version.expires_on <= today
            )
            or exists (
                select from hotspots_agreement agreement
                where agreement.authority_id = asked and agreement.ends_at <= placewatch_now() and exists (
                    select from hotspots_share share
                    where share.agreement_id = agreement.id and share.authority_id = asked
                      and share.superseded_at is null
                )
            )
            or exists (
                select from hotspots_agreement agreement
                where agreement.authority_id = asked and agreement.starts_at > agreement.recorded_at
                  and agreement.starts_at between placewatch_now() - interval '30 days' and placewatch_now()
            )
            or exists (
                select from hotspots_hotspot hotspot
                where hotspot.authority_id = asked and hotspot.state = 'withdrawn' and not exists (
                    select from hotspots_recall recall
                    where recall.hotspot_id = hotspot.id and recall.what = 'withdrawn'
                )
            )
            or exists (select from hotspots_passingon where recipient_id = asked and answer = '')
            {review}
        then
            return next asked;
        end if;
    end loop;
    perform set_config('app.authority', found_authority, true);
end
$$;
"""
REVIEW = """or exists (
                select from hotspots_version version join hotspots_hotspot hotspot on hotspot.id = version.hotspot_id
                where version.authority_id = asked and version.superseded_at is null and hotspot.state = 'shared'
                  and version.review_on < today and not exists (
                      select from hotspots_change known
                      where known.hotspot_id = version.hotspot_id
                        and known.since >= (version.review_on + 1)::timestamp at time zone 'Europe/London'
                  )
            )
            or exists (
                select from hotspots_coverage said
                where said.authority_id = asked and said.superseded_at is null and said.review_on < today
                  and not exists (
                      select from hotspots_change known
                      where known.authority_id = asked and known.hotspot_id is null
                        and known.since >= (said.review_on + 1)::timestamp at time zone 'Europe/London'
                  )
            )"""


class Migration(migrations.Migration):
    dependencies = [("hotspots", "0021_crowded_tiles")]
    operations = [
        migrations.AlterField(
            model_name="change",
            name="hotspot",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="changes",
                to="hotspots.hotspot",
            ),
        ),
        migrations.AddConstraint(
            model_name="change",
            constraint=models.UniqueConstraint(
                condition=models.Q(("answered_at", None), ("hotspot", None)),
                fields=["authority"],
                name="change_one_unanswered_of_what_an_owner_says",
            ),
        ),
        migrations.RunSQL(NOTE, NO_NOTE),
        migrations.RunSQL(WAITING.format(review=REVIEW), WAITING.format(review="")),
    ]
