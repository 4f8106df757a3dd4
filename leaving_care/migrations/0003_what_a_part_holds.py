from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("leaving_care", "0002_row_security")]
    operations = [
        migrations.AddField("handoverpart", "dates", models.JSONField(default=dict)),
        migrations.AddField("handoverpart", "answered_at", models.DateTimeField(null=True)),
        migrations.AddField("handoverpart", "answer_taken_by", models.TextField(blank=True, default=""), False),
        migrations.AddConstraint(
            "handoverpart",
            models.CheckConstraint(
                condition=models.Q(answered_at=None, answer_taken_by="")
                | models.Q(answered_at__isnull=False) & ~models.Q(answer_taken_by=""),
                name="handover_answer_taken_when_and_by_whom",
            ),
        ),
    ]
