"""What the filter keeps: fingerprints of texts, moderators' decisions, what is known of authors."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from django_comments.models import Comment

from demo_site.articles.filling.in_database import DAY, Fill, moment
from smo_kit.core.settings import site_id
from smo_kit.spam.features import VERSION, features_of
from smo_kit.spam.models import Band, Decision, Print, Reputation
from smo_kit.spam.sketches import bands_of, pack, sketch_of

CHUNK: Final = 500
WORDS: Final = ("page", "picture", "link", "reader", "preview", "title", "network", "button", "comment", "template")


def fill_reputations(wanted: int) -> Iterator[int]:
    """Make authors known until there are so many; yield how many there are."""
    columns = {
        "site_id": "%(site)s",
        "who": "'fill ' || a.id",
        "label": "'reader ' || a.id",
        "published": "1 + a.id %% 9",
        "removed": "0",
        "spam": "CASE WHEN a.id %% 50 = 0 THEN 1 ELSE 0 END",
        "trusted": "(a.id %% 100 = 1)",
        "banned": "(a.id %% 100 = 2)",
        "seen": moment(f"a.id %% {900 * DAY}"),
    }
    yield from Fill(Reputation, columns, is_even=True).run(wanted)


def fill_prints(wanted: int) -> Iterator[int]:
    """Keep fingerprints of texts of the last days until there are so many; yield how many there are."""
    type_ = ContentType.objects.get_for_model(Comment)
    done = Print.objects.count()
    yield done
    while done < wanted:
        numbers = range(done, min(done + CHUNK, wanted))
        sketches = [sketch_of(_text(number)) for number in numbers]
        with transaction.atomic():
            rows = Print.objects.bulk_create(
                Print(content_type=type_, object_pk=f"fill-{number}", sketch=pack(sketch), made=_lately(number))
                for number, sketch in zip(numbers, sketches, strict=True)
            )
            Band.objects.bulk_create(
                Band(of=row, value=value)
                for row, sketch in zip(rows, sketches, strict=True)
                for value in bands_of(sketch)
            )
        done = numbers.stop
        yield done


def fill_decisions(wanted: int) -> Iterator[int]:
    """Have moderators decide until there are so many decisions; yield how many there are."""
    done = Decision.objects.count()
    yield done
    while done < wanted:
        numbers = range(done, min(done + CHUNK, wanted))
        Decision.objects.bulk_create(map(_decision, numbers), ignore_conflicts=True)
        done = numbers.stop
        yield done


def _decision(number: int) -> Decision:
    return Decision(
        site_id=site_id(),
        mark=f"fill {number}",
        is_spam=number % 3 == 0,
        language="en",
        features=features_of(_text(number)).pack(),
        version=VERSION,
        made=_lately(number),
    )


def _text(number: int) -> str:
    words = [WORDS[number // 10**place % 10] for place in range(6)]
    return f"The {' '.join(words)} {number} is what I have asked you for."


def _lately(number: int) -> dt.datetime:
    return timezone.now() - dt.timedelta(minutes=number % (6 * DAY))
