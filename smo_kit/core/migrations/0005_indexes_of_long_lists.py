from django.db import migrations, models

from smo_kit.core.operations import AddIndexOnline


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("smo_core", "0004_kept"),
    ]

    operations = [
        AddIndexOnline(
            model_name="cardrow",
            index=models.Index(fields=["-published", "-id"], name="smo_core_cardrow_all_newest"),
        ),
    ]
