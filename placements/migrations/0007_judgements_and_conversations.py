"""A conversation's words about each child are rows; a judgement is superseded, never edited; closed ones need a grant."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

from db.row_security import OWN, forced, insert_only

SERVICE = "placewatch_app, placewatch_worker"
JUDGEMENT, WORDS = "placements_judgement", "placements_conversationwords"
GRANTED = """
    acting_as_operator() or exists (
        select from placements_addressgrant address_grant
        where address_grant.placement_id = {placement}
          and address_grant.person_id = current_person()
          and address_grant.starts_at <= placewatch_now()
          and (address_grant.ends_at is null or placewatch_now() < address_grant.ends_at)
    )
"""
OPEN_OR_GRANTED = f"{OWN} and (not is_restricted or {GRANTED.format(placement='placements_judgement.placement_id')})"
# The words stand about a judgement: whoever may not read the one does not see the row of the other.
ABOUT_A_JUDGEMENT_THAT_IS_SEEN = (
    f"{OWN} and (not is_restricted or exists (select from {JUDGEMENT} j where j.id = judgement_id))"
)


def only_these_change(table: str, *columns: str) -> migrations.RunSQL:
    """Of a row the service may change these columns alone, and delete none."""
    return migrations.RunSQL(
        f"""
        revoke update, delete, truncate on {table} from {SERVICE};
        grant update ({", ".join(columns)}) on {table} to {SERVICE};
        """,
        f"grant update, delete on {table} to {SERVICE};",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("placements", "0006_endings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.RemoveConstraint("judgement", "judgement_conversation_has_its_words"),
        migrations.RemoveField("judgement", "conversation"),
        migrations.RemoveField("judgement", "conversation_words"),
        migrations.RemoveField("judgement", "asked_about_the_place"),
        migrations.AddField("judgement", "asked_whom", models.TextField(blank=True)),
        migrations.AddField("judgement", "asked_on", models.DateField(null=True)),
        migrations.AddField("judgement", "they_said", models.TextField(blank=True)),
        migrations.AddField("judgement", "is_restricted", models.BooleanField(default=False)),
        migrations.AddField(
            "judgement",
            "writer",
            # Nothing was written before this: the table is empty wherever this migration runs.
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AlterField(
            "judgement",
            "agreement",
            models.TextField(
                choices=[
                    ("agrees", "Agrees with what is shared about the place"),
                    ("not_worried", "Something is shared, and it is no worry for this child"),
                    ("worried", "Nothing is near, and there is a worry all the same"),
                    ("nothing_said", "Nothing is shared that one could agree or disagree with"),
                ]
            ),
        ),
        migrations.AddIndex("judgement", models.Index(fields=["authority", "recorded_at"], name="judgement_by_period")),
        migrations.AddConstraint(
            "judgement",
            models.CheckConstraint(
                condition=Q(asked_whom="", asked_on=None, they_said="")
                | Q(asked_on__isnull=False) & ~Q(asked_whom="") & ~Q(they_said=""),
                name="judgement_says_whom_when_and_what_together",
            ),
        ),
        migrations.AddConstraint(
            "judgement",
            models.CheckConstraint(
                condition=Q(agreement__in=["agrees", "not_worried", "worried", "nothing_said"]),
                name="judgement_agreement_is_known",
            ),
        ),
        migrations.CreateModel(
            name="ConversationWords",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("words", models.TextField()),
                ("is_restricted", models.BooleanField(default=False)),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="geo.authority"
                    ),
                ),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="about",
                        to="placements.conversation",
                    ),
                ),
                (
                    "judgement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="talked_through",
                        to="placements.judgement",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "conversation words",
                "constraints": [
                    models.CheckConstraint(condition=~Q(words=""), name="conversation_has_words_about_each_child"),
                    models.UniqueConstraint(
                        fields=["conversation", "judgement"], name="conversation_once_about_a_judgement"
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            f"drop policy {JUDGEMENT}_rows on {JUDGEMENT};"
            f"create policy {JUDGEMENT}_rows on {JUDGEMENT} using ({OPEN_OR_GRANTED}) with check ({OWN});",
            f"drop policy {JUDGEMENT}_rows on {JUDGEMENT};"
            f"create policy {JUDGEMENT}_rows on {JUDGEMENT} using ({OWN}) with check ({OWN});",
        ),
        forced(WORDS, using=ABOUT_A_JUDGEMENT_THAT_IS_SEEN, check=OWN),
        *insert_only(WORDS),
        only_these_change(JUDGEMENT, "superseded_at"),
        only_these_change(
            "placements_concern", "closed_at", "closed_by", "closing_reason", "closing_supervisor", "look_again_on"
        ),
    ]
