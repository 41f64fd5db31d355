"""A handle out of whatever an editor types."""

from __future__ import annotations

import pytest

from smo_kit.follow.handles import handle_from
from smo_kit.networks.registry import network, networks_that_can

PASTED = [
    ("vk", "https://vk.com/teahouse", "teahouse"),
    ("vk", "vk.ru/teahouse?from=search", "teahouse"),
    ("vk", "https://m.vk.com/teahouse#top", "teahouse"),
    ("telegram", "https://t.me/teahouse/", "teahouse"),
    ("telegram", "https://t.me/teahouse/1234", "teahouse"),
    ("telegram", "https://t.me/s/teahouse?before=12", "teahouse"),
    ("facebook", "https://www.facebook.com/profile.php?id=1000&sk=about", "profile.php?id=1000"),
    ("telegram", "t.me/+AbCdEfGhIjK", "+AbCdEfGhIjK"),
    ("x", "https://twitter.com/teahouse/status/1", "teahouse"),
    ("youtube", "https://www.youtube.com/@teahouse/videos", "teahouse"),
    ("youtube", "https://www.youtube.com/@%D1%87%D0%B0%D0%B9", "чай"),
    ("linkedin", "https://www.linkedin.com/company/teahouse/about/", "company/teahouse"),
    ("github", "https://github.com/django/django/issues", "django/django"),
    ("reddit", "https://old.reddit.com/r/tea/top/", "r/tea"),
    ("livejournal", "https://teahouse.livejournal.com/12345.html", "teahouse"),
    ("mastodon", "https://mas.to/@teahouse", "teahouse@mas.to"),
    ("mastodon", "https://mas.to/@teahouse/113", "teahouse@mas.to"),
    ("viber", "https://invite.viber.com/?g2=AQAbCdEfGh1jKlMn", "AQAbCdEfGh1jKlMn"),
    ("line", "https://line.me/R/ti/p/%40teahouse", "teahouse"),
    ("bluesky", "https://bsky.app/profile/tea.bsky.social", "tea.bsky.social"),
    ("rss", "https://feeds.example.org/tea", "https://feeds.example.org/tea"),
    ("rss", "/feed/", "/feed/"),
]
WRONG = [
    ("vk", ""),
    ("vk", "two words"),
    ("vk", "https://evil.example/teahouse"),
    ("vk", "https://vk.com.evil.example/teahouse"),
    ("vk", "https://vk.com@evil.example/teahouse"),
    ("vk", "https://vk.com/"),
    ("vk", "javascript:alert(1)"),
    ("vk", "https://[vk.com/teahouse"),
    ("telegram", "https://t.me/s"),
    ("livejournal", "https://www.evil.example/"),
    ("mastodon", "https://localhost/@me"),
    ("mastodon", "https://mas.to/@"),
    ("youtube", "https://www.youtube.com/watch?v=abcdefghijk"),
    ("youtube", "https://www.youtube.com/channel/UC1234567890abcdefghijkl"),
    ("facebook", "https://www.facebook.com/profile.php"),
    ("facebook", "https://www.facebook.com/profile.php?sk=about"),
    ("rss", "javascript:alert(1)"),
    ("rss", "//evil.example/feed"),
]


@pytest.mark.parametrize(("network_id", "typed", "handle"), PASTED)
def test_is_found_in_an_address_pasted_whole(network_id, typed, handle):
    assert handle_from(network(network_id), typed) == handle


@pytest.mark.parametrize("one", networks_that_can("follow"), ids=lambda one: one.id)
class TestEveryNetwork:
    def test_a_bare_handle_stays(self, one):
        assert handle_from(one, f"  {one.follow.example} ") == one.follow.example

    def test_the_account_s_own_address_leads_back_to_it(self, one):
        url = one.follow.url(one.follow.example)
        assert one.follow.url(handle_from(one, url)) == url


def test_an_at_sign_is_no_part_of_it():
    assert handle_from(network("telegram"), "@teahouse") == "teahouse"
    assert handle_from(network("mastodon"), "@teahouse@mas.to") == "teahouse@mas.to"


@pytest.mark.parametrize(("network_id", "typed"), WRONG)
def test_what_is_none_is_refused(network_id, typed):
    with pytest.raises(ValueError, match="has no account"):
        handle_from(network(network_id), typed)


def test_a_network_without_accounts_has_none():
    with pytest.raises(ValueError, match="has no account"):
        handle_from(network("qr"), "teahouse")
