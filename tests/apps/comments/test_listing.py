"""Following rel="next" shows every comment once, in whatever order, and no page reads more than a page."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from smo_kit.comments.discussions import discussion_of
from smo_kit.comments.listing import Wanted, listing, start_of_page_with
from smo_kit.comments.models import Entry
from smo_kit.comments.moves import move
from smo_kit.comments.scores import score_of
from smo_kit.comments.states import State
from tests.apps.comments.forest import grow

SORTS = ["oldest", "newest", "best"]
VIEWS = ["threads", "flat"]


@pytest.fixture
def forest(article):
    """70 comments in threads of all lengths, one of them pinned, some gone."""
    discussion = discussion_of(article)
    chance = random.Random(7)
    entries = grow(discussion, 70, chance)
    for entry in chance.sample(entries, 25):
        likes = chance.randrange(5)
        Entry.objects.filter(pk=entry.pk).update(likes=likes, score=score_of(likes, 0))
    pinned = next(entry for entry in entries if not entry.parent_id and entry.pk > entries[20].pk)
    Entry.objects.filter(pk=pinned.pk).update(pinned_at=timezone.now())
    for entry in chance.sample(entries, 15):
        move(Entry.objects.get(pk=entry.pk), State.REMOVED)
    discussion.refresh_from_db()
    return discussion


def walk(discussion, view, sort, size):
    after, pages = None, []
    while True:
        page = listing(Wanted(discussion=discussion, view=view, sort=sort, size=size, after=after))
        pages.append([entry.pk for entry in page.entries])
        if page.next_after is None:
            return pages
        after = Entry.objects.get(pk=page.next_after)


@pytest.mark.parametrize("size", [1, 7, 50, 500])
@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("view", VIEWS)
def test_each_comment_stands_on_one_page(forest, view, sort, size):
    pages = walk(forest, view, sort, size)

    shown = [pk for page in pages for pk in page]
    rows = Entry.objects.filter(discussion=forest)
    wanted = rows.published() if view == "flat" else rows.placed()
    assert sorted(shown) == sorted(wanted.values_list("pk", flat=True))
    assert len(shown) == len(set(shown))
    assert {len(page) for page in pages[:-1]} <= {size}


@pytest.mark.parametrize("sort", SORTS)
def test_pages_of_any_size_have_one_order(forest, sort):
    for view in VIEWS:
        whole = walk(forest, view, sort, 500)[0]
        assert [pk for page in walk(forest, view, sort, 7) for pk in page] == whole


@pytest.mark.parametrize("sort", SORTS)
def test_a_pinned_thread_comes_first_and_replies_follow_what_they_answer(forest, sort):
    order = walk(forest, "threads", sort, 500)[0]
    entries = Entry.objects.in_bulk(order)

    assert entries[order[0]].pinned_at
    place = {pk: n for n, pk in enumerate(order)}
    assert all(place[entry.parent_id] < place[pk] for pk, entry in entries.items() if entry.parent_id)
    roots = [pk for pk in order if entries[pk].root_id == pk][1:]
    keys = {"oldest": lambda pk: pk, "newest": lambda pk: -pk, "best": lambda pk: (-entries[pk].score, pk)}
    assert roots == sorted(roots, key=keys[sort])


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("view", VIEWS)
def test_each_comment_is_found_on_the_page_that_its_link_leads_to(forest, view, sort):
    for pk in walk(forest, view, sort, 500)[0]:
        wanted = Wanted(discussion=forest, view=view, sort=sort, size=12)
        start = start_of_page_with(wanted, Entry.objects.get(pk=pk))
        page = listing(Wanted(discussion=forest, view=view, sort=sort, size=12, after=start))
        assert pk in [entry.pk for entry in page.entries]


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("view", VIEWS)
def test_a_page_is_seven_queries_at_the_most(forest, view, sort):
    starts = [None, *Entry.objects.filter(discussion=forest)[:70:13]]
    for after in starts:
        with CaptureQueriesContext(connection) as queries:
            listing(Wanted(discussion=forest, view=view, sort=sort, after=after))
        assert len(queries) <= 7
        assert not any("OFFSET" in query["sql"] for query in queries)


@pytest.mark.parametrize("size", [0, 40])
@pytest.mark.parametrize("sort", SORTS)
def test_wrong_counts_hide_no_comment(article, sort, size):
    discussion = discussion_of(article)
    grow(discussion, 60, random.Random(2))
    Entry.objects.update(size=size)
    assert len(walk(discussion, "threads", sort, 500)[0]) == 60
    assert len([pk for page in walk(discussion, "threads", sort, 7) for pk in page]) == 60


def test_a_long_thread_is_not_read_whole(article):
    discussion = discussion_of(article)
    grow(discussion, 200, random.Random(1), roots=1)

    for sort in SORTS:
        with CaptureQueriesContext(connection) as queries:
            page = listing(Wanted(discussion=discussion, sort=sort))
        assert len(page.entries) == 50
        assert all("LIMIT" in query["sql"] for query in queries)


def test_what_is_gone_is_shown_only_for_the_sake_of_its_replies(say, article):
    root, lone = say(), say("A second thread, with nothing below it.")
    say("A reply that stays in its place.", root)
    move(root, State.REMOVED)
    move(lone, State.SPAM)

    shown = listing(Wanted(discussion=discussion_of(article))).entries
    assert [entry.pk for entry in shown] == [root.pk, root.pk + 2]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="other databases don't use an index of so few rows")
@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("view", VIEWS)
def test_an_index_has_every_order(forest, view, sort):
    middle = Entry.objects.published().filter(discussion=forest, pinned_at=None)[30]
    wanted = Wanted(discussion=forest, view=view, sort=sort, size=12)
    with CaptureQueriesContext(connection) as queries:
        listing(wanted)
        listing(replace(wanted, after=middle))
        start_of_page_with(wanted, middle)
    plans = [plan_of(query["sql"]) for query in queries if '"pinned_at" DESC' not in query["sql"]]
    assert plans
    assert not [plan for plan in plans if "FOR ORDER BY" in plan or "SCAN smo_comments_entry" in plan]


def plan_of(sql):
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return "\n".join(row[-1] for row in cursor.fetchall())
