"""``python -m benchmarks.site.tagged_pages MANY``: django-taggit's similar objects of the same pages by their tags.

SQLite in memory; prints figures as JSON.
"""

from __future__ import annotations

import json
import sys
import time

import django
from django.conf import settings

from benchmarks.site.invented import documents

ASKED = 200

settings.configure(
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    INSTALLED_APPS=["django.contrib.contenttypes", "taggit"],
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    USE_TZ=True,
)
django.setup()

from django.contrib.contenttypes.models import ContentType  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, models  # noqa: E402
from taggit.managers import TaggableManager  # noqa: E402
from taggit.models import Tag, TaggedItem  # noqa: E402


class TaggedPage(models.Model):
    """A page of which only the tags matter."""

    title = models.CharField(max_length=200)
    tags = TaggableManager()

    class Meta:
        app_label = "taggit"

    def __str__(self) -> str:
        return self.title


def main(many: int) -> None:
    """Tag the pages, then ask for some of them what is similar; seconds of the processor."""
    call_command("migrate", verbosity=0)
    with connection.schema_editor() as editor:
        editor.create_model(TaggedPage)
    pages = [(page.id, page.title, page.tags) for page in documents(many)]
    TaggedPage.objects.bulk_create([TaggedPage(pk=number + 1, title=title) for number, title, _ in pages])
    names = sorted({name for _, _, tags in pages for name in tags})
    Tag.objects.bulk_create([Tag(name=name, slug=name) for name in names])
    tags = {tag.name: tag for tag in Tag.objects.all()}
    kind = ContentType.objects.get_for_model(TaggedPage)
    TaggedItem.objects.bulk_create(
        TaggedItem(tag=tags[name], content_type=kind, object_id=number + 1) for number, _, own in pages for name in own
    )
    times = []
    for page in TaggedPage.objects.filter(pk__in=range(1, many + 1, max(1, many // ASKED))):
        before = time.process_time()
        page.tags.similar_objects()[:5]
        times.append(time.process_time() - before)
    times.sort()
    print(json.dumps({"median": times[len(times) // 2], "p95": times[len(times) * 95 // 100]}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
