from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("leaving_care", "0003_what_a_part_holds")]
    operations = [
        migrations.AlterField(
            "circumstance",
            "kind",
            models.TextField(
                choices=[
                    ("settled_at_home", "Living, settled, with a parent or somebody with parental responsibility"),
                    ("at_home_not_settled", "Living with a parent or the like, not settled"),
                    ("held", "Detained, or in hospital"),
                    ("special_guardianship", "Under a special guardianship order"),
                    ("adopted", "Adopted"),
                    ("died", "Died"),
                    ("support_asked_for", "Asked for support past 21"),
                    ("education", "Education or training in the pathway plan"),
                    ("age_disputed", "Age disputed: another date of birth"),
                    ("cared_for_elsewhere", "Looked after by another authority"),
                    ("decided_eligible", "Decided, with legal advice: an eligible child"),
                ]
            ),
        ),
        migrations.RemoveConstraint("circumstance", "circumstance_once_where_it_happens_once"),
        migrations.AddConstraint(
            "circumstance",
            models.UniqueConstraint(
                condition=models.Q(
                    superseded_at=None,
                    kind__in=["adopted", "died", "education", "age_disputed", "decided_eligible"],
                ),
                fields=("child", "kind"),
                name="circumstance_once_where_it_happens_once",
            ),
        ),
        migrations.AlterField(
            "step",
            "kind",
            models.TextField(
                choices=[
                    ("planned", "Talked about what comes"),
                    ("needs_assessed", "Needs assessed"),
                    ("plan_made", "Pathway plan made"),
                    ("review_asked", "Review of the pathway plan asked for by the young person"),
                    ("reviewed", "Pathway plan reviewed"),
                    ("visited", "Visited"),
                    ("in_touch", "In touch"),
                    ("staying_put_decided", "Staying put decided"),
                    ("offered", "Support to 25 offered"),
                ]
            ),
        ),
    ]
