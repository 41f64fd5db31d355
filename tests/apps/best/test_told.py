"""What becomes of what a page tells: of reading, of what was read before, of offers."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.test import Client, override_settings

from smo_kit.best.kinds import CLICKED, READ
from smo_kit.best.models import Offer, Pair
from smo_kit.best.periods import monday
from smo_kit.best.told.offers import token_of
from smo_kit.core.models import CardRow
from smo_kit.core.subjects import key_of
from smo_kit.engagement.services import total
from tests.apps.best.telling import BLOCK, ROBOT, a_reader, offer, tell
from tests.blog.models import Post, Story, Telling

pytestmark = pytest.mark.usefixtures("committed")


def offers() -> dict[tuple[str, int], tuple[int, int]]:
    """How often each page was shown and clicked, by its primary key and its place."""
    return {(one.shown_pk, one.position): (one.shown, one.clicked) for one in Offer.objects.all()}


def pairs() -> list[tuple[str, str, int]]:
    return sorted(Pair.objects.values_list("first_pk", "second_pk", "n"))


def test_seconds_of_reading_are_counted_for_the_page(a: Post) -> None:
    response = tell(a, s=42)

    assert (response.status_code, response.content) == (204, b"")
    assert total(a, READ.id) == 42


def test_who_comes_back_adds_to_his_seconds_and_nobody_has_more_than_ten_minutes_a_day(a: Post, b: Post) -> None:
    for seconds in (200, 300, 300, 600):
        tell(a, s=seconds)
    tell(a, s=600, by="8.8.8.8")
    tell(b, s=10)

    assert total(a, READ.id) == 1200
    assert total(b, READ.id) == 10


@pytest.mark.parametrize(
    "seconds",
    ["-1", "601", "1e3", "NaN", "much", "1.5", "٣", pytest.param("9" * 5000, id="huge"), " 5"],
    ids=lambda one: one[:4],
)
def test_seconds_that_no_page_sends_are_refused_with_a_sentence(a: Post, b: Post, seconds: str) -> None:
    response = tell(a, s=seconds, previous=b)

    assert (response.status_code, response.content) == (400, b"A page can't report this.")
    assert total(a, READ.id) == 0
    assert pairs() == []


def test_two_pages_read_one_after_the_other_are_a_pair_in_whichever_order(a: Post, b: Post) -> None:
    tell(b, previous=a, s=1)
    tell(a, previous=b, s=1, by="8.8.8.8")

    assert pairs() == [(str(a.pk), str(b.pk), 2)]
    assert Pair.objects.get().week == monday()


def test_a_reader_makes_a_pair_once_a_day(a: Post, b: Post) -> None:
    for _ in range(3):
        tell(b, previous=a, s=1)
        tell(a, previous=b, s=1)

    assert pairs() == [(str(a.pk), str(b.pk), 1)]


def test_a_page_is_no_pair_with_itself(a: Post) -> None:
    tell(a, previous=a, s=1)

    assert pairs() == []


def test_two_languages_of_a_subject_are_one(db: None) -> None:
    story, other = Story.objects.create(), Story.objects.create()
    for one in (story, other):
        for language in ("en", "ru"):
            Telling.objects.create(story=one, language=language, slug=f"s{one.pk}", title="A")

    tell(key_of(story, "ru"), s=1, f=[token_of(BLOCK, key_of(story, "en"), [key_of(other, "ru")]), 0])
    tell(key_of(story, "en"), s=1, f=[token_of(BLOCK, key_of(story, "ru"), [key_of(other, "en")]), 0])

    assert offers() == {(str(other.pk), 0): (1, 1)}
    assert total(story, READ.id) == 2


@pytest.mark.parametrize("gone", ["page", "previous"])
def test_a_page_that_is_gone_makes_no_pair(a: Post, b: Post, gone: str) -> None:
    CardRow.objects.filter(object_pk=str((a if gone == "page" else b).pk)).delete()

    assert tell(a, previous=b, s=1).status_code == 204
    assert pairs() == []


def test_a_page_of_a_kind_that_is_never_offered_makes_no_pair(a: Post, b: Post) -> None:
    CardRow.objects.filter(object_pk=str(b.pk)).update(kind="website")

    tell(a, previous=b, s=1)

    assert pairs() == []


def test_a_previous_page_that_is_not_known_spoils_nothing_else(a: Post) -> None:
    fields = {"o": key_of(a).sign(), "s": "5", "p": "5..1:forged"}

    assert a_reader().post("/smo/best/told/", fields, REMOTE_ADDR="8.8.4.4").status_code == 204
    assert total(a, READ.id) == 5


def test_each_page_of_an_offer_was_shown_at_its_place(a: Post, b: Post, c: Post) -> None:
    tell(a, s=1, f=[offer(a, [b, c])])

    assert offers() == {(str(b.pk), 0): (1, 0), (str(c.pk), 1): (1, 0)}
    row = Offer.objects.get(position=0)
    assert (row.block, row.page_pk, row.week) == (BLOCK, str(a.pk), monday())


def test_a_place_that_is_followed_is_counted_there_and_for_the_page_that_was_chosen(a: Post, b: Post, c: Post) -> None:
    tell(a, f=[offer(a, [b, c]), 1])

    assert offers() == {(str(b.pk), 0): (1, 0), (str(c.pk), 1): (1, 1)}
    assert total(c, CLICKED.id) == 0
    assert total(c, "clicked", facet=BLOCK) == 1
    assert total(a, "clicked", facet=BLOCK) == 0


def test_a_reader_who_clicks_a_thousand_times_counts_once(a: Post, b: Post, c: Post) -> None:
    with override_settings(SMO_KIT={"ENGAGEMENT": {"buffer_seconds": 0, "address_limit": 10_000}}):
        for _ in range(1000):
            tell(a, f=[offer(a, [b, c]), 0, 0])
        tell(a, f=[offer(a, [c, b]), 1])  # it stands elsewhere meanwhile

    assert offers()[str(b.pk), 0] == (1, 1)
    assert offers()[str(b.pk), 1] == (1, 0)
    assert total(b, "clicked", facet=BLOCK) == 1


def test_other_readers_pages_and_blocks_count(a: Post, b: Post, c: Post) -> None:
    tell(a, f=[offer(a, [b]), 0])
    tell(a, f=[offer(a, [b]), 0], by="8.8.8.8")
    tell(c, f=[offer(c, [b]), 0])
    tell(a, f=[offer(a, [b], "best:list"), 0])

    assert sum(clicked for _, clicked in Offer.objects.values_list("shown", "clicked")) == 4
    assert Offer.objects.filter(block=BLOCK, page_pk=str(a.pk)).get().clicked == 2


def test_several_blocks_of_a_page_tell_together(a: Post, b: Post, c: Post) -> None:
    tell(a, s=7, previous=c, f=[offer(a, [b]), offer(a, [c, b], "best:list"), 1, 0, offer(a, [c], "best:next")])

    assert Offer.objects.count() == 4
    assert sorted(Offer.objects.filter(clicked=1).values_list("block", "position")) == [
        ("best:list", 0),
        ("best:list", 1),
    ]
    assert (total(a, READ.id), len(pairs())) == (7, 1)


def test_a_page_without_a_subject_tells_of_its_offers_alone(b: Post) -> None:
    response = tell(None, s=9, previous=b, f=[offer(None, [b]), 0])

    assert response.status_code == 204
    assert Offer.objects.values_list("page_type_id", "page_pk", "clicked").get() == (0, "", 1)
    assert pairs() == []
    assert total(b, READ.id) == 0


def test_what_belongs_to_another_page_is_counted_there(a: Post, b: Post, c: Post) -> None:
    tell(a, s=1, f=[offer(b, [c]), 0])

    assert Offer.objects.get().page_pk == str(b.pk)


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        (["forged"], "This page is not known here. Please load it again."),
        (["related*5.1*5.2:forged"], "This page is not known here. Please load it again."),
        (["good", 2], "A page can't report this."),
        (["good", 1000], "A page can't report this."),
        (["good", "٠"], "A page can't report this."),
        (["good", "9" * 5000], "A page can't report this."),
        (["good", "-1"], "This page is not known here. Please load it again."),
        (["good", ""], "This page is not known here. Please load it again."),
        ([0], "A page can't report this."),
        (["good", *[0] * 60], "A page can't report this."),
    ],
    ids=["forged", "signature", "place", "far", "digits", "huge", "negative", "empty", "nothing", "many"],
)
def test_an_offer_that_no_page_has_printed_is_refused_and_nothing_is_counted(
    a: Post, b: Post, c: Post, parts: list[str | int], sentence: str
) -> None:
    response = tell(a, s=5, f=[offer(a, [b, c]) if part == "good" else part for part in parts])

    assert (response.status_code, response.content.decode()) == (400, sentence)
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert not Offer.objects.exists()
    assert total(a, READ.id) == 0


def test_what_another_site_has_signed_is_refused(a: Post, b: Post) -> None:
    with override_settings(SECRET_KEY="another"):
        key, token = key_of(a).sign(), offer(a, [b])

    answers = [a_reader().post("/smo/best/told/", fields).status_code for fields in ({"o": key}, {"f": token})]
    assert answers == [400, 400]


def test_the_key_of_a_page_is_no_offer_and_an_offer_is_no_key(a: Post, b: Post) -> None:
    post = a_reader().post

    assert post("/smo/best/told/", {"f": key_of(a).sign()}).status_code == 400
    assert post("/smo/best/told/", {"o": offer(a, [b])}).status_code == 400


@pytest.mark.parametrize("fields", [{}, {"o": "", "s": "5", "f": ""}, {"p": "x"}], ids=["empty", "undefined", "before"])
def test_a_report_of_nothing_is_refused(db: None, fields: dict[str, str]) -> None:
    assert a_reader().post("/smo/best/told/", fields).status_code == 400


def test_too_long_a_report_is_refused_before_it_is_read(a: Post) -> None:
    assert tell(a, s="1" * 9000).status_code == 413


@pytest.mark.parametrize("method", ["get", "head", "put"])
def test_only_a_post_tells(db: None, method: str) -> None:
    assert getattr(a_reader(), method)("/smo/best/told/").status_code == 405


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "", "Origin": "http://elsewhere.example"}],
    ids=["site", "origin"],
)
def test_only_a_page_of_this_site_may_tell(a: Post, headers: dict[str, str]) -> None:
    response = tell(a, s=5, headers=headers)

    assert (response.status_code, response.content) == (403, b"Only a page of this site may report.")
    assert total(a, READ.id) == 0


@pytest.mark.parametrize(
    "headers", [{"User-Agent": ROBOT}, {"User-Agent": ""}, {"Sec-Purpose": "prefetch"}], ids=["robot", "none", "early"]
)
def test_robots_get_the_same_answer_and_do_not_count(a: Post, b: Post, headers: dict[str, str]) -> None:
    assert tell(a, s=5, previous=b, f=[offer(a, [b]), 0], headers=headers).status_code == 204

    assert (total(a, READ.id), pairs(), offers()) == (0, [], {})


@pytest.fixture
def member() -> Any:
    return get_user_model().objects.create_user("member")


def signed_in(user: Any) -> Client:
    client = a_reader()
    client.force_login(user)
    return client


@pytest.mark.parametrize("page", ["page", "nothing"])
def test_staff_does_not_count_nor_hide_a_reader_of_the_same_address(a: Post, b: Post, member: Any, page: str) -> None:
    member.is_staff = True
    member.save()
    where = a if page == "page" else None

    assert tell(where, s=5, f=[offer(where, [b]), 0], client=signed_in(member)).status_code == 204
    assert (total(a, READ.id), offers()) == (0, {})
    tell(where, s=5, f=[offer(where, [b]), 0])
    assert offers() == {(str(b.pk), 0): (1, 1)}


def test_an_author_counts_neither_at_his_own_page_nor_by_choosing_it(a: Post, b: Post, c: Post, member: Any) -> None:
    CardRow.objects.filter(object_pk=str(b.pk)).update(owner=member)

    tell(b, s=5, f=[offer(b, [c]), 0], client=signed_in(member))
    tell(a, s=5, f=[offer(a, [b, c]), 0, 1], client=signed_in(member))

    assert total(b, READ.id) == 0
    assert total(a, READ.id) == 5
    assert offers() == {(str(b.pk), 0): (1, 0), (str(c.pk), 1): (1, 1)}


def test_an_address_that_tells_too_much_is_told_so_and_counts_when_it_comes_again(a: Post, b: Post) -> None:
    conf = {"buffer_seconds": 0, "address_limit": 1}
    with override_settings(SMO_KIT={"ENGAGEMENT": conf}):
        tell(a, s=5)
        response = tell(b, s=5)
    with override_settings(SMO_KIT={"ENGAGEMENT": conf | {"address_limit": 5}}):  # as if the minute were over
        tell(b, s=5)

    assert (response.status_code, response.content[:16]) == (429, b"Too many reports")
    assert total(b, READ.id) == 5


def test_telling_sets_no_cookie_and_asks_for_no_session(a: Post, b: Post) -> None:
    response = tell(a, s=5, previous=b, f=[offer(a, [b]), 0])

    assert not response.cookies
    assert not Session.objects.exists()
    assert "Cookie" not in response.get("Vary", "")


def test_what_is_repeated_asks_the_database_nothing(a: Post, b: Post, django_assert_num_queries: Any) -> None:
    report = {"s": 600, "previous": b, "f": [offer(a, [b]), 0]}
    tell(a, **report)

    with django_assert_num_queries(0):
        tell(a, **report)


def test_another_week_has_rows_of_its_own(a: Post, b: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    tell(a, previous=b, s=1, f=[offer(a, [b])])
    monkeypatch.setattr("smo_kit.best.told.tally.monday", lambda: dt.date(2030, 1, 7))
    tell(a, previous=b, s=1, f=[offer(a, [b])], by="8.8.8.8")

    assert (Pair.objects.count(), Offer.objects.count()) == (2, 2)
