"""The last audit of a site."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("smo_core", "0001_first")]

    operations = [
        migrations.CreateModel(
            name="Audit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("site_id", models.PositiveIntegerField(unique=True)),
                ("started", models.DateTimeField()),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(default=0)),
                ("finished", models.DateTimeField(null=True)),
                ("report", models.JSONField(default=dict)),
            ],
            options={
                "verbose_name": "audit",
                "verbose_name_plural": "audit",
                "default_permissions": (),
            },
        ),
    ]
