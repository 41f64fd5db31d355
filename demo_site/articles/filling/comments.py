"""Comments: few pages have many, most have some; in threads that are flat, deep or bushy."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Final

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from django_comments.models import Comment

from demo_site.articles.filling.pages import PREFIX
from demo_site.articles.models import Article
from smo_kit.comments import tree_paths
from smo_kit.comments.bulk import insert_rows
from smo_kit.comments.models import Action, Discussion, Entry, Report, Vote
from smo_kit.comments.people import person_of
from smo_kit.comments.scores import score_of
from smo_kit.comments.states import State
from smo_kit.comments.storage import PLACE, SPREAD, XtdComment, add_many
from smo_kit.core.settings import site_id

LANGUAGE: Final = "en"
CHUNK: Final = 2_000
"""Comments of one transaction, more or less: a discussion is written as a whole."""
LARGEST: Final = 20
"""The liveliest page has one of so many comments."""
LIVELY: Final = dt.timedelta(days=60)
"""For so long a page is talked about."""
DEEPEST: Final = 4
PEOPLE: Final = 50
"""Everybody wrote about so many comments."""
TEXTS: Final = (
    "I tried this on our own site last week, and the second part made the difference.",
    "Thank you. Could you say more about what happens when the picture is missing?",
    "I don't agree: most readers never look there.",
    "Same here.",
    "This is the clearest explanation that I have found so far. We changed our templates and people share again.",
    "What about older phones?",
)
STATES: Final = ((State.SPAM, 0.03), (State.REMOVED, 0.015), (State.PENDING, 0.003), (State.HELD, 0.002))
"""Parts of all; the others are published."""


@dataclass(frozen=True, slots=True)
class Page:
    """An article, and how many comments it gets."""

    article: int
    published: dt.datetime
    comments: int


def fill_comments(wanted: int) -> Iterator[int]:
    """Write comments below the pages made here until there are so many; yield how many there are."""
    done = Comment.objects.count()
    yield done
    articles = _articles_without()
    largest = max(1, wanted // LARGEST)
    some: list[Page] = []
    for place, (pk, published) in enumerate(articles):
        left = wanted - done - sum(one.comments for one in some)
        if left <= 0:
            break
        some.append(Page(pk, published, min(left, _number(place, largest, left, len(articles)))))
        if sum(one.comments for one in some) >= CHUNK:
            done += _write(some)
            some = []
            yield done
    if some:
        yield done + _write(some)


def _articles_without() -> list[tuple[int, dt.datetime]]:
    taken = set(Discussion.objects.filter(content_type=_type()).values_list("object_pk", flat=True))
    rows = Article.objects.filter(key__startswith=PREFIX).order_by("key").values_list("pk", "published_at")
    return [(pk, published) for pk, published in rows if str(pk) not in taken]


def _number(place: int, largest: int, left: int, pages: int) -> int:
    """Return how many comments the page at a place among those without any gets: a long tail around the mean."""
    if place == 0:
        return largest
    mean = max(1.0, left / max(1, pages - place))
    return max(1, round(mean * Random(place).expovariate(1)))  # noqa: S311


@transaction.atomic
def _write(pages: Sequence[Page]) -> int:
    discussions = [
        Discussion(site_id=site_id(), content_type=_type(), object_pk=str(page.article), language=LANGUAGE)
        for page in pages
    ]
    Discussion.objects.bulk_create(discussions)
    discussions = list(
        Discussion.objects.filter(content_type=_type(), object_pk__in=[one.object_pk for one in discussions])
    )
    by_page = {int(one.object_pk): one for one in discussions}
    for page in pages:
        _write_page(page, by_page[page.article])
    Discussion.objects.bulk_update(discussions, ["count", "last_at"], batch_size=300)
    return sum(page.comments for page in pages)


def _write_page(page: Page, discussion: Discussion) -> None:
    chance = Random(page.article)  # noqa: S311
    parents = _shape(page.comments, chance)
    states = [_state(chance) for _ in parents]
    people = [_person(chance.randrange(max(20, PEOPLE * 400))) for _ in parents]
    now = timezone.now()
    age = min(now - page.published, LIVELY) / (len(parents) + 1)
    comments = [
        Comment(
            content_type_id=discussion.content_type_id,
            object_pk=discussion.object_pk,
            site_id=discussion.site_id,
            user_name=people[number][0],
            user_email=people[number][1],
            comment=chance.choice(TEXTS),
            submit_date=page.published + age * (number + 1),
            **states[number].flags,
        )
        for number in range(len(parents))
    ]
    add_many(comments)
    entries = _entries(comments, parents, states, people, discussion, chance)
    _write_places(entries)
    Entry.objects.bulk_create(entries, batch_size=500)
    _write_more(entries, chance)
    published = [one for one in entries if one.state == State.PUBLISHED]
    discussion.count = len(published)
    discussion.last_at = max((one.published_at for one in published if one.published_at), default=None)


def _shape(number: int, chance: Random) -> list[int]:
    """Return what each comment answers, by its number: -1 for nothing. Flat, deep or bushy."""
    habit = chance.choice(("flat", "deep", "bushy"))
    parents, levels = [-1], [0]
    for one in range(1, number):
        answers = {"flat": 0.1, "deep": 0.8, "bushy": 0.6}[habit]
        parent = one - 1 if habit == "deep" else chance.randrange(one)
        parents.append(parent if chance.random() < answers and levels[parent] < DEEPEST else -1)
        levels.append(levels[parent] + 1 if parents[-1] >= 0 else 0)
    return parents


def _entries(
    comments: Sequence[Comment],
    parents: Sequence[int],
    states: Sequence[State],
    people: Sequence[tuple[str, str, str]],
    discussion: Discussion,
    chance: Random,
) -> list[Entry]:
    entries: list[Entry] = []
    sizes: Counter[int] = Counter()
    for number, comment in enumerate(comments):
        parent = entries[parents[number]] if parents[number] >= 0 else None
        path = tree_paths.path_under(parent.path if parent else "", comment.pk)
        is_published = states[number] is State.PUBLISHED
        likes = chance.randint(1, 5) if is_published and chance.random() < 0.05 else 0
        entries.append(
            Entry(
                comment_id=comment.pk,
                discussion=discussion,
                parent_id=parent.pk if parent else None,
                root_id=tree_paths.ids_of(path)[0],
                path=path,
                state=states[number],
                published_at=comment.submit_date if is_published else None,
                language=LANGUAGE,
                html=f"<p>{comment.comment}</p>",
                person=people[number][2],
                likes=likes,
                score=score_of(likes, 0),
                reports=int(is_published and chance.random() < 0.001),
                spam_score=round(chance.random() if states[number] is State.SPAM else 0.3 * chance.random() ** 8, 3),
            )
        )
        if is_published:
            sizes.update(tree_paths.ancestors_of(path))
    for entry in entries:
        entry.size = sizes[entry.pk]
    return entries


def _write_places(entries: Sequence[Entry]) -> None:
    """Write the rows of django-comments-xtd: numbered in the order of each thread."""
    orders: Counter[int] = Counter()
    rows = []
    for entry in sorted(entries, key=lambda one: one.path):
        root = entry.root_id
        place = (root, entry.parent_id or entry.pk, entry.level, 1 + SPREAD * orders[root], entry.size)
        orders[root] += 1
        rows.append((entry.pk, *place, False))
    insert_rows(XtdComment, ("comment_ptr_id", *PLACE, "followup"), rows)


def _write_more(entries: Sequence[Entry], chance: Random) -> None:
    Vote.objects.bulk_create(
        [Vote(entry=one, voter=f"reader {number}", value=1) for one in entries for number in range(one.likes)],
        batch_size=500,
    )
    Report.objects.bulk_create([Report(entry=one, reporter="reader", reason="Spam") for one in entries if one.reports])
    decided = {State.REMOVED: "remove", State.SPAM: "spam"}
    Action.objects.bulk_create(
        [
            Action(site_id=site_id(), entry=one, verb=decided[State(one.state)], before=State.HELD, after=one.state)
            for one in entries
            if one.state in decided and chance.random() < 0.5
        ],
        batch_size=500,
    )


@cache
def _person(number: int) -> tuple[str, str, str]:
    """Return a name, an address, and what stands for them."""
    email = f"reader-{number}@example.org"
    return f"Reader {number}", email, person_of(email=email)


def _state(chance: Random) -> State:
    value = chance.random()
    for state, part in STATES:
        if value < part:
            return state
        value -= part
    return State.PUBLISHED


@cache
def _type() -> ContentType:
    return ContentType.objects.get_for_model(Article)
