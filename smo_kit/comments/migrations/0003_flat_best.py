from django.db import migrations, models

from smo_kit.core.operations import AddIndexOnline


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("smo_comments", "0002_origin"),
    ]

    operations = [
        AddIndexOnline(
            model_name="entry",
            index=models.Index(
                fields=["discussion", "state", "-score", "comment"], name="smo_comments_entry_flat_best"
            ),
        ),
    ]
