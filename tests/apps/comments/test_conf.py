"""Settings that would break pages are refused, with what is right."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from smo_kit.comments.conf import comments_settings, lists_settings
from smo_kit.comments.discussions import conf_of, discussion_of, is_open
from smo_kit.comments.models import Discussion
from smo_kit.mail.models import Mail

HUGE = 99999999999999999999
LARGEST = {
    "max_depth": 20,
    "page_size": 500,
    "collapse_after": 10_000,
    "max_length": 100_000,
    "edit_minutes": 525_600,
    "close_after_days": 36_500,
    "reports_to_hold": 10_000,
    "confirm_hours": 8760,
    "pending_days": 36_500,
}


@pytest.mark.parametrize("name", LARGEST)
def test_numbers_have_a_bound(name):
    assert comments_settings.accept(name, LARGEST[name]) == LARGEST[name]
    for value in (LARGEST[name] + 1, HUGE, -1):
        with pytest.raises(ValueError, match="must be from"):
            comments_settings.accept(name, value)


def test_days_of_a_list_too():
    with pytest.raises(ValueError, match="must be from 0 to 36500"):
        lists_settings.accept("days", HUGE)


@pytest.mark.parametrize("name", LARGEST)
def test_the_largest_break_nothing(client, say, article, settings, name):
    settings.SMO_KIT = {"COMMENTS": {name: LARGEST[name]}}
    entry = say()
    assert client.get(article.get_absolute_url()).status_code == 200
    assert client.get(f"/smo/comments/{entry.pk}/edit/").status_code == 403


@pytest.mark.parametrize("published", [dt.datetime.max.replace(tzinfo=dt.UTC), dt.datetime.min.replace(tzinfo=dt.UTC)])
def test_a_page_of_any_day_is_open_or_closed(article, settings, published):
    settings.SMO_KIT = {"COMMENTS": {"close_after_days": 36_500}}
    assert is_open(discussion_of(article), published) is (published > timezone.now())


def test_a_discussions_own_number_has_the_bound_too(admin_client, say):
    discussion = say().discussion
    url = f"/admin/smo_comments/discussion/{discussion.pk}/change/"
    answer = admin_client.post(url, {"is_open": "", "close_after_days": "3000000"})
    assert "must be from 0 to 36500, not 3000000" in answer.content.decode()
    Discussion.objects.update(options={"close_after_days": HUGE})
    assert conf_of(Discussion.objects.get()).close_after_days == 0


@pytest.mark.parametrize("line", ["a@x.org, b@x.org", "Mod <mod@x.org>", "nobody", "a@x.org;b@x.org"])
def test_a_line_that_is_no_address_is_refused_and_breaks_nothing(say, settings, line):
    with pytest.raises(ValueError, match=r"address"):
        comments_settings.accept("moderators", [line])
    settings.SMO_KIT = {"COMMENTS": {"moderators": ("mod@example.org", line), "hold": "all"}}
    assert say().pk
    assert not Mail.objects.exists()


def test_addresses_are_taken():
    two = ("mod@example.org", "ada@пример.рф")
    assert comments_settings.accept("moderators", two) == two
