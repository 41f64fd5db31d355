"""The index of related pages of a large site: ``fill N``, ``rebuild``, ``save``; each prints its figures as JSON."""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import sys
import time
from collections.abc import Iterator
from itertools import accumulate
from typing import Any, Final

import django

from benchmarks.site.memory import most_megabytes

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.site.settings")

SYLLABLES: Final = ("ba", "ce", "di", "fo", "gu", "ka", "le", "mi", "no", "pu", "ra", "se", "ti", "vo", "bre", "flo")
WORDS: Final = 60_000
SUBJECTS: Final = 2_000
SUBJECT: Final = 120
"""Words of a subject."""
LENGTH: Final = 250
"""Words of a text."""
CHUNK: Final = 1_000


class Writer:
    """Writes invented articles: half of the words are of two subjects, half are as common as words are (Zipf)."""

    def __init__(self) -> None:
        dice = random.Random(1)
        self._words = ["".join(dice.choices(SYLLABLES, k=dice.randint(2, 5))) for _ in range(WORDS)]
        self._often = list(accumulate(1 / place for place in range(1, WORDS + 1)))
        self._subjects = [dice.sample(self._words[200:], SUBJECT) for _ in range(SUBJECTS)]

    def article(self, number: int) -> tuple[str, str]:
        """Return title and text of the article of a number: always the same."""
        dice = random.Random(number)
        one, other = dice.choice(self._subjects), dice.choice(self._subjects)
        text = [*dice.choices(one, k=LENGTH // 3), *dice.choices(other, k=LENGTH // 6)]
        text += dice.choices(self._words, cum_weights=self._often, k=LENGTH // 2)
        dice.shuffle(text)
        return " ".join(dice.sample(one, 5)).capitalize(), " ".join(text)


def fill(many: int) -> Iterator[tuple[str, Any]]:
    """Write articles and their snapshots; nothing of the index."""
    from django.contrib.contenttypes.models import ContentType
    from django.core.management import call_command

    from benchmarks.site.models import Article
    from smo_kit.core.models import CardRow

    call_command("migrate", run_syncdb=True, verbosity=0)
    writer = Writer()
    its_type = ContentType.objects.get_for_model(Article).pk
    day = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    for start in range(0, many, CHUNK):
        numbers = range(start + 1, min(many, start + CHUNK) + 1)
        texts = {number: writer.article(number) for number in numbers}
        Article.objects.bulk_create(
            Article(pk=number, slug=f"a{number}", title=title, lead=title, body=body, published=day)
            for number, (title, body) in texts.items()
        )
        CardRow.objects.bulk_create(
            CardRow(
                content_type_id=its_type,
                object_pk=str(number),
                source_type_id=its_type,
                source_pk=str(number),
                language="en-us",
                url=f"/articles/a{number}/",
                title=title,
                summary=title,
                published=day - dt.timedelta(hours=number),
            )
            for number, (title, _) in texts.items()
        )
    yield "pages", many


def rebuild() -> Iterator[tuple[str, Any]]:
    """Make the index; say how long each phase takes."""
    from smo_kit.best.index.rebuilding import rebuild
    from smo_kit.best.models import Neighbour, Posting

    began, phase, then = time.monotonic(), "", time.process_time()
    for progress in rebuild():
        if progress.phase != phase:
            if phase:
                yield f"{phase}, processor", time.process_time() - then
                print(phase, time.process_time() - then, "s of processor", file=sys.stderr, flush=True)
            phase, then = progress.phase, time.process_time()
    yield "seconds", time.monotonic() - began
    yield "processor", time.process_time()
    yield "neighbours", Neighbour.objects.count()
    yield "postings", Posting.objects.count()


def save() -> Iterator[tuple[str, Any]]:
    """Save an article with a new text: what the editor's worker does of it."""
    from benchmarks.site.models import Article
    from smo_kit.best.models import Neighbour, Text
    from smo_kit.core.models import CardRow

    article = Article.objects.order_by("pk")[5]
    article.title, article.body = Writer().article(-article.pk - int(time.time()))
    began, used = time.monotonic(), time.process_time()
    article.save()
    yield "seconds", time.monotonic() - began
    yield "processor", time.process_time() - used
    row = CardRow.objects.get(object_pk=str(article.pk))
    yield "neighbours", Neighbour.objects.filter(card=row, similarity__gt=0).count()
    yield "neighbour of", Neighbour.objects.filter(other=row, similarity__gt=0).count()
    yield "due", Text.objects.waiting().count()


def main() -> None:
    """Do what the command line names."""
    django.setup()
    acts = {"fill": fill, "rebuild": rebuild, "save": save}
    figures = dict(acts[sys.argv[1]](*map(int, sys.argv[2:])))
    figures["megabytes"] = most_megabytes()
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
