"""Fill the benchmark's database and print, as JSON, what its pages would report."""

from __future__ import annotations

import json
import os
from typing import Final

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.site.settings")
PAGES: Final = 50


def main() -> None:
    """Migrate, write the pages, print the signed keys and hitcount's numbers."""
    django.setup()
    from django.contrib.contenttypes.models import ContentType
    from django.core.management import call_command
    from hitcount.models import HitCount

    from benchmarks.site.pages import articles
    from smo_kit.core.subjects import key_of

    call_command("migrate", run_syncdb=True, verbosity=0)
    written = articles(PAGES)
    own_type = ContentType.objects.get_for_model(written[0])
    hitcounts = [HitCount.objects.create(content_type=own_type, object_pk=one.pk).pk for one in written]
    print(json.dumps({"keys": [key_of(one).sign() for one in written], "hitcounts": hitcounts}))


if __name__ == "__main__":
    main()
