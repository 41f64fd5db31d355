"""Likes that django-comments-xtd keeps and likes that we keep are the same likes."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django_comments.models import CommentFlag
from django_comments_xtd.models import DISLIKEDIT_FLAG, LIKEDIT_FLAG

from smo_kit.comments.models import Entry
from smo_kit.comments.votes import vote
from smo_kit.core.visitors import Visitor


@pytest.fixture
def reader(say, settings):
    settings.SMO_KIT = {"COMMENTS": {"dislikes": True}}
    user = User.objects.create_user("eve", "eve@example.org")
    return say(), Visitor(key="eves-browser", user_id=user.pk)


def likes(entry: Entry) -> tuple[int, int]:
    entry.refresh_from_db()
    return entry.likes, entry.dislikes


def flags() -> list[str]:
    return list(CommentFlag.objects.values_list("flag", flat=True))


def test_a_member_takes_his_like_back(reader):
    entry, visitor = reader
    vote(entry, 1, visitor)
    assert (likes(entry), flags()) == ((1, 0), [LIKEDIT_FLAG])
    vote(entry, 0, visitor)
    assert (likes(entry), flags()) == ((0, 0), [])


def test_a_member_thinks_otherwise(reader):
    entry, visitor = reader
    vote(entry, 1, visitor)
    vote(entry, -1, visitor)
    assert (likes(entry), flags()) == ((0, 1), [DISLIKEDIT_FLAG])


def test_a_like_that_a_stock_view_gives_and_takes_is_counted(reader):
    entry, visitor = reader
    flag = CommentFlag.objects.create(user_id=visitor.user_id, comment_id=entry.pk, flag=LIKEDIT_FLAG)
    assert likes(entry) == (1, 0)
    flag.delete()
    assert likes(entry) == (0, 0)
