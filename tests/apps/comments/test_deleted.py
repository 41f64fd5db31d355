"""A comment that is deleted outright, as the stock admin does it."""

from __future__ import annotations

import pytest

from smo_kit.comments.discussions import discussion_of
from smo_kit.comments.listing import Wanted, listing
from smo_kit.comments.models import Entry
from smo_kit.comments.storage import XtdComment


@pytest.fixture
def family(say):
    root = say()
    child = say("A reply to the root, the first one.", root)
    return root, child, say("A leaf under the first reply.", child), say("A second reply, beside it.", root)


def shown(article, sort):
    return [entry.pk for entry in listing(Wanted(discussion=discussion_of(article), sort=sort)).entries]


@pytest.mark.parametrize("sort", ["oldest", "newest", "best"])
def test_replies_to_a_deleted_root_start_threads(article, family, sort):
    root, child, leaf, second = family
    XtdComment.objects.get(pk=root.pk).delete()

    assert set(shown(article, sort)) == {child.pk, leaf.pk, second.pk}
    assert dict(Entry.objects.values_list("pk", "root_id")) == {
        child.pk: child.pk,
        leaf.pk: child.pk,
        second.pk: second.pk,
    }
    assert discussion_of(article).count == 3


def test_replies_to_a_deleted_reply_answer_what_it_answered(article, family):
    root, child, leaf, second = family
    XtdComment.objects.get(pk=child.pk).delete()

    assert shown(article, "oldest") == [root.pk, leaf.pk, second.pk]
    moved = Entry.objects.get(pk=leaf.pk)
    assert (moved.parent_id, moved.level, moved.root_id) == (root.pk, 1, root.pk)
    assert XtdComment.objects.get(pk=leaf.pk).parent_id == root.pk
    assert Entry.objects.get(pk=root.pk).size == 2


def test_a_page_that_is_deleted_takes_its_discussion_along(article, family):
    discussion_of(article).delete()
    assert not Entry.objects.exists()
