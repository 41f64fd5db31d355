from django.db import migrations, models

from smo_kit.core.operations import AddIndexOnline


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("smo_comments", "0006_site_of_actions"),
    ]

    operations = [
        AddIndexOnline(
            model_name="vote",
            index=models.Index(fields=["voter", "entry"], name="smo_comments_vote_voter"),
        ),
    ]
