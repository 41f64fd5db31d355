from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("smo_comments", "0002_origin"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                fields=["discussion", "state", "-score", "comment"], name="smo_comments_entry_flat_best"
            ),
        ),
    ]
