"""The tables of the tests' models, always as models.py has them; after those of auth, to which they point.

Without a migration they would be made first, which PostgreSQL and MariaDB refuse.
"""

from django.apps import apps
from django.conf import settings
from django.db import migrations
from django.db.migrations.state import ModelState

_states = [ModelState.from_model(model) for model in apps.get_app_config("blog").get_models()]


class Migration(migrations.Migration):
    initial = True
    dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [
        migrations.CreateModel(one.name, list(one.fields.items()), one.options, one.bases, one.managers)
        for one in _states
    ]
