"""Many write into one thread at once: PostgreSQL and MariaDB take them side by side, SQLite one after the other."""

from __future__ import annotations

from collections import Counter

import pytest
from django.contrib.auth import get_user_model

from smo_kit.comments.discussions import discussion_of
from smo_kit.comments.drafts import Draft
from smo_kit.comments.models import Entry
from smo_kit.comments.moves import move
from smo_kit.comments.services import confirm, post
from smo_kit.comments.signals import comment_published, comment_withdrawn
from smo_kit.comments.states import State
from smo_kit.comments.storage import XtdComment
from tests.apps.engagement.threads import side_by_side
from tests.blog.models import Post

pytestmark = pytest.mark.django_db(transaction=True)

WRITERS = 8
REPLIES = 25


@pytest.fixture(autouse=True)
def no_rules(settings):
    settings.SMO_KIT = {"SPAM": {"rules": (), "subject_limit": 10_000}}


@pytest.fixture
def told():
    told = Counter()

    def hear(sender, comment, **kwargs):
        told[comment.pk] += 1

    for signal in (comment_published, comment_withdrawn):
        signal.connect(hear)
    yield told
    for signal in (comment_published, comment_withdrawn):
        signal.disconnect(hear)


@pytest.fixture
def page():
    return Post.objects.create(slug="bridges", title="Bridges of stone")


@pytest.fixture
def member():
    return get_user_model().objects.create_user("ada", "ada@example.org", "pw")


def test_two_hundred_replies_make_one_whole_tree_and_two_hundred_events(page, member, told):
    def say(text: str, reply_to: int | None = None) -> Entry:
        return post(page, Draft(text=text, user=member, reply_to=reply_to)).entry

    root = say("Where shall the bridge be built?")
    siblings = [say(f"At place {number}.", root.pk) for number in range(4)]
    told.clear()

    def write(writer: int) -> None:
        for number in range(REPLIES):
            say(f"Reply {number} of writer {writer}", siblings[(writer + number) % 4].pk)

    side_by_side(write, WRITERS)

    replies = WRITERS * REPLIES
    assert (len(told), set(told.values())) == (replies, {1})
    rows = list(
        XtdComment.norel_objects.order_by("order").values_list("pk", "order", "level", "thread_id", "parent_id")
    )
    assert len(rows) == len({order for _, order, *_ in rows}) == replies + 5
    assert [row[0] for row in rows] == list(Entry.objects.order_by("path").values_list("pk", flat=True))
    assert {row[3] for row in rows} == {root.pk}
    assert Counter(row[2] for row in rows) == {0: 1, 1: 4, 2: replies}
    assert XtdComment.objects.get(pk=root.pk).nested_count == replies + 4
    assert Entry.objects.get(pk=root.pk).size == replies + 4
    assert sum(XtdComment.objects.get(pk=one.pk).nested_count for one in siblings) == replies
    assert discussion_of(page).count == replies + 5
    assert Entry.objects.under(root.path).count() == replies + 4


def test_of_many_that_send_the_same_form_one_makes_a_comment(page, member, told):
    def write(writer: int) -> None:
        post(page, Draft(text="Clicked twice, or eight times.", user=member))

    side_by_side(write, WRITERS)

    assert Entry.objects.count() == XtdComment.objects.count() == 1
    assert list(told.values()) == [1]


def test_of_many_that_press_the_same_button_one_publishes(page, told):
    entry = post(page, Draft(text="It was I who wrote this.", name="Ann", email="ann@example.org")).entry

    def press(writer: int) -> None:
        confirm(Entry.objects.get(pk=entry.pk))

    side_by_side(press, WRITERS)

    assert told == {entry.pk: 1}
    assert discussion_of(page).count == 1


def test_publishing_and_removing_side_by_side_leaves_right_counts(page, member):
    root = post(page, Draft(text="Where shall the bridge be built?", user=member)).entry
    replies = [post(page, Draft(text=f"At place {n}.", user=member, reply_to=root.pk)).entry for n in range(8)]

    def moderate(writer: int) -> None:
        mine = Entry.objects.get(pk=replies[writer].pk)
        for state in (State.HELD, State.PUBLISHED, State.REMOVED, State.PUBLISHED, State.SPAM)[: 4 + writer % 2]:
            move(mine, state)

    side_by_side(moderate, WRITERS)

    left = Entry.objects.published().exclude(pk=root.pk).count()
    assert left == WRITERS // 2
    assert Entry.objects.get(pk=root.pk).size == XtdComment.objects.get(pk=root.pk).nested_count == left
    assert discussion_of(page).count == left + 1
