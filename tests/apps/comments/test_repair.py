"""``smo_repair_threads``: whatever has happened to a site's comments, all of them come back in their right places."""

from __future__ import annotations

import json
from io import StringIO
from unittest import mock

import pytest
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_comments.models import Comment, CommentFlag
from django_comments_xtd.models import LIKEDIT_FLAG

from smo_kit.comments.bulk import insert_rows
from smo_kit.comments.discussions import discussion_of
from smo_kit.comments.finding import look_at_many
from smo_kit.comments.models import Discussion, Entry, Vote
from smo_kit.comments.moderation import decide
from smo_kit.comments.moves import move
from smo_kit.comments.signals import comment_published
from smo_kit.comments.states import State
from smo_kit.comments.storage import PLACE, XtdComment
from smo_kit.core.subjects import key_of
from tests.blog.models import Post


def repair(**options) -> dict:
    out = StringIO()
    call_command("smo_repair_threads", json=True, stdout=out, **options)
    return json.loads(out.getvalue())


def found(report: dict) -> dict[str, int]:
    return {kind: one["count"] for kind, one in report["found"].items()}


def stock(post: Post, *places: tuple[int, int, int, int, int], **fields) -> list[int]:
    """Write comments as a site without the suite has them; each place names others by their number, from 1.

    A number below 0 is an id.
    """
    where = {"content_type": ContentType.objects.get_for_model(Post), "object_pk": str(post.pk), "site_id": 1}
    now = timezone.now()
    pks = []
    for n, _ in enumerate(places, 1):
        one = Comment(comment=f"Comment {n}", user_name="Ada", submit_date=now, **where, **fields)
        one.save_base(raw=True, force_insert=True)
        pks.append(one.pk)
    ids = {0: 0, **dict(enumerate(pks, 1))}
    rows = [
        (pk, ids[p[0]], ids[p[1]] if p[1] >= 0 else -p[1], *p[2:], False) for pk, p in zip(pks, places, strict=True)
    ]
    insert_rows(XtdComment, ("comment_ptr_id", *PLACE, "followup"), rows)
    return pks


def stock_tree(user=None) -> list:
    """Return what django-comments-xtd itself shows, as nested lists of ids."""

    def ids(nodes):
        return [[node["comment"].pk, *ids(node["children"])] for node in nodes]

    user = user or get_user_model().objects.create_user("reader")
    rows = XtdComment.objects.filter(is_public=True).order_by("thread_id", "order")
    return ids(XtdComment.tree_from_queryset(rows, user=user))


@pytest.fixture
def damaged(article):
    """What eight writers at once left behind: orphans, shared places, children before parents, drifted counts."""
    return stock(
        article,
        (1, 1, 0, 1, 166),
        (1, 1, 1, 3, 7),
        (1, 2, 2, 2, 0),  # before the second, which it answers
        (1, 1, 1, 3, 0),  # shares the place of the second
        (0, 2, 0, 1, 0),  # died in a deadlock
        (0, 1, 0, 1, 0),
    )


def test_a_damaged_stock_site_comes_into_order(damaged, article):
    one, two, three, four, five, six = damaged
    report = repair()

    assert stock_tree() == [[one, [two, [three], [five]], [four], [six]]]
    assert list(XtdComment.objects.values_list("nested_count", flat=True)) == [5, 2, 0, 0, 0, 0]
    assert found(report) == {
        "no_entry": 6,
        "no_thread": 2,
        "wrong_level": 2,
        "before_parent": 2,
        "duplicate_order": 3,
        "wrong_nested_count": 2,
    }
    assert discussion_of(article).count == 6
    assert Entry.objects.get(pk=two).size == 2
    assert found(repair()) == {}


def test_a_dry_run_finds_the_same_and_changes_nothing(damaged):
    before = list(XtdComment.norel_objects.order_by("pk").values())

    report = repair(dry_run=True)

    assert list(XtdComment.norel_objects.order_by("pk").values()) == before
    assert not Entry.objects.exists()
    assert not Discussion.objects.exists()
    assert report["dry_run"]
    assert found(report) == found(repair())


def test_a_reply_to_another_page_starts_a_thread_of_its_own(article, db):
    other = Post.objects.create(slug="tunnels", title="Tunnels")
    (root,) = stock(article, (1, 1, 0, 1, 1))
    foreign, below = stock(other, (1, -root, 1, 2, 1), (1, 1, 2, 3, 0))
    lost, *_ = stock(other, (1, -99999, 1, 2, 0))
    report = repair()

    assert found(report)["other_page"] == 1
    assert found(report)["no_parent"] == 1
    assert XtdComment.objects.get(pk=foreign).parent_id == foreign
    assert Entry.objects.get(pk=below).root_id == foreign
    assert Entry.objects.get(pk=lost).parent is None
    assert {one.object_pk: one.count for one in Discussion.objects.all()} == {str(article.pk): 1, str(other.pk): 3}
    assert found(repair()) == {}


def test_a_circle_is_cut_at_its_oldest(article):
    one, two, three = stock(article, (1, 3, 0, 1, 0), (1, 1, 1, 2, 0), (1, 2, 2, 3, 0))

    assert found(repair())["circle"] == 3
    assert stock_tree() == [[one, [two, [three]]]]
    assert found(repair()) == {}


def test_a_thread_deeper_than_a_path_is_kept_whole(article):
    n = 30
    pks = stock(article, *((1, max(1, one - 1), one - 1, one, n - one) for one in range(1, n + 1)))

    assert found(repair()) == {"no_entry": n}
    assert XtdComment.objects.get(pk=pks[-1]).parent_id == pks[-2]
    assert found(repair()) == {}


def test_a_comment_that_only_django_comments_has_is_taken_in(article):
    (root,) = stock(article, (1, 1, 0, 1, 0))
    plain = Comment(
        comment="Plain",
        user_name="Ada",
        submit_date=timezone.now(),
        content_type=ContentType.objects.get_for_model(Post),
        object_pk=str(article.pk),
        site_id=1,
    )
    plain.save_base(raw=True, force_insert=True)

    assert found(repair()) == {"no_xtd": 1, "no_entry": 2}
    assert stock_tree() == [[root], [plain.pk]]
    assert found(repair()) == {}


def test_what_others_did_past_the_suite_is_followed_and_told(say, django_capture_on_commit_callbacks):
    told = []

    def hear(sender, comment, **kwargs):
        told.append(comment.pk)

    comment_published.connect(hear)
    root, held, gone = say("The root of it all, for once."), say("A reply that was held."), say("One that is removed.")
    move(held, State.HELD)
    XtdComment.norel_objects.filter(pk=held.pk).update(is_public=True)
    XtdComment.norel_objects.filter(pk=gone.pk).update(is_removed=True)
    with django_capture_on_commit_callbacks(execute=True):
        report = repair()
    comment_published.disconnect(hear)

    assert found(report) == {"wrong_flags": 2}
    assert told == [held.pk]
    assert dict(Entry.objects.values_list("pk", "state")) == {
        root.pk: State.PUBLISHED,
        held.pk: State.PUBLISHED,
        gone.pk: State.REMOVED,
    }
    assert Discussion.objects.get().count == 2
    assert found(repair()) == {}


def test_wrong_paths_sizes_counts_and_votes_are_mended(say, article):
    root = say("Root of all that follows here.")
    reply = say("Granite, as far as I know.", root)
    Vote.objects.create(entry=reply, voter="somebody", value=1)
    Entry.objects.filter(pk=reply.pk).update(path="9" * 20, root_id=99, parent=None)
    Entry.objects.filter(pk=root.pk).update(size=7)
    Discussion.objects.update(count=9)

    assert found(repair()) == {"wrong_path": 1, "wrong_size": 1, "wrong_count": 1, "wrong_votes": 1}
    reply.refresh_from_db()
    assert (reply.root_id, reply.parent_id, reply.likes) == (root.pk, root.pk, 1)
    assert discussion_of(article).count == 2
    assert found(repair()) == {}


def test_paths_that_others_have_taken_are_given_back(say):
    one, other = say("The first of two threads."), say("The second of two threads.")
    right = one.path
    Entry.objects.filter(pk=one.pk).update(path="1")
    Entry.objects.filter(pk=other.pk).update(path=right)

    assert found(repair()) == {"wrong_path": 2}
    assert Entry.objects.get(pk=one.pk).path == right
    assert found(repair()) == {}


def test_a_comment_that_was_moved_to_another_page_is_counted_there(say, article):
    other = Post.objects.create(slug="tunnels", title="Tunnels")
    moved = say("This is about tunnels, I think.")
    say("The second arch has been rebuilt twice.")
    XtdComment.norel_objects.filter(pk=moved.pk).update(object_pk=str(other.pk))

    assert "wrong_page" in found(repair())
    assert (discussion_of(article).count, discussion_of(other).count) == (1, 1)
    assert found(repair()) == {}


def test_replies_of_a_deleted_comment_stay(say):
    root = say("Root of all that follows here.")
    reply = say("Granite, as far as I know.", root)
    below = say("Limestone: see the quarry upstream.", reply)
    XtdComment.objects.get(pk=reply.pk).delete()

    assert "no_parent" not in found(repair())
    assert stock_tree() == [[root.pk, [below.pk]]]
    assert found(repair()) == {}


def test_likes_of_a_stock_site_are_taken_in(article, member):
    (root,) = stock(article, (1, 1, 0, 1, 0))
    CommentFlag.objects.create(user=member, comment_id=root, flag=LIKEDIT_FLAG)

    assert found(repair()) == {"no_entry": 1}
    assert Entry.objects.get(pk=root).likes == 1


def test_without_the_suite_a_right_stock_site_is_left(say, article, member):
    """Nothing of ours is asked: what django-comments-xtd shows is what readers had seen."""
    root = say("Root of all that follows here.")
    first, second = say("Granite, as far as I know.", root), say("My grandfather was a mason there.", root)
    below, other = say("Limestone: see the quarry upstream.", first), say("Another thread, about iron.")
    held, spam = say("This one has to wait a little.", second), say("This one is nothing but spam.")
    for entry, verdict in ((held, "hold"), (spam, "spam"), (second, "remove")):
        decide(entry, verdict)

    assert stock_tree() == [[root.pk, [first.pk, [below.pk]], [second.pk]], [other.pk]]
    assert list(XtdComment.objects.filter(is_removed=True).values_list("pk", "is_public")) == [
        (second.pk, True),
        (spam.pk, False),
    ]
    assert [row.nested_count for row in XtdComment.objects.order_by("pk")][:1] == [2]
    assert found(repair()) == {}


def test_what_was_found_is_said_in_words(damaged):
    out = StringIO()
    call_command("smo_repair_threads", "--dry-run", stdout=out)

    assert f"2 belong to no thread (e.g. {damaged[4]}, {damaged[5]})" in out.getvalue()
    assert "6 comments of 1 pages looked at; 1 pages would be mended." in out.getvalue()


def test_pages_are_looked_at_together(article):
    def look() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert not repair(dry_run=True)["found"]
        return len(asked)

    def more(number: int) -> None:
        for n in range(number):
            post = Post.objects.create(title=f"Post {n}", slug=f"post-{Post.objects.count()}")
            stock(post, (1, 1, 0, 1, 1), (1, 1, 1, 2, 0))
        repair()

    more(3)
    few = look()
    more(9)
    assert look() == few


def test_what_cannot_be_looked_at_together_is_looked_at_alone(article, damaged):
    with mock.patch("smo_kit.comments.repairing.look_at_many", side_effect=DatabaseError):
        assert repair()["wrong_pages"] == 1
    assert not repair()["found"]


def test_a_page_that_a_database_takes_for_another_is_left_alone(article):
    """As MariaDB does with ids that differ in case alone: it answers with rows that nobody asked for."""
    asked, other = (Post.objects.create(title=name, slug=name) for name in ("asked", "other"))
    for post in (asked, other):
        stock(post, (1, 1, 0, 1, 1), (1, 1, 1, 2, 0))
    with mock.patch("smo_kit.comments.gathering.about", return_value=Q()):
        (look,) = look_at_many([key_of(asked)]).values()
    assert sorted(look.rows) == sorted(Comment.objects.filter(object_pk=asked.pk).values_list("pk", flat=True))


def test_a_few_pages_are_taken_in_hand_at_once(article):
    posts = [Post.objects.create(title=f"Post {n}", slug=f"more-{n}") for n in range(4)]
    for post in posts:
        stock(post, (1, 1, 0, 1, 1), (1, 1, 1, 2, 0))

    with mock.patch("smo_kit.comments.repairing.HAND", 3):
        report = repair()
    assert (report["pages"], report["done"], report["failed"]) == (4, 8, [])
    assert not repair()["found"]
