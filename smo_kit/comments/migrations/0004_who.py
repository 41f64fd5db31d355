"""Who may comment is a setting of the whole suite now: what an editor has saved moves there."""

from __future__ import annotations

from typing import Any

from django.db import migrations


def move(apps: Any, schema_editor: Any) -> None:
    """Take ``who`` out of the saved settings of comments, into those of access, unless it is said there already."""
    table = apps.get_model("smo_core", "Settings").objects.using(schema_editor.connection.alias)
    for row in table.filter(app="COMMENTS"):
        who = row.data.pop("who", None)
        if who is None:
            continue
        access, _is_new = table.get_or_create(site_id=row.site_id, app="ACCESS")
        access.data = {"comment": who, **access.data}
        for one in (row, access):
            one.version += 1
            one.save()


class Migration(migrations.Migration):
    dependencies = [
        ("smo_comments", "0003_flat_best"),
        ("smo_core", "0001_first"),
    ]

    operations = [migrations.RunPython(move, migrations.RunPython.noop)]
