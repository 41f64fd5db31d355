from django.db import migrations, models

from smo_kit.core.operations import AddIndexOnline


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("smo_spam", "0002_learned"),
    ]

    operations = [
        AddIndexOnline(
            model_name="reputation",
            index=models.Index(fields=["site_id", "-seen"], name="smo_spam_reputation_seen"),
        ),
        AddIndexOnline(
            model_name="reputation",
            index=models.Index(fields=["site_id", "banned", "-seen"], name="smo_spam_reputation_banned"),
        ),
        AddIndexOnline(
            model_name="reputation",
            index=models.Index(fields=["site_id", "trusted", "-seen"], name="smo_spam_reputation_trusted"),
        ),
    ]
