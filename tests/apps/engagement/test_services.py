from __future__ import annotations

import datetime as dt
from typing import Any
from unittest import mock

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser, Permission
from django.db import transaction
from django.http import HttpRequest
from django.test import RequestFactory, override_settings
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from smo_kit.core.kinds import UnknownKind
from smo_kit.core.models import CardRow
from smo_kit.core.signals import engaged
from smo_kit.core.subjects import Key, key_of
from smo_kit.core.visitors import Visitor
from smo_kit.engagement.kinds import Kind, register_kind
from smo_kit.engagement.models import Count
from smo_kit.engagement.services import UnknownNetwork, buffer, counts, record, report, total, totals
from tests.blog.models import Post, Story, Telling

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
ROBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"


@pytest.fixture(autouse=True)
def committed(db: None, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks, monkeypatch: Any) -> None:
    """Hits are written on commit: let each come true at once."""
    monkeypatch.setattr(transaction, "on_commit", lambda callback, **kwargs: callback())


def test_a_hit_is_counted_for_its_day_in_utc(post: Post) -> None:
    late = dt.datetime(2026, 11, 22, 23, 30, tzinfo=dt.UTC)
    with override_settings(TIME_ZONE="Asia/Tokyo"), mock.patch("django.utils.timezone.now", return_value=late):
        assert record("viewed", post)

    row = Count.objects.get()
    assert (row.site_id, row.key, row.kind, row.network, row.facet) == (1, key_of(post), "viewed", "", "")
    assert (row.day, row.n) == (dt.date(2026, 11, 22), 1)


def test_hits_of_a_day_make_one_row_and_of_two_days_two(post: Post) -> None:
    for day in (22, 22, 23):
        with mock.patch("django.utils.timezone.now", return_value=dt.datetime(2026, 11, day, tzinfo=dt.UTC)):
            record("viewed", post, n=2)

    assert list(Count.objects.order_by("day").values_list("n", flat=True)) == [4, 2]
    assert total(post) == 6


def test_all_versions_and_languages_of_a_subject_count_together() -> None:
    story = Story.objects.create()
    en = Telling.objects.create(story=story, language="en", slug="a", title="A")
    ru = Telling.objects.create(story=story, language="ru", slug="a-ru", title="А")

    record("viewed", en)
    record("viewed", ru)
    record("viewed", key_of(story, "ru"))
    ru.slug = "another"
    ru.save()
    record("viewed", ru)

    assert total(en) == total(ru) == total(story) == total(key_of(story)) == 4
    assert Count.objects.count() == 1


def test_shares_are_counted_for_each_network(post: Post) -> None:
    record("shared", post, network="vk")
    record("shared", post, network="vk", n=2)
    record("shared", post, network="telegram")
    record("viewed", post)

    assert counts(key_of(post)) == {"vk": 3, "telegram": 1}
    assert total(post, "shared") == 4


def test_what_came_of_a_share_is_not_counted_as_another_share(post: Post) -> None:
    record("shared", post, network="vk")
    record("shared", post, network="vk", facet="previewed")
    record("shared", post, network="vk", facet="visited", n=5)

    assert counts(post) == {"vk": 1}
    assert counts(post, "shared", facet="visited") == {"vk": 5}
    assert total(post, "shared", facet="previewed") == 1


def test_what_nobody_has_done_counts_nothing(post: Post) -> None:
    assert counts(post) == {}
    assert total(post) == 0


def test_many_subjects_are_counted_in_one_query(post: Post, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    story = Story.objects.create()
    other = Post.objects.create(slug="b", title="Nobody's")
    record("viewed", post, n=3)
    record("viewed", story)
    record("shared", other, network="vk")

    with django_assert_num_queries(1):
        found = totals([post, key_of(story), other])

    assert found == {key_of(post): 3, key_of(story): 1, key_of(other): 0}


def test_no_subjects_have_no_totals() -> None:
    assert totals([]) == {}


def test_another_site_has_its_own_counts(post: Post) -> None:
    record("viewed", post)

    with override_settings(SITE_ID=2):
        record("viewed", post, n=10)
        assert total(post) == 10
    assert total(post) == 1


def test_an_unknown_kind_is_an_error_that_names_the_nearest(post: Post) -> None:
    with pytest.raises(UnknownKind, match="Did you mean 'viewed'"):
        record("veiwed", post, facet="x")
    with pytest.raises(UnknownKind):
        counts(post, "sharde")
    assert not Count.objects.exists()


def test_an_unknown_network_is_an_error_that_names_the_nearest(post: Post) -> None:
    with pytest.raises(UnknownNetwork, match=r"no network 'telegramm'. Did you mean 'telegram'\?"):
        record("shared", post, network="telegramm")


def test_a_facet_that_no_column_could_hold_is_an_error(post: Post) -> None:
    with pytest.raises(ValueError, match="at most 32 letters"):
        record("viewed", post, facet="x" * 33)


@pytest.mark.parametrize("n", [0, -1, 2**31 + 1, 2**70, 1.5, True, "3"])
def test_a_number_that_is_no_number_of_hits_is_an_error_that_says_which_are(post: Post, n: Any) -> None:
    with pytest.raises(ValueError, match="a whole number from 1 to 2147483648"):
        record("viewed", post, n=n)
    assert total(post) == 0


def test_the_greatest_number_fits(post: Post) -> None:
    record("viewed", post, n=2**31)
    record("viewed", post, n=2**31)

    assert total(post) == 2**32


def test_an_object_that_is_not_saved_is_an_error_with_the_cure(db: None) -> None:
    for unsaved in (Post(slug="new"), Key(1, "")):
        with pytest.raises(ValueError, match="save it first"):
            record("viewed", unsaved)
    assert not Count.objects.exists()


def test_a_kind_of_another_app_is_counted_like_ours(post: Post) -> None:
    register_kind(Kind(id="waved", label="Waved"))

    record("waved", post, n=2)

    assert total(post, "waved") == 2


def test_whoever_listens_hears_what_was_done_and_by_whom_and_the_table_does_not(post: Post) -> None:
    heard: list[dict[str, Any]] = []

    def listener(**news: Any) -> None:
        heard.append({name: value for name, value in news.items() if name != "signal"})

    visitor = Visitor("0" * 32, 7)
    engaged.connect(listener)
    try:
        record("shared", post, network="vk", n=2, visitor=visitor)
    finally:
        engaged.disconnect(listener)

    assert heard == [
        {
            "sender": Count,
            "kind": "shared",
            "subject": key_of(post),
            "network": "vk",
            "facet": "opened",
            "n": 2,
            "visitor": visitor,
        }
    ]
    assert visitor.key not in str(list(Count.objects.values()))


def test_a_listener_that_fails_spoils_nothing(post: Post, caplog: pytest.LogCaptureFixture) -> None:
    def listener(**news: Any) -> None:
        raise RuntimeError("deaf")

    engaged.connect(listener)
    try:
        assert record("viewed", post)
    finally:
        engaged.disconnect(listener)

    assert total(post) == 1
    assert "deaf" in caplog.text


@pytest.mark.parametrize("headers", [{"User-Agent": ROBOT}, {"User-Agent": BROWSER, "Sec-Purpose": "prefetch"}])
def test_a_robot_and_a_prefetch_are_neither_counted_nor_told(
    rf: RequestFactory, post: Post, headers: dict[str, str]
) -> None:
    heard: list[object] = []

    def listener(**news: Any) -> None:
        heard.append(news)

    engaged.connect(listener)
    try:
        assert not record("viewed", post, request=rf.get("/", headers=headers))
    finally:
        engaged.disconnect(listener)

    assert heard == []
    assert total(post) == 0


def _asks(rf: RequestFactory, user: Any, *, session: bool = True) -> HttpRequest:
    request = rf.get("/", headers={"User-Agent": BROWSER})
    if session:
        request.COOKIES["sessionid"] = "x"
    request.user = user
    return request


def test_readers_count_whether_they_are_signed_in_or_not(rf: RequestFactory, post: Post) -> None:
    reader = get_user_model().objects.create_user("reader")

    assert record("viewed", post, request=_asks(rf, reader))
    assert record("viewed", post, request=_asks(rf, AnonymousUser()))
    assert total(post) == 2


def test_the_owner_of_a_page_staff_and_editors_do_not_count(rf: RequestFactory, post: Post) -> None:
    users = get_user_model().objects
    owner, staff = users.create_user("owner"), users.create_user("staff", is_staff=True)
    editor = users.create_user("editor")
    editor.user_permissions.add(Permission.objects.get(codename="change_post"))
    post.author = owner
    post.save()
    assert CardRow.objects.get(**key_of(post).fields).owner == owner

    counted = [record("viewed", post, request=_asks(rf, user)) for user in (owner, staff, editor)]

    assert counted == [False, False, False]
    assert total(post) == 0


def test_the_owner_of_another_page_counts_here(rf: RequestFactory, post: Post) -> None:
    owner = get_user_model().objects.create_user("owner")
    other = Post.objects.create(slug="b", title="B", author=owner)
    assert CardRow.objects.get(owner=owner).key.speaking("") == key_of(other)

    assert record("viewed", post, request=_asks(rf, owner))


class Untouchable:
    def __getattr__(self, name: str) -> Any:
        raise AssertionError("The user of a request without a session was asked for.")


def test_a_request_without_a_session_is_not_asked_who_it_is(rf: RequestFactory, post: Post) -> None:
    assert record("viewed", post, request=_asks(rf, Untouchable(), session=False))


def test_a_site_without_users_counts_whoever_comes(rf: RequestFactory, post: Post) -> None:
    request = _asks(rf, None)
    del request.user

    assert record("viewed", post, request=request)


def test_a_key_of_a_type_that_is_gone_is_counted_without_an_error(rf: RequestFactory) -> None:
    reader = get_user_model().objects.create_user("reader")

    assert record("viewed", Key(999_999, "1"), request=_asks(rf, reader))
    assert total(Key(999_999, "1")) == 1


def test_what_a_page_reports_may_wait_and_what_the_server_saw_does_not(post: Post, monkeypatch: Any) -> None:
    waits: list[int] = []
    monkeypatch.setattr(buffer, "add_all", lambda rows, *, wait: waits.append(wait))

    with override_settings(SMO_KIT={"ENGAGEMENT": {"buffer_seconds": 3}}):
        report("viewed", key_of(post))
        record("viewed", post)

    assert waits == [3, 0]


def test_a_page_may_report_a_number_and_what_belongs_to_a_facet(post: Post) -> None:
    report("shared", key_of(post), facet="visited", n=600)

    assert total(post, "shared", facet="visited") == 600
    assert total(post, "shared") == 0
