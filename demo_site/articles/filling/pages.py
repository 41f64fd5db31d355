"""Pages: articles made of the sentences of the magazine's own, the newest ones close together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cache
from random import Random
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from demo_site.articles.models import Article, Author, Tag, Tagging, Translation
from smo_kit.core.registrations import registration_of
from smo_kit.core.rows import renew

PREFIX: Final = "fill-"
CHUNK: Final = 500
"""Articles of one transaction."""
YEARS: Final = 8
RUSSIAN: Final = 4
"""Every so-manieth article has a Russian translation too."""
TAGS: Final = 200
"""Tags that are made; how often each is used falls with its number."""
PARAGRAPHS: Final = (2, 6)


def fill_pages(wanted: int) -> Iterator[int]:
    """Make articles until there are so many of ours, with their snapshots; yield how many there are."""
    done = made_pages()
    tags, authors = _tags(), list(Author.objects.order_by("pk").values_list("pk", flat=True))
    yield done
    while done < wanted:
        with transaction.atomic():
            translations = _articles(range(done, min(done + CHUNK, wanted)), tags, authors)
            registration = registration_of(Translation)
            if registration is not None:
                renew(registration, list(registration.public().filter(pk__in=[one.pk for one in translations])))
        done = min(done + CHUNK, wanted)
        yield done


def made_pages() -> int:
    """Return how many articles were made here."""
    last = Article.objects.filter(key__startswith=PREFIX).order_by("-key").values_list("key", flat=True).first()
    return int(last.removeprefix(PREFIX)) + 1 if last else 0


def _articles(numbers: range, tags: list[int], authors: list[int]) -> list[Translation]:
    articles = [
        Article(key=f"{PREFIX}{number:08}", author_id=_chance(number).choice(authors), published_at=_moment(number))
        for number in numbers
    ]
    Article.objects.bulk_create(articles)
    pairs = list(zip(numbers, articles, strict=True))
    Tagging.objects.bulk_create(
        [Tagging(article=article, tag_id=tag) for number, article in pairs for tag in _some(tags, number)]
    )
    translations = [_translation(number, article, "en") for number, article in pairs]
    translations += [_translation(number, article, "ru") for number, article in pairs if number % RUSSIAN == 0]
    return Translation.objects.bulk_create(translations)


def _translation(number: int, article: Article, language: str) -> Translation:
    chance = _chance(number)
    sentences = _sentences(language)
    paragraphs = [" ".join(chance.choices(sentences, k=4)) for _ in range(chance.randint(*PARAGRAPHS))]
    made = Translation(
        article=article,
        language=language,
        slug=f"{PREFIX}{number}",
        title=f"{chance.choice(sentences).rstrip('.')[:150]} ({number})",
        lead=chance.choice(sentences),
        body="\n\n".join(paragraphs),
        modified_at=article.published_at,
    )
    made.derive()
    return made


def _moment(number: int) -> dt.datetime:
    """Return when an article came out: more of them lately than long ago."""
    part = _chance(number).random() ** 1.5
    return timezone.now() - dt.timedelta(days=1 + part * YEARS * 365)


def _some(tags: list[int], number: int) -> set[int]:
    chance = _chance(number)
    return {tags[int(len(tags) * chance.random() ** 3)] for _ in range(chance.randint(1, 4))}


def _tags() -> list[int]:
    for number in range(TAGS):
        names = {"name_en": f"Topic {number}", "name_ru": f"Тема {number}"}
        Tag.objects.get_or_create(slug=f"{PREFIX}{number}", defaults=names)
    return list(Tag.objects.filter(slug__startswith=PREFIX).order_by("pk").values_list("pk", flat=True))


@cache
def _sentences(language: str) -> list[str]:
    """Return plain sentences of the magazine's own articles, so that what is alike is worth comparing."""
    found: list[str] = []
    for file in sorted((settings.CONTENT / language).glob("*.md")):
        lines = file.read_text(encoding="utf-8").splitlines()
        found += [line for line in lines if line.endswith(".") and len(line) > 60 and line[0].isalpha()]
    return [sentence.strip() + "." for line in found for sentence in line.split(". ") if len(sentence) > 40]


def _chance(number: int) -> Random:
    return Random(number)  # noqa: S311  # the same site each time
