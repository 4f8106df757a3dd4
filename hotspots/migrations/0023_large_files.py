"""A large file is a row first; workers read it, look ahead and bring it in, under a lease."""

from django.db import migrations, models
from django.db.models import Q

KEPT = ["reading", "looking", "bringing_in", "waiting"]
WORKED_ON = ["reading", "looking", "bringing_in"]
STATES = [
    ("reading", "Being read"),
    ("waiting", "Waiting"),
    ("looking", "What it would bring about is being worked out"),
    ("bringing_in", "Being brought in"),
    ("brought_in", "Brought in"),
    ("refused", "Refused"),
    ("dropped", "Dropped"),
]
# For whom a worker has something to do: one question for all owners, asked for each in its own name.
WAITING = """
create function uploads_waiting(owners uuid[]) returns setof uuid language plpgsql as $$
declare
    asked uuid;
    found_authority text := coalesce(current_setting('app.authority', true), '');
begin
    foreach asked in array owners loop
        perform set_config('app.authority', asked::text, true);
        if exists (
            select from hotspots_upload
            where authority_id = asked and state in ('reading', 'looking', 'bringing_in')
              and (leased_until is null or leased_until <= clock_timestamp())
        ) then
            return next asked;
        end if;
    end loop;
    perform set_config('app.authority', found_authority, true);
end
$$;
revoke all on function uploads_waiting(uuid[]) from public;
grant execute on function uploads_waiting(uuid[]) to placewatch_app, placewatch_worker;
"""


class Migration(migrations.Migration):
    dependencies = [("hotspots", "0022_what_an_owner_says")]
    operations = [
        migrations.RemoveConstraint(model_name="upload", name="upload_is_kept_while_it_waits"),
        migrations.AddField("upload", "size", models.PositiveIntegerField(default=0)),
        migrations.AlterField("upload", "would", models.JSONField(null=True)),
        migrations.AddField("upload", "refused", models.JSONField(null=True)),
        migrations.AddField("upload", "how", models.JSONField(null=True)),
        migrations.AlterField("upload", "state", models.TextField(choices=STATES, default="waiting")),
        migrations.AddField("upload", "rows", models.PositiveIntegerField(null=True)),
        migrations.AddField("upload", "rows_read", models.PositiveIntegerField(null=True)),
        migrations.AddField("upload", "asked_by", models.TextField(blank=True, default="")),
        migrations.AddField("upload", "role", models.TextField(blank=True, default="")),
        migrations.AddField("upload", "person_id", models.UUIDField(null=True)),
        migrations.AddField("upload", "client_id", models.UUIDField(null=True)),
        migrations.AddField("upload", "tries", models.PositiveSmallIntegerField(default=0)),
        migrations.AddField("upload", "lease", models.UUIDField(null=True)),
        migrations.AddField("upload", "leased_until", models.DateTimeField(null=True)),
        migrations.AddConstraint(
            "upload",
            models.CheckConstraint(
                condition=Q(state__in=KEPT, done_at=None) & ~Q(content=b"")
                | ~Q(state__in=KEPT) & Q(content=b"", done_at__isnull=False),
                name="upload_is_kept_while_it_waits",
            ),
        ),
        migrations.AddConstraint(
            "upload",
            models.CheckConstraint(
                condition=Q(lease=None, leased_until=None)
                | Q(lease__isnull=False, leased_until__isnull=False, state__in=WORKED_ON),
                name="upload_leased_only_while_it_is_worked_on",
            ),
        ),
        migrations.AddConstraint(
            "upload",
            models.CheckConstraint(
                condition=Q(would__isnull=False) | Q(state__in=["reading", "refused", "dropped"]),
                name="upload_waits_once_it_was_read",
            ),
        ),
        migrations.AddConstraint(
            "upload",
            models.CheckConstraint(
                condition=~Q(state="refused") | Q(refused__isnull=False), name="upload_refused_says_why"
            ),
        ),
        migrations.AddIndex(
            "upload",
            models.Index(
                fields=["authority", "received_at"], condition=Q(state__in=WORKED_ON), name="uploads_worked_on"
            ),
        ),
        migrations.RunSQL(WAITING, "drop function uploads_waiting(uuid[])"),
    ]
