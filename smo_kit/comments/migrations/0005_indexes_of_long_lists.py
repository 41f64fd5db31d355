from django.db import migrations, models

from smo_kit.core.operations import AddIndexOnline, RemoveIndexOnline


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("smo_comments", "0004_who"),
    ]

    operations = [
        AddIndexOnline(
            model_name="action",
            index=models.Index(fields=["verb", "id"], name="smo_comments_action_verb"),
        ),
        AddIndexOnline(
            model_name="discussion",
            index=models.Index(fields=["site_id", "-last_at", "-id"], name="smo_comments_discussion_last"),
        ),
        AddIndexOnline(
            model_name="entry",
            index=models.Index(fields=["state", "reports"], name="smo_comments_entry_reports"),
        ),
        AddIndexOnline(
            model_name="entry",
            index=models.Index(fields=["state", "published_at", "spam_score"], name="smo_comments_entry_doubt"),
        ),
        AddIndexOnline(
            model_name="entry",
            index=models.Index(fields=["state", "likes"], name="smo_comments_entry_liked"),
        ),
        RemoveIndexOnline(
            model_name="entry",
            name="smo_comments_entry_state",
        ),
    ]
