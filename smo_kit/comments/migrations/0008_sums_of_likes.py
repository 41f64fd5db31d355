from django.db import migrations, models

from smo_kit.core.operations import AddIndexOnline, RemoveIndexOnline


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("smo_comments", "0007_votes_by_voter"),
    ]

    operations = [
        AddIndexOnline(
            model_name="entry",
            index=models.Index(
                fields=["state", "likes", "discussion", "person", "comment"], name="smo_comments_entry_likes"
            ),
        ),
        RemoveIndexOnline(model_name="entry", name="smo_comments_entry_liked"),
    ]
