"""A directory that is confirmed by ringing back, one-time links for guests, and what was said by telephone."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from db.row_security import forced, insert_only, own_rows

SENT = "sender_id = current_authority()"
# Its own entries, and what it found out about others; those of its approvers and those kept by others are not read by all.
KEPT = "authority_id = current_authority() and kept_by_id is null or kept_by_id = current_authority()"
DIRECTORY = f"""
drop policy notifications_contact_rows on notifications_contact;
create policy notifications_contact_rows on notifications_contact using ({KEPT}) with check ({KEPT});
drop policy notifications_contact_read_by_all on notifications_contact;
create policy notifications_contact_read_by_all on notifications_contact for select
    using (kept_by_id is null and purpose not in ('director', 'nominated_officer'));
"""
SERVICE = "placewatch_app, placewatch_worker"
CHANGE, LINK, DOOR = (f"notifications_{name}" for name in ("contactchange", "guestlink", "guestdoor"))
RIGHTS = f"""
revoke update, delete, truncate on {CHANGE}, {LINK}, {DOOR} from {SERVICE};
grant update (number_rung, spoke_to, confirmed_at, confirmed_by, confirmer_id, withdrawn_at, withdrawn_by)
    on {CHANGE} to {SERVICE};
grant update (wrong_codes, closed_at, closed_because) on {LINK} to {SERVICE};
"""


class Migration(migrations.Migration):
    dependencies = [
        ("geo", "0002_read_only_and_versioned"),
        ("notifications", "0006_post_by_more_ways"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ContactChange",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "purpose",
                    models.TextField(
                        choices=[
                            ("placement_notices", "Placement notices"),
                            ("exploitation_lead", "Exploitation lead"),
                            ("leaving_care", "Leaving care"),
                            ("duty_desk", "Duty desk"),
                            ("out_of_hours", "Out of hours"),
                            ("director", "Director of children’s services"),
                            ("nominated_officer", "Nominated officer"),
                            ("deputy", "Deputy for placement notices"),
                            ("police_missing_coordinator", "Police missing coordinator"),
                            ("health_body", "Health body"),
                        ]
                    ),
                ),
                ("team", models.TextField(blank=True)),
                (
                    "channel",
                    models.TextField(
                        choices=[
                            ("email", "E-mail"),
                            ("secure_email", "Secure e-mail"),
                            ("portal", "The authority’s own portal"),
                            ("telephone", "Telephone"),
                        ],
                        default="email",
                    ),
                ),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("telephone", models.TextField(blank=True)),
                ("said_by", models.TextField()),
                ("proposed_at", models.DateTimeField()),
                ("proposed_by", models.TextField()),
                ("number_rung", models.TextField(blank=True)),
                ("spoke_to", models.TextField(blank=True)),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("confirmed_by", models.TextField(blank=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_by", models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name="GuestDoor",
            fields=[
                ("digest", models.TextField(primary_key=True, serialize=False)),
            ],
        ),
        migrations.CreateModel(
            name="GuestLink",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("code_hash", models.TextField()),
                ("number", models.TextField()),
                ("made_at", models.DateTimeField()),
                ("made_by", models.TextField()),
                ("expires_at", models.DateTimeField()),
                ("wrong_codes", models.PositiveSmallIntegerField(default=0)),
                ("closed_at", models.DateTimeField(null=True)),
                ("closed_because", models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name="GuestOpening",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                (
                    "outcome",
                    models.TextField(
                        choices=[
                            ("opened", "Opened with the code"),
                            ("wrong_code", "A wrong code"),
                            ("closed", "The link was closed already"),
                        ]
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.RemoveConstraint(
            model_name="contact",
            name="contact_one_current_per_purpose",
        ),
        migrations.AddField(
            model_name="contact",
            name="channel",
            field=models.TextField(
                choices=[
                    ("email", "E-mail"),
                    ("secure_email", "Secure e-mail"),
                    ("portal", "The authority’s own portal"),
                    ("telephone", "Telephone"),
                ],
                default="email",
            ),
        ),
        migrations.AddField(
            model_name="contact",
            name="kept_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="geo.authority"
            ),
        ),
        migrations.AddField(
            model_name="contact",
            name="team",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="documentfact",
            name="keyed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="documentfact",
            name="keyed_by",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="documentfact",
            name="source",
            field=models.TextField(
                choices=[
                    ("in_product", "In Placewatch"),
                    ("guest", "By a one-time link, without an account"),
                    ("telephone", "Said by telephone"),
                ],
                default="in_product",
            ),
        ),
        migrations.AddField(
            model_name="documentfact",
            name="telephone",
            field=models.TextField(blank=True),
        ),
        migrations.AlterField(
            model_name="contact",
            name="purpose",
            field=models.TextField(
                choices=[
                    ("placement_notices", "Placement notices"),
                    ("exploitation_lead", "Exploitation lead"),
                    ("leaving_care", "Leaving care"),
                    ("duty_desk", "Duty desk"),
                    ("out_of_hours", "Out of hours"),
                    ("director", "Director of children’s services"),
                    ("nominated_officer", "Nominated officer"),
                    ("deputy", "Deputy for placement notices"),
                    ("police_missing_coordinator", "Police missing coordinator"),
                    ("health_body", "Health body"),
                ]
            ),
        ),
        migrations.AlterField(
            model_name="document",
            name="kind",
            field=models.TextField(
                choices=[
                    ("placement_notice", "Notice of a placement"),
                    ("new_date", "New date of a placement"),
                    ("not_going_ahead", "A placement does not go ahead"),
                    ("ending_notice", "Notice that a placement ends"),
                    ("consultation", "Question about a place for a child"),
                    ("enquiry", "Question about a place, no child named"),
                    ("answer", "Answer to a question about a place"),
                    ("missing_notice", "A child is missing"),
                    ("missing_answer", "Word from the host about a missing child"),
                    ("fire_drill", "Fire drill, about no child"),
                ]
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ends_on", None)),
                fields=("authority", "purpose", "kept_by"),
                name="contact_one_current_per_purpose",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kept_by", None), models.Q(("kept_by", models.F("authority")), _negated=True), _connector="OR"
                ),
                name="contact_kept_by_another_authority",
            ),
        ),
        migrations.AddConstraint(
            model_name="documentfact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("keyed_at__isnull", False),
                        ("source", "telephone"),
                        models.Q(("telephone", ""), _negated=True),
                        models.Q(("keyed_by", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("source", "telephone"), _negated=True),
                        ("keyed_at", None),
                        ("keyed_by", ""),
                        ("telephone", ""),
                    ),
                    _connector="OR",
                ),
                name="document_fact_by_telephone_says_who_keyed_it",
            ),
        ),
        migrations.AddField(
            model_name="contactchange",
            name="authority",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="geo.authority"),
        ),
        migrations.AddField(
            model_name="contactchange",
            name="confirmer",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="contactchange",
            name="of",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="geo.authority"),
        ),
        migrations.AddField(
            model_name="contactchange",
            name="proposer",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="guestdoor",
            name="authority",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="geo.authority"),
        ),
        migrations.AddField(
            model_name="guestlink",
            name="document",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="guest_links", to="notifications.document"
            ),
        ),
        migrations.AddField(
            model_name="guestlink",
            name="recipient",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="geo.authority"),
        ),
        migrations.AddField(
            model_name="guestlink",
            name="sender",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="geo.authority"),
        ),
        migrations.AddField(
            model_name="guestdoor",
            name="link",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="door", to="notifications.guestlink"
            ),
        ),
        migrations.AddField(
            model_name="guestopening",
            name="link",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="openings", to="notifications.guestlink"
            ),
        ),
        migrations.AddField(
            model_name="guestopening",
            name="recipient",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="geo.authority"),
        ),
        migrations.AddField(
            model_name="guestopening",
            name="sender",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="geo.authority"),
        ),
        migrations.AddConstraint(
            model_name="contactchange",
            constraint=models.UniqueConstraint(
                condition=models.Q(("confirmed_at", None), ("withdrawn_at", None)),
                fields=("authority", "of", "purpose"),
                name="contact_change_one_waits_per_purpose",
            ),
        ),
        migrations.AddConstraint(
            model_name="contactchange",
            constraint=models.CheckConstraint(
                condition=models.Q(("email", ""), ("telephone", ""), _negated=True),
                name="contact_change_can_be_reached",
            ),
        ),
        migrations.AddConstraint(
            model_name="contactchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confirmer", None), models.Q(("confirmer", models.F("proposer")), _negated=True), _connector="OR"
                ),
                name="contact_change_by_a_second_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="contactchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confirmed_at", None), ("confirmed_by", ""), ("number_rung", ""), ("spoke_to", "")),
                    models.Q(
                        ("confirmed_at__isnull", False),
                        ("withdrawn_at", None),
                        models.Q(("confirmed_by", ""), _negated=True),
                        models.Q(("number_rung", ""), _negated=True),
                        models.Q(("spoke_to", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="contact_change_confirmed_by_a_call_back",
            ),
        ),
        migrations.AddIndex(
            model_name="guestlink",
            index=models.Index(fields=["document"], name="guest_links_of_document"),
        ),
        migrations.AddConstraint(
            model_name="guestlink",
            constraint=models.CheckConstraint(
                condition=models.Q(("number", ""), _negated=True), name="guest_code_told_to_a_number_on_file"
            ),
        ),
        migrations.AddConstraint(
            model_name="guestlink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at", None), ("closed_because", "")),
                    models.Q(("closed_at__isnull", False), models.Q(("closed_because", ""), _negated=True)),
                    _connector="OR",
                ),
                name="guest_link_closed_says_why",
            ),
        ),
        migrations.RunSQL(DIRECTORY, migrations.RunSQL.noop),
        *own_rows(CHANGE),
        forced(LINK, using=SENT),
        forced("notifications_guestopening", using=SENT),
        *insert_only("notifications_guestopening"),
        migrations.RunSQL(RIGHTS, migrations.RunSQL.noop),
    ]
