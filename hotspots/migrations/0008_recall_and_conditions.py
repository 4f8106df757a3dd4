"""Asked before it is passed on, told back when it is taken back, looked at before it is published."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from db.definers import definer
from db.row_security import ADDRESSED, forced, insert_only, own_rows

SERVICE = "placewatch_app, placewatch_worker"
ONLY_ANSWERED = f"""
revoke update, delete, truncate on hotspots_passingon from {SERVICE};
grant update (answer, answered_at, answered_by, words) on hotspots_passingon to {SERVICE};
"""

# In whose areas does something wait? Asked as each owner in turn, in one question; no definer: row-level security binds
# it to the owner that it names each time (as registers_waiting of the placements).
WAITING = """
create function owners_waiting(owners uuid[]) returns setof uuid language plpgsql as $$
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
        then
            return next asked;
        end if;
    end loop;
    perform set_config('app.authority', found_authority, true);
end
$$;
revoke all on function owners_waiting(uuid[]) from public;
grant execute on function owners_waiting(uuid[]) to placewatch_app, placewatch_worker;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("geo", "0003_postcode_quality"),
        ("hotspots", "0007_walls_of_sharing"),
    ]

    operations = [
        migrations.CreateModel(
            name="PassingOn",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "audience",
                    models.TextField(
                        choices=[
                            ("carer_or_provider", "A carer or provider"),
                            ("child_or_family", "The child or family"),
                            ("other_body", "Another body, such as health, a school or an inspectorate"),
                        ]
                    ),
                ),
                (
                    "output",
                    models.TextField(
                        choices=[
                            ("letter", "A letter"),
                            ("notice", "A notice"),
                            ("pack", "A pack"),
                            ("export", "An export"),
                            ("word_of_mouth", "By word of mouth"),
                        ]
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("asked_by", models.TextField()),
                (
                    "answer",
                    models.TextField(
                        blank=True, choices=[("yes", "Yes, it may be passed on"), ("no", "No, it may not be passed on")]
                    ),
                ),
                ("answered_at", models.DateTimeField(null=True)),
                ("answered_by", models.TextField(blank=True)),
                ("words", models.TextField(blank=True)),
                (
                    "hotspot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="hotspots.hotspot"
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="geo.authority"
                    ),
                ),
                (
                    "sender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="geo.authority"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "questions about passing on",
                "indexes": [
                    models.Index(condition=models.Q(("answer", "")), fields=["recipient"], name="passing_on_waits"),
                    models.Index(fields=["sender", "hotspot"], name="passing_on_of_asker"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at", None), ("answered_by", "")),
                            models.Q(
                                ("answer__in", ["yes", "no"]),
                                ("answered_at__isnull", False),
                                models.Q(("answered_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="passing_on_answered_how_when_and_by_whom_together",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Preview",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("asker", models.UUIDField(null=True)),
                ("on", models.DateField()),
                ("at", models.DateTimeField()),
                ("is_allowance", models.BooleanField(default=False)),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="geo.authority"
                    ),
                ),
                (
                    "hotspot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="hotspots.hotspot"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["authority", "on"], name="preview_by_day")],
            },
        ),
        migrations.CreateModel(
            name="Recall",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("what", models.TextField(choices=[("withdrawn", "Withdrawn"), ("corrected", "Corrected")])),
                ("versions", django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ("told", django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ("at", models.DateTimeField()),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="geo.authority"
                    ),
                ),
                (
                    "hotspot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="recalls", to="hotspots.hotspot"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("hotspot", "what", "versions"), name="recall_once_of_the_same_versions"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("what__in", ["withdrawn", "corrected"])), name="recall_says_what"
                    ),
                ],
            },
        ),
        forced("hotspots_passingon", using=ADDRESSED),
        *own_rows("hotspots_preview", "hotspots_recall"),
        *insert_only("hotspots_preview", "hotspots_recall"),
        migrations.RunSQL(ONLY_ANSWERED, f"grant update, delete on hotspots_passingon to {SERVICE}"),
        migrations.RunSQL(WAITING, "drop function owners_waiting(uuid[])"),
        definer("hotspots_binding.sql", "hotspots_binding(uuid[])"),
    ]
