"""One more kind of document: what an owner shared of an area is taken back."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0008_new_lines"),
    ]

    operations = [
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
                    ("area_recall", "What was shared is taken back"),
                ]
            ),
        ),
    ]
