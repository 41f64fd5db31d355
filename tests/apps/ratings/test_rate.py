"""Rating by Python: one row from everyone, right sums, clear errors."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from smo_kit.core.identities import of_member
from smo_kit.core.models import CardRow
from smo_kit.core.refusals import Refused
from smo_kit.core.subjects import Key, key_of
from smo_kit.core.visitors import Visitor
from smo_kit.engagement.services import total, totals
from smo_kit.ratings.models import Rating
from smo_kit.ratings.people import marks_of_browser
from smo_kit.ratings.services import given_by, join, rate, recount, summaries, summary_of, unrate
from tests.apps.ratings.conftest import guest
from tests.blog.models import Post, Story, Telling

pytestmark = pytest.mark.django_db


def figures(subject, kind=""):
    return summary_of(subject, kind=kind).figures()


def test_ratings_are_counted_and_added_up(page):
    for number, stars in enumerate(["5", "4", "4"]):
        rate(page, stars, guest(number))
    assert figures(page) == (3, 13, {"5": 1, "4": 2})
    assert summary_of(page).average == pytest.approx(13 / 3)


def test_the_last_word_of_a_reader_counts_once(page):
    rate(page, "1", guest(1))
    assert rate(page, "5", guest(1)).figures() == figures(page) == (1, 5, {"5": 1})
    assert Rating.objects.count() == 1
    assert given_by(page, guest(1)) == "5"
    assert given_by(page, guest(2)) == given_by(page, None) == ""


def test_what_is_taken_back_is_counted_no_more(page):
    rate(page, "4", guest(1))
    assert unrate(page, guest(1)).figures() == figures(page) == (0, 0, {})
    assert unrate(page, guest(2)).count == 0
    assert given_by(page, guest(1)) == ""


def test_kinds_are_kept_apart(page):
    rate(page, "4", guest(1), kind="stars")
    rate(page, "like", guest(1), kind="like")
    rate(page, "funny", guest(1), kind="reactions")
    assert figures(page, "stars") == (1, 4, {"4": 1})
    assert figures(page, "like") == (1, 0, {"like": 1})
    assert figures(page, "reactions") == (1, 0, {"funny": 1})


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        *(("stars", value) for value in ("0", "6", "-1", "1.5", "five", "", " 5", "٥", "like", "5\0")),
        ("like", "1"),
        ("like", "dislike"),
        ("reactions", "5"),
        ("reactions", "unheard"),
        ("medals", "1"),
    ],
    ids=repr,
)
def test_a_value_that_there_is_not_is_refused_and_stores_nothing(page, kind, value):
    with pytest.raises(Refused) as refused:
        rate(page, value, guest(1), kind=kind)
    assert refused.value.status == 400
    assert not Rating.objects.exists()


@pytest.mark.parametrize("pk", ["999999", "", "nonsense", "1 or 1"], ids=repr)
def test_a_subject_that_there_is_not_is_refused_and_stores_nothing(page, pk):
    with pytest.raises(Refused) as refused:
        rate(Key(key_of(page).content_type_id, pk), "5", guest(1))
    assert refused.value.status == 404
    assert not Rating.objects.exists()


def test_a_key_of_no_model_is_refused(page):
    with pytest.raises(Refused):
        rate(Key(999_999, "1"), "5", guest(1))


def test_a_draft_is_refused(page):
    Post.objects.filter(pk=page.pk).update(is_public=False)
    with pytest.raises(Refused):
        rate(page, "5", guest(1))
    assert not Rating.objects.exists()


def test_nobody_rates_his_own_page(page, member):
    page.author = member
    page.save()
    with pytest.raises(Refused) as refused:
        rate(page, "5", Visitor("a" * 32, member.pk))
    assert refused.value.status == 403
    assert rate(page, "5", guest(1)).count == 1


def test_nobody_rates_his_own_page_whose_cards_are_its_translations(member, django_capture_on_commit_callbacks):
    story = Story.objects.create()
    with django_capture_on_commit_callbacks(execute=True):
        Telling.objects.create(story=story, language="en", slug="bridges", title="Bridges")
    CardRow.objects.update(owner=member)
    with pytest.raises(Refused) as refused:
        rate(story, "5", Visitor("a" * 32, member.pk))
    assert refused.value.status == 403
    assert rate(story, "5", guest(1)).count == 1


def test_a_visitor_without_key_and_account_is_a_fault(page):
    with pytest.raises(ValueError, match="without a key"):
        rate(page, "5", Visitor(""))


def test_translations_are_rated_as_one(django_capture_on_commit_callbacks):
    story = Story.objects.create()
    with django_capture_on_commit_callbacks(execute=True):
        first, second = (
            Telling.objects.create(story=story, language=code, slug=code, title=code) for code in ("en", "ru")
        )
    rate(first, "5", guest(1))
    rate(second, "3", guest(2))
    assert figures(first) == figures(second) == figures(story) == (2, 8, {"5": 1, "3": 1})


def test_a_member_is_the_same_in_every_browser(page, member):
    rate(page, "2", Visitor("a" * 32, member.pk))
    rate(page, "4", Visitor("b" * 32, member.pk))
    assert figures(page) == (1, 4, {"4": 1})
    assert given_by(page, Visitor("", member.pk)) == "4"


def test_what_a_member_gave_as_a_guest_in_this_browser_is_not_counted_twice(page, member):
    rate(page, "2", Visitor("a" * 32))
    rate(page, "4", Visitor("a" * 32, member.pk))
    assert figures(page) == (1, 4, {"4": 1})
    assert Rating.objects.count() == 1


def test_a_guests_rating_joins_the_account(page, member):
    rate(page, "2", Visitor("a" * 32))
    assert join(of_member(member.pk), marks_of_browser("a" * 32)) == 1
    assert given_by(page, Visitor("", member.pk)) == "2"
    assert given_by(page, Visitor("a" * 32)) == ""
    assert figures(page) == (1, 2, {"2": 1})


def test_what_a_guest_gave_to_his_own_page_is_dropped_when_he_signs_in(
    page, member, django_capture_on_commit_callbacks
):
    page.author = member
    with django_capture_on_commit_callbacks(execute=True):
        page.save()
    rate(page, "5", Visitor("a" * 32))
    rate(page, "2", guest(1))
    join(of_member(member.pk), marks_of_browser("a" * 32))
    assert figures(page) == (1, 2, {"2": 1})
    assert Rating.objects.count() == 1


def test_where_both_have_rated_the_members_rating_stays(page, member):
    rate(page, "5", Visitor("b" * 32, member.pk))
    rate(page, "2", Visitor("a" * 32))
    join(of_member(member.pk), marks_of_browser("a" * 32))
    assert figures(page) == (1, 5, {"5": 1})
    assert Rating.objects.count() == 1


def test_what_a_member_took_back_does_not_keep_away_what_he_gave_as_a_guest(page, member):
    rate(page, "5", Visitor("b" * 32, member.pk))
    unrate(page, Visitor("b" * 32, member.pk))
    rate(page, "2", Visitor("a" * 32))
    join(of_member(member.pk), marks_of_browser("a" * 32))
    assert figures(page) == (1, 2, {"2": 1})
    assert given_by(page, Visitor("", member.pk)) == "2"


def test_a_rating_is_found_after_a_change_of_the_secret_key(page, settings):
    rate(page, "2", guest(1))
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another"
    assert given_by(page, guest(1)) == "2"
    rate(page, "4", guest(1))
    assert figures(page) == (1, 4, {"4": 1})


def test_many_are_read_in_one_query(page, django_assert_num_queries):
    other = Post.objects.create(slug="tunnels", title="Tunnels")
    rate(page, "5", guest(1))
    keys = [key_of(page), key_of(other)]
    with django_assert_num_queries(1):
        found = summaries([page, other])
    assert [found[key].count for key in keys] == [1, 0]
    assert summaries([]) == {}


def test_many_are_asked_for_by_what_the_index_begins_with(page):
    with CaptureQueriesContext(connection) as asked:
        summaries([page])
    where = asked[0]["sql"].partition("WHERE")[2]
    assert re.search(r"content_type_id\W+= \d+ AND", where)


def test_a_rating_is_recorded_once_for_each_reader(page, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        rate(page, "5", guest(1))
        rate(page, "4", guest(1))
        unrate(page, guest(1))
        rate(page, "4", guest(1))
        rate(page, "4", guest(2))
    assert [total(page, "rated", facet=value) for value in "54"] == [1, 1]
    assert totals([page], "rated", facet="4") == {key_of(page): 1}


def test_counting_anew_mends_a_wrong_summary(page):
    rate(page, "5", guest(1))
    rate(page, "3", guest(2))
    unrate(page, guest(2))
    Rating.objects.filter(value="5").update(value="2")
    recount(key_of(page), "stars")
    assert figures(page) == (1, 2, {"2": 1})
