"""E-mail beside webhooks, circuits, proof of an endpoint, replays, and the ladder of a document that nobody answers."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import duties.models
from db.definers import definer
from db.row_security import also_for, forced, insert_only

# The same table as notifications/states.py; tests/notifications/test_states.py compares every pair.
TRANSITIONS = """
create or replace function delivery_moves_by_its_table() returns trigger language plpgsql as $$
begin
    if old.state in ('given', 'undeliverable') then
        raise exception 'delivery % has ended as %: it is never changed', old.id, old.state using errcode = '23514';
    end if;
    if old.state <> new.state and (old.state, new.state) not in (
        ('queued', 'sending'), ('sending', 'queued'), ('sending', 'posted'), ('sending', 'given'),
        ('sending', 'undeliverable'), ('posted', 'queued'), ('posted', 'given'), ('posted', 'undeliverable')
    ) then
        raise exception 'delivery % may not go from % to %', old.id, old.state, new.state using errcode = '23514';
    end if;
    return new;
end
$$;
"""

# Only the worker moves an envelope or a climb on; a step that was taken is never changed, and nothing is deleted.
RIGHTS = """
grant update (posted_at, provider_id) on notifications_delivery to placewatch_worker;
revoke update, delete, truncate on notifications_climb from placewatch_app, placewatch_worker;
grant update (taken, next_at, ended_at, ending) on notifications_climb to placewatch_worker;
revoke insert on notifications_rung from placewatch_app;
grant select (live_from, rests_until) on notifications_endpoint to placewatch_post;
grant select on notifications_climb, notifications_documentfact to placewatch_post;
"""

SENT = "sender_id = current_authority()"


class Migration(migrations.Migration):
    dependencies = [
        ("geo", "0002_read_only_and_versioned"),
        ("notifications", "0005_contacts_of_approvers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Climb",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("ladder", models.JSONField()),
                ("taken", models.PositiveSmallIntegerField(default=0)),
                ("next_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "ending",
                    models.TextField(
                        blank=True,
                        choices=[
                            ("answered", "A person answered"),
                            ("not_standing", "Superseded or recalled"),
                        ],
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Rung",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.PositiveSmallIntegerField()),
                ("step", models.TextField()),
                ("due_at", models.DateTimeField()),
                ("at", models.DateTimeField()),
                ("words", models.TextField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="delivery",
            name="delivery_state_is_known",
        ),
        migrations.RemoveConstraint(
            model_name="delivery",
            name="delivery_once_per_endpoint",
        ),
        migrations.RemoveIndex(
            model_name="delivery",
            name="delivery_due",
        ),
        migrations.AddField(
            model_name="delivery",
            name="address",
            field=models.EmailField(blank=True, max_length=254),
        ),
        migrations.AddField(
            model_name="delivery",
            name="channel",
            field=models.TextField(
                choices=[("webhook", "The recipient’s own system"), ("email", "E-mail")], default="webhook"
            ),
        ),
        migrations.AddField(
            model_name="delivery",
            name="posted_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="delivery",
            name="provider_id",
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name="delivery",
            name="reason",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="delivery",
            name="replays",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replayed_by",
                to="notifications.delivery",
            ),
        ),
        migrations.AddField(
            model_name="endpoint",
            name="added_at",
            field=models.DateTimeField(default=django.utils.timezone.now),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="endpoint",
            name="added_by_person",
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name="endpoint",
            name="agreed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="endpoint",
            name="agreed_by",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="endpoint",
            name="agreed_by_person",
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name="endpoint",
            name="ended_by",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="endpoint",
            name="failing_since",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="endpoint",
            name="failures",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="endpoint",
            name="is_by_operator",
            # Until now every endpoint was the operator's.
            field=models.BooleanField(default=True),
        ),
        migrations.AlterField(
            model_name="endpoint",
            name="is_by_operator",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="endpoint",
            name="challenge_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="endpoint",
            name="challenge_outcome",
            field=models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="endpoint",
            name="proved_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="endpoint",
            name="rests_until",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="endpoint",
            name="second_secret",
            field=models.BinaryField(null=True),
        ),
        migrations.AddField(
            model_name="endpoint",
            name="second_until",
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name="attempt",
            name="outcome",
            field=models.TextField(
                choices=[
                    ("taken", "The receiver took it"),
                    ("posted", "The e-mail service took it and sends it on"),
                    ("bounced", "The e-mail came back: nobody has it"),
                    ("redirected", "The receiver answered with another address, which is not followed"),
                    ("refused", "The receiver answered with an error"),
                    ("not_connected", "No connection to the receiver"),
                    ("broken_off", "The connection broke off: it may have arrived"),
                    ("timed_out", "The receiver did not answer in time: it may have arrived"),
                    ("address_refused", "The receiver's address is not one that Placewatch may call"),
                    ("address_ended", "The receiver has ended this address"),
                    ("our_fault", "A fault of Placewatch's own"),
                    ("interrupted", "The worker stopped in the middle: it may have arrived"),
                ]
            ),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="endpoint",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="deliveries",
                to="notifications.endpoint",
            ),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="state",
            field=models.TextField(
                choices=[
                    ("queued", "Waiting to be sent"),
                    ("sending", "Being sent"),
                    ("posted", "Handed to the e-mail service"),
                    ("given", "Given"),
                    ("undeliverable", "Could not be delivered"),
                ],
                default="queued",
            ),
        ),
        migrations.AlterField(
            model_name="documentfact",
            name="fact",
            field=models.TextField(
                choices=[
                    ("opened", "Opened"),
                    ("acknowledged", "Acknowledged"),
                    ("disputed", "Disputed"),
                    ("acted_on", "Acted on"),
                ]
            ),
        ),
        migrations.AlterField(
            model_name="endpoint",
            name="live_from",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("state__in", ["queued", "sending"])),
                fields=["endpoint", "next_at"],
                name="delivery_due_in_lane",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("state__in", ["queued", "sending", "posted"])),
                fields=["next_at"],
                name="delivery_due",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("state", "undeliverable")), fields=["ended_at"], name="delivery_dead"
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(
                condition=models.Q(("replays", None)),
                fields=("document", "endpoint"),
                name="delivery_once_per_endpoint",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(
                condition=models.Q(("channel", "email"), ("replays", None)),
                fields=("document", "address"),
                name="delivery_once_per_email_address",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("address", ""), ("channel", "webhook"), ("endpoint__isnull", False)),
                    models.Q(("channel", "email"), ("endpoint", None), models.Q(("address", ""), _negated=True)),
                    _connector="OR",
                ),
                name="delivery_has_the_address_of_its_channel",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["queued", "sending", "posted", "given", "undeliverable"])),
                name="delivery_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "posted"), _negated=True),
                    models.Q(("posted_at__isnull", False), ("provider_id__isnull", False)),
                    _connector="OR",
                ),
                name="delivery_posted_has_its_receipt",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reason", ""), ("replays", None)),
                    models.Q(("replays__isnull", False), models.Q(("reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="delivery_replayed_with_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="endpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("live_from", None),
                    ("is_by_operator", True),
                    models.Q(
                        ("agreed_at__isnull", False),
                        ("proved_at__isnull", False),
                        models.Q(("agreed_by_person", models.F("added_by_person")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="endpoint_live_only_proved_and_agreed_by_a_second_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="endpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("second_secret", None), ("second_until", None)),
                    models.Q(("second_secret__isnull", False), ("second_until__isnull", False)),
                    _connector="OR",
                ),
                name="endpoint_second_secret_has_its_end",
            ),
        ),
        migrations.AddField(
            model_name="climb",
            name="document",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="climb", to="notifications.document"
            ),
        ),
        migrations.AddField(
            model_name="climb",
            name="named_person_id",
            field=models.UUIDField(db_default=duties.models.CurrentPerson(), editable=False, null=True),
        ),
        migrations.AddField(
            model_name="climb",
            name="recipient",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="geo.authority"),
        ),
        migrations.AddField(
            model_name="climb",
            name="sender",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="geo.authority"),
        ),
        migrations.AddField(
            model_name="rung",
            name="climb",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="rungs", to="notifications.climb"
            ),
        ),
        migrations.AddField(
            model_name="rung",
            name="recipient",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="geo.authority"),
        ),
        migrations.AddField(
            model_name="rung",
            name="sender",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="geo.authority"),
        ),
        migrations.AddIndex(
            model_name="climb",
            index=models.Index(condition=models.Q(("ended_at", None)), fields=["next_at"], name="climb_due"),
        ),
        migrations.AddConstraint(
            model_name="climb",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("ending", ""), ("next_at__isnull", False)),
                    models.Q(("ended_at__isnull", False), ("next_at", None), models.Q(("ending", ""), _negated=True)),
                    _connector="OR",
                ),
                name="climb_goes_on_or_has_ended",
            ),
        ),
        migrations.AddConstraint(
            model_name="rung",
            constraint=models.UniqueConstraint(fields=("climb", "number"), name="rung_taken_once"),
        ),
        forced("notifications_climb", using=SENT),
        forced("notifications_rung", using=SENT),
        *also_for("placewatch_worker", "notifications_climb", "notifications_rung"),
        *also_for("placewatch_post", "notifications_climb", "notifications_documentfact"),
        *insert_only("notifications_rung"),
        migrations.RunSQL(TRANSITIONS, migrations.RunSQL.noop),
        migrations.RunSQL(RIGHTS, migrations.RunSQL.noop),
        migrations.RunSQL("drop function address_envelopes(uuid)", migrations.RunSQL.noop),
        definer("address_envelopes.sql", "address_envelopes(uuid)"),
        definer("address_email.sql", "address_email(uuid, text)"),
        definer("replay_envelope.sql", "replay_envelope(uuid, text)"),
        definer("post_in_figures.sql", "post_in_figures()"),
    ]
