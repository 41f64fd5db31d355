from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from smo_kit.comments.discussions import discussion_of
from smo_kit.comments.drafts import Draft
from smo_kit.comments.models import Entry
from smo_kit.comments.moves import move
from smo_kit.comments.services import confirm, edit, post
from smo_kit.comments.signals import comment_published
from smo_kit.comments.states import State
from smo_kit.comments.storage import XtdComment
from smo_kit.core.refusals import Refused
from smo_kit.engagement.services import total
from smo_kit.mail.models import Mail
from tests.blog.models import Post


@pytest.fixture
def events():
    told = []

    def hear(sender, comment, **kwargs):
        told.append(comment.pk)

    comment_published.connect(hear)
    yield told
    comment_published.disconnect(hear)


def guest(text="A well told story of bridges, thank you.", **fields):
    return Draft(text=text, name="Grace", email="grace@example.org", **fields)


def test_a_members_comment_is_published_and_told_once(say, events, django_capture_on_commit_callbacks, article):
    with django_capture_on_commit_callbacks(execute=True):
        entry = say()

    assert (entry.state, events) == (State.PUBLISHED, [entry.pk])
    assert discussion_of(article).count == 1


def test_a_comment_counts_once_however_often_it_is_published(say, article, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        entry = say()
        move(entry, State.HELD)
        move(entry, State.PUBLISHED)

    assert total(article, "commented") == 1


def test_a_guests_comment_waits_for_his_word(article, events, django_capture_on_commit_callbacks):
    entry = post(article, guest()).entry
    mail = Mail.objects.get()

    assert (entry.state, mail.to) == (State.PENDING, "grace@example.org")
    assert "bridges" not in mail.text + mail.html + mail.subject
    with django_capture_on_commit_callbacks(execute=True):
        assert confirm(entry)
        assert not confirm(Entry.objects.get(pk=entry.pk))
    assert events == [entry.pk]


def test_xtds_own_rows_are_those_of_a_right_tree(say):
    root = say("Root of all that follows here.")
    first = say("Granite, as far as I know.", root)
    second = say("My grandfather was a mason there.", root)
    under_first = say("Limestone: see the quarry upstream.", first)

    rows = list(XtdComment.objects.order_by("thread_id", "order"))
    assert [row.pk for row in rows] == [root.pk, first.pk, under_first.pk, second.pk]
    assert [row.level for row in rows] == [0, 1, 2, 1]
    assert [row.nested_count for row in rows] == [3, 1, 0, 0]
    assert {row.thread_id for row in rows} == {root.pk}


def test_a_thread_with_no_room_left_is_spread(say):
    root = say("Root of all that follows here.")
    first, last = say("Granite, as far as I know.", root), say("My grandfather was a mason there.", root)
    XtdComment.norel_objects.filter(pk=last.pk).update(order=first.comment.order + 1)

    between = say("Reply to the first one.", first)

    assert list(XtdComment.objects.values_list("pk", flat=True)) == [root.pk, first.pk, between.pk, last.pk]


def test_what_lies_deeper_than_the_site_wants_stands_beside_what_it_answers(say, settings):
    settings.SMO_KIT = {"COMMENTS": {"max_depth": 1}}
    root = say("Root of all that follows here.")
    reply = say("First reply to the root.", root)

    deeper = say("Reply to the reply.", reply)

    assert (deeper.level, deeper.parent) == (1, reply)


def test_the_same_twice_is_one_comment(say, article):
    assert say() == say()
    assert Entry.objects.count() == 1


def test_the_same_words_may_be_said_again_later(say):
    first = say("Thanks!")
    XtdComment.norel_objects.update(submit_date=timezone.now() - dt.timedelta(hours=1))
    assert say("Thanks!") != first


def test_what_was_changed_since_can_be_said_anew(say):
    first = say()
    edit(first, "Other words.")
    second = say()
    assert (first.comment.comment, second.pk == first.pk) == ("Other words.", False)


def test_what_a_moderator_has_removed_is_not_what_was_sent_now(say):
    first = say()
    move(first, State.REMOVED)
    assert say() != first


@pytest.mark.parametrize("state", [State.HELD, State.REMOVED, State.SPAM])
def test_nobody_answers_what_is_not_published(say, state):
    root = say()
    move(root, state)

    with pytest.raises(Refused, match="not there any more"):
        say("A reply to something that is gone.", root)


def test_nobody_answers_a_comment_of_another_page(say, member):
    other = Post.objects.create(slug="other", title="Other")
    root = say()

    with pytest.raises(Refused):
        post(other, Draft(text="A reply from elsewhere.", user=member, reply_to=root.pk))
    assert Entry.objects.count() == 1


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (guest(text="\u200b \x00"), "comment"),
        (guest(text="x" * 1_000_000), "comment"),
        (Draft(text="Hello there", name=" ", email="a@example.org"), "name"),
        (Draft(text="Hello there", name="Ann", email="no address"), "email"),
        (guest(url="javascript:alert(1)"), "url"),
        (guest(reply_to=99_999_999), "reply_to"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_stored(article, draft, field):
    with pytest.raises(Refused) as refused:
        post(article, draft)

    assert refused.value.field == field
    assert not XtdComment.objects.exists()
