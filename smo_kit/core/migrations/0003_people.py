import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("smo_core", "0002_audit"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PersonalRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("site_id", models.PositiveIntegerField(default=1)),
                ("mark", models.CharField(max_length=64)),
                ("verb", models.CharField(max_length=16, verbose_name="action")),
                ("figures", models.JSONField(default=dict)),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="date")),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "personal data",
                "verbose_name_plural": "personal data",
                "ordering": ("-pk",),
                "permissions": [("handle_personal_data", "Can export and erase what is kept of a person")],
                "default_permissions": (),
            },
        ),
    ]
