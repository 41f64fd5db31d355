"""The exact address of the account behind each kind of handle."""

from __future__ import annotations

import re

import pytest

from smo_kit.networks.network import Follow, Network
from smo_kit.networks.registry import network, networks_that_can

ACCOUNTS = [
    ("bluesky", "shareworthy.bsky.social", "https://bsky.app/profile/shareworthy.bsky.social"),
    ("bluesky", "did:plc:z72i7hdynmk6r22z27h6tvur", "https://bsky.app/profile/did:plc:z72i7hdynmk6r22z27h6tvur"),
    ("discord", "xcRH6mN4fa", "https://discord.gg/xcRH6mN4fa"),
    ("discord", "django-cms", "https://discord.gg/django-cms"),
    ("dzen", "shareworthy", "https://dzen.ru/shareworthy"),
    ("dzen", "id/5f0a1b2c3d4e5f6a7b8c9d0e", "https://dzen.ru/id/5f0a1b2c3d4e5f6a7b8c9d0e"),
    ("facebook", "share.worthy-1", "https://www.facebook.com/share.worthy-1"),
    ("facebook", "groups/django", "https://www.facebook.com/groups/django"),
    ("github", "django", "https://github.com/django"),
    ("github", "django/asgiref", "https://github.com/django/asgiref"),
    ("instagram", "share_worthy.1", "https://www.instagram.com/share_worthy.1/"),
    ("line", "@linedevelopers", "https://line.me/R/ti/p/%40linedevelopers"),
    ("linkedin", "company/shareworthy", "https://www.linkedin.com/company/shareworthy/"),
    ("linkedin", "in/share-worthy", "https://www.linkedin.com/in/share-worthy/"),
    ("livejournal", "share-worthy", "https://share-worthy.livejournal.com/"),
    ("mastodon", "@share.worthy@mas.to", "https://mas.to/@share.worthy"),
    ("mastodon", "me@xn--e1afmkfd.xn--p1ai", "https://xn--e1afmkfd.xn--p1ai/@me"),
    ("max", "shareworthy", "https://max.ru/shareworthy"),
    ("max", "join/aBcDeF_g-H", "https://max.ru/join/aBcDeF_g-H"),
    ("ok", "group/70000001234567", "https://ok.ru/group/70000001234567"),
    ("ok", "share.worthy", "https://ok.ru/share.worthy"),
    ("pinterest", "shareworthy", "https://www.pinterest.com/shareworthy/"),
    ("reddit", "r/django", "https://www.reddit.com/r/django/"),
    ("reddit", "user/share-worthy", "https://www.reddit.com/user/share-worthy/"),
    ("rss", "/feed/", "/feed/"),
    ("rss", "/ru/feed.xml?tag=tea&n=10", "/ru/feed.xml?tag=tea&n=10"),
    ("rss", "https://feeds.example.org/tea", "https://feeds.example.org/tea"),
    ("rss", "http://feeds.example.org:8080/tea", "http://feeds.example.org:8080/tea"),
    ("rutube", "channel/23463954", "https://rutube.ru/channel/23463954/"),
    ("rutube", "u/shareworthy", "https://rutube.ru/u/shareworthy/"),
    ("telegram", "shareworthy", "https://t.me/shareworthy"),
    ("telegram", "+AbCdEfGhIjK_-123", "https://t.me/+AbCdEfGhIjK_-123"),
    ("threads", "share_worthy.1", "https://www.threads.com/@share_worthy.1"),
    ("tiktok", "share_worthy.1", "https://www.tiktok.com/@share_worthy.1"),
    ("tumblr", "share-worthy", "https://www.tumblr.com/share-worthy"),
    ("twitch", "shareworthy", "https://www.twitch.tv/shareworthy"),
    ("viber", "AQAbCdEfGh1jKlMn%2Bo%3D", "https://invite.viber.com/?g2=AQAbCdEfGh1jKlMn%2Bo%3D"),
    ("vk", "share.worthy", "https://vk.com/share.worthy"),
    ("vk", "club1", "https://vk.com/club1"),
    ("weibo", "u/1234567890", "https://weibo.com/u/1234567890"),
    ("weibo", "shareworthy", "https://weibo.com/shareworthy"),
    ("whatsapp", "0029VaAbCdEfGhIjKlMnOp1q", "https://whatsapp.com/channel/0029VaAbCdEfGhIjKlMnOp1q"),
    ("x", "share_worthy", "https://x.com/share_worthy"),
    ("youtube", "@shareworthy", "https://www.youtube.com/@shareworthy"),
    ("youtube", "чай", "https://www.youtube.com/@%D1%87%D0%B0%D0%B9"),
]
REFUSED = [
    ("bluesky", "shareworthy"),
    ("bluesky", "did:web:evil.example"),
    ("discord", "a--b"),
    ("github", "-django"),
    ("github", "django/.."),
    ("instagram", "share-worthy"),
    ("linkedin", "shareworthy"),
    ("livejournal", "evil.example"),
    ("livejournal", "share-worthy-"),
    ("mastodon", "shareworthy"),
    ("mastodon", "me@localhost"),
    ("mastodon", "me@127.0.0.1"),
    ("mastodon", "me@mas.to:8080"),
    ("mastodon", "me@mas.to/evil"),
    ("mastodon", "me@you@mas.to"),
    ("reddit", "django"),
    ("rss", "feed/"),
    ("rss", "//evil.example/feed"),
    ("rss", "/\\evil.example"),
    ("rss", "https://me@evil.example/feed"),
    ("rss", "https://evil.example"),
    ("rss", "https://localhost/feed"),
    ("rss", "ftp://example.org/feed"),
    ("rutube", "channel/tea"),
    ("telegram", "1shareworthy"),
    ("telegram", "+short"),
    ("vk", "ｓhareworthy"),
    ("x", "a_name_of_more_than_15"),
    ("youtube", "-shareworthy-"),
]


def follow(network_id: str) -> Follow:
    found = network(network_id)
    assert isinstance(found, Network)
    assert found.follow
    return found.follow


@pytest.mark.parametrize(("network_id", "handle", "url"), ACCOUNTS)
def test_the_address_is_exactly_this(network_id, handle, url):
    assert follow(network_id).url(handle) == url


@pytest.mark.parametrize(("network_id", "handle"), REFUSED)
def test_a_handle_that_the_network_could_not_have_is_refused(network_id, handle):
    with pytest.raises(ValueError, match=re.escape(handle)):
        follow(network_id).url(handle)


def test_the_table_names_every_network_that_can_be_followed():
    assert {network_id for network_id, _, _ in ACCOUNTS} == {one.id for one in networks_that_can("follow")}


def test_an_account_is_found_at_the_new_host_of_a_network_that_moved():
    assert follow("vk").url("shareworthy", host="vk.ru") == "https://vk.ru/shareworthy"
