from django.db import migrations, models

from smo_kit.core.operations import AddIndexOnline


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("smo_lock", "0001_first"),
    ]

    operations = [
        AddIndexOnline(
            model_name="count",
            index=models.Index(fields=["day"], name="smo_lock_count_day"),
        ),
    ]
