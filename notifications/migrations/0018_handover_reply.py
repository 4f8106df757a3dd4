"""One more kind of document: what a host asked about a handover is replied to."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0017_sent_again_once_to_each_address"),
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
                    ("handover", "Leaving-care handover"),
                    ("handover_answer", "Answer to a leaving-care handover"),
                    ("handover_reply", "Reply to what was asked of a leaving-care handover"),
                    ("leaving_care_notice", "Where a care leaver lives"),
                    ("area_recall", "What was shared is taken back"),
                    ("area_alert", "What is shared about a place has changed"),
                ]
            ),
        ),
    ]
