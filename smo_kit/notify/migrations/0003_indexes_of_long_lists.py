from django.db import migrations, models

from smo_kit.core.operations import AddIndexOnline


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("smo_notify", "0002_push"),
    ]

    operations = [
        AddIndexOnline(
            model_name="delivery",
            index=models.Index(fields=["created"], name="smo_notify_delivery_created"),
        ),
        AddIndexOnline(
            model_name="subscriber",
            index=models.Index(fields=["confirmed_at", "created"], name="smo_notify_subscriber_unproved"),
        ),
        AddIndexOnline(
            model_name="subscriber",
            index=models.Index(fields=["ended_at"], name="smo_notify_subscriber_ended"),
        ),
    ]
