from __future__ import annotations

from unittest import mock

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models.functions import Length
from django.test import Client, RequestFactory, override_settings
from pytest_django import DjangoAssertNumQueries

from smo_kit.core.long_lists import AtLeast, FirstPaginator, LanguageFilter, LongListAdmin
from smo_kit.core.models import CardRow, Place

pytestmark = pytest.mark.django_db
LONG = (
    "smo_comments.Action",
    "smo_comments.Discussion",
    "smo_comments.Entry",
    "smo_core.CardRow",
    "smo_lock.Lock",
    "smo_mail.Mail",
    "smo_mail.Suppression",
    "smo_notify.Subscriber",
    "smo_ratings.Rating",
    "smo_ratings.Summary",
    "smo_share.PersonalLink",
    "smo_spam.Decision",
    "smo_spam.Reputation",
)


def places(number: int) -> None:
    Place.objects.bulk_create([Place(path=f"/{one}/") for one in range(number)])


@pytest.fixture
def few() -> object:
    with mock.patch("smo_kit.core.long_lists.MOST", 10):
        yield


def test_what_is_few_is_counted() -> None:
    places(7)
    assert FirstPaginator(Place.objects.order_by("pk"), 5).count == 7


def test_more_than_the_first_are_not_counted(few: object, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    places(12)
    paginator = FirstPaginator(Place.objects.order_by("pk"), 4)

    with django_assert_num_queries(1) as asked:
        assert paginator.count == 10
    assert "LIMIT 11" in asked[0]["sql"]
    assert str(paginator.count) == "10+"
    assert paginator.num_pages == 3, "no page is offered that would skip more"


def test_a_list_may_count_fewer() -> None:
    class Few(FirstPaginator):
        most = 4

    places(7)
    assert str(Few(Place.objects.order_by("pk"), 2).count) == "4+"


def test_the_first_and_no_more_are_told_without_a_plus(few: object) -> None:
    places(10)
    assert not isinstance(FirstPaginator(Place.objects.order_by("pk"), 4).count, AtLeast)


def test_a_later_page_works_out_nothing_of_the_rows_it_skips(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    places(7)
    rows = Place.objects.annotate(length=Length("path")).order_by("-pk")
    paginator = FirstPaginator(rows, 3)
    assert paginator.count == 7

    with django_assert_num_queries(2) as asked:
        page = paginator.page(2)
        shown = list(page)
    assert [one.path for one in shown] == ["/3/", "/2/", "/1/"]
    assert [one.length for one in shown] == [3, 3, 3]
    skipping, of_those = (one["sql"] for one in asked)
    assert "OFFSET 3" in skipping
    assert "LENGTH" not in skipping
    assert "OFFSET" not in of_those
    assert (page.has_next(), page.start_index(), page.end_index()) == (True, 4, 6)


def test_the_first_page_asks_once(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    places(7)
    paginator = FirstPaginator(Place.objects.order_by("pk"), 3)
    assert paginator.count == 7
    with django_assert_num_queries(1):
        assert len(list(paginator.page(1))) == 3


def test_the_list_says_that_there_are_more(few: object, admin_client: Client) -> None:
    CardRow.objects.bulk_create(
        [
            CardRow(content_type_id=1, object_pk=str(one), language="en", source_type_id=1, source_pk=str(one), url="/")
            for one in range(60)
        ]
    )
    answer = admin_client.get("/admin/smo_core/cardrow/")
    assert "10+" in answer.content.decode()


@pytest.mark.parametrize("label", LONG)
def test_tables_that_grow_with_the_site_have_long_lists(label: str) -> None:
    found = {model._meta.label: one for model, one in admin.site._registry.items()}
    assert isinstance(found[label], LongListAdmin)
    assert found[label].paginator is FirstPaginator
    assert not found[label].show_full_result_count


@pytest.mark.parametrize("label", LONG)
def test_no_filter_asks_the_table_what_is_in_it(label: str) -> None:
    its = {model._meta.label: one for model, one in admin.site._registry.items()}[label]
    asking = (admin.AllValuesFieldListFilter, admin.RelatedOnlyFieldListFilter)
    assert not [one for one in its.list_filter if isinstance(one, tuple) and issubclass(one[1], asking)]


@override_settings(LANGUAGES=[("en", "English"), ("ru", "Russian")])
def test_languages_are_those_of_the_site(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    request = RequestFactory().get("/", {"language": "ru"})
    request.user = User()
    with django_assert_num_queries(0):
        choices = LanguageFilter(request, {"language": ["ru"]}, CardRow, LongListAdmin(CardRow, admin.site))
    assert [code for code, _ in choices.lookup_choices] == ["en", "ru"]
