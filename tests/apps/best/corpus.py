"""An invented site: pages about some dozens of subjects, each with words of its own among those of all pages."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Final

from smo_kit.best.models import Frequency, Neighbour, Posting, Tagged, Text
from smo_kit.core.models import CardRow
from tests.blog.models import Post

SYLLABLES: Final = ("ba", "ce", "di", "fo", "gu", "ka", "le", "mi", "no", "pu", "ra", "se", "ti", "vo", "bra", "dri")


def words(many: int, seed: int) -> list[str]:
    """Return made-up words."""
    dice = random.Random(seed)
    return ["".join(dice.choices(SYLLABLES, k=dice.randint(2, 4))) for _ in range(many)]


def posts(many: int, *, start: int = 0, length: int = 120) -> Iterator[Post]:
    """Yield posts that are not saved yet; the post of a number is always the same."""
    common = words(400, 1)
    for number in range(start, start + many):
        dice = random.Random(number)
        subject = words(60, 1000 + number % 24)
        side = words(60, 1000 + dice.randrange(24))
        text = [*dice.choices(subject, k=length // 4), *dice.choices(side, k=length // 8)]
        text += dice.choices(common, k=length - len(text))
        dice.shuffle(text)
        title = " ".join([*dice.sample(subject, 3), *dice.sample(common, 2)]).capitalize()
        yield Post(slug=f"post-{number}", title=title, body=" ".join(text))


def articles(many: int, *, about: int = 6) -> list[Post]:
    """Return posts that are not saved yet, so many about each thing, of words as rare and as common as those of texts.

    A thing belongs to a field, whose words others of the field have too; lengths differ.
    """
    common, things = words(3000, 1), -(-many // about)
    posts = []
    for number in range(many):
        dice = random.Random(number)
        thing, field = words(40, 5000 + number % things), words(150, 9000 + number % things % 12)
        length = dice.randint(80, 400)
        text = [*_spoken(dice, thing, length // 8), *_spoken(dice, field, length // 6)]
        text += _spoken(dice, common, length - len(text))
        dice.shuffle(text)
        title = " ".join([*_spoken(dice, thing, 2), *_spoken(dice, field, 1), *dice.sample(common, 2)])
        posts.append(Post(slug=f"article-{number}", title=title.capitalize(), body=" ".join(text)))
    random.Random(many).shuffle(posts)
    return posts


def _spoken(dice: random.Random, words: list[str], many: int) -> list[str]:
    """Choose words as people do: the n-th is as frequent as 1/n."""
    return dice.choices(words, [1 / (n + 2) for n in range(len(words))], k=many)


def row_of(post: Post) -> CardRow:
    """Return the snapshot of a post."""
    return CardRow.objects.get(object_pk=str(post.pk), content_type__model="post")


def beside(post: Post) -> list[str]:
    """Return the titles of what stands beside a post, the most alike first."""
    rows = Neighbour.objects.filter(card=row_of(post), similarity__gt=0).order_by("-similarity", "other")
    return list(rows.values_list("other__title", flat=True))


def whole_index() -> dict[str, list[tuple[object, ...]]]:
    """Return all that the index holds, but moments and ids."""
    return {
        "texts": sorted(Text.objects.values_list("card", "language", "digest")),
        "bags": [bytes(bag) for bag in Text.objects.order_by("card").values_list("bag", flat=True)],
        "frequencies": sorted(Frequency.objects.exclude(n=0).values_list("language", "term", "n")),
        "postings": sorted(Posting.objects.values_list("card", "term", "weight")),
        "neighbours": sorted(Neighbour.objects.filter(similarity__gt=0).values_list("card", "other", "similarity")),
        "tags": sorted(Tagged.objects.values_list("card", "tag")),
    }
