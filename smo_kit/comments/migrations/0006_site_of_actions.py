from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("smo_comments", "0005_indexes_of_long_lists"),
    ]

    operations = [
        migrations.AddField(
            model_name="action",
            name="site_id",
            field=models.IntegerField(editable=False, null=True),
        ),
    ]
