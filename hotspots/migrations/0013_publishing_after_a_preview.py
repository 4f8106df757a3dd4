"""What a preview asked and answered is kept, also of a file; and what was published after it, once."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from db.row_security import insert_only, own_rows


class Migration(migrations.Migration):
    dependencies = [
        ("geo", "0005_boundaries_verified"),
        ("hotspots", "0012_boxes_for_tiles"),
    ]

    operations = [
        migrations.AlterField(
            model_name="preview",
            name="hotspot",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="previews", to="hotspots.hotspot"
            ),
        ),
        migrations.AddField(
            model_name="preview",
            name="upload",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="previews", to="hotspots.upload"
            ),
        ),
        migrations.AddField(model_name="preview", name="asked", field=models.TextField(blank=True, default="")),
        migrations.AddField(model_name="preview", name="own", field=models.PositiveIntegerField(null=True)),
        migrations.AddField(model_name="preview", name="of_partners", field=models.TextField(blank=True, default="")),
        migrations.AddConstraint(
            model_name="preview",
            constraint=models.CheckConstraint(
                condition=models.Q(("hotspot", None), ("upload", None), _connector="OR"),
                name="preview_of_an_area_or_a_file_not_both",
            ),
        ),
        migrations.CreateModel(
            name="PublishedAfter",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("by", models.TextField()),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="geo.authority"
                    ),
                ),
                (
                    "preview",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="published", to="hotspots.preview"
                    ),
                ),
            ],
            options={"verbose_name_plural": "published after a preview"},
        ),
        *own_rows("hotspots_publishedafter"),
        *insert_only("hotspots_publishedafter"),
    ]
