"""Which networks there are, and how a site adds its own or moves one."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.checks import run_checks
from django.utils import translation

from smo_kit.networks import registry
from smo_kit.networks.conf import networks_settings
from smo_kit.networks.network import MARKS, Crawler, Follow, Network, ShareLink
from smo_kit.networks.registry import (
    all_networks,
    dead_networks,
    mark,
    network,
    network_of,
    networks_that_can,
    preview_network,
)

OURS = Network(
    id="ours",
    name="Ours",
    hosts=("ours.example",),
    share=ShareLink("https://ours.example/share", {"u": "{url}"}),
    follow=Follow("https://ours.example/{handle}"),
    crawler=Crawler(agents=("oursbot",)),
    mark_file=MARKS / "rss.svg",
)
OWN_X = Network(id="x", name="Twitter", action="copy")
TWITTER_FAN = Network(id="fan", name="Fan", crawler=Crawler(agents=("twitterbot",)))


def use(settings, **networks):
    settings.SMO_KIT = {"NETWORKS": networks}


def here(*names):
    return tuple(f"{__name__}.{name}" for name in names)


class TestOwnNetworks:
    def test_they_come_in_the_order_of_their_ids(self):
        ids = [one.id for one in all_networks()]
        assert ids == sorted(ids)
        assert len(ids) == 40

    def test_each_is_found_by_its_id(self):
        assert all(network(one.id) is one for one in all_networks())
        assert network("googleplus") is None

    def test_they_are_asked_for_by_what_they_can_do(self):
        assert [one.id for one in networks_that_can("action")] == ["copy", "device", "print", "qr"]
        assert {one.id for one in all_networks()} == {
            one.id for ability in ("share", "action", "follow", "login") for one in networks_that_can(ability)
        }

    def test_an_ability_that_does_not_exist_is_a_mistake(self):
        with pytest.raises(AttributeError):
            networks_that_can("fly")

    def test_names_wait_for_the_language_of_the_reader(self):
        waiting = {one.id for one in all_networks() if not isinstance(one.name, str)}
        assert waiting == {"copy", "device", "dzen", "email", "livejournal", "ok", "print", "qr", "vk", "yandex"}
        with translation.override("en"):
            assert str(network("vk").name) == "VK"


class TestNetworkOfAnAddress:
    @pytest.mark.parametrize(
        ("url", "network_id"),
        [
            ("https://vk.com/wall-1_2", "vk"),
            ("https://m.vk.com/", "vk"),
            ("https://away.vk.com/away.php?to=https://t.me/", "vk"),
            ("https://l.facebook.com/l.php?u=https%3A%2F%2Fx.com", "facebook"),
            ("https://out.reddit.com/t3_1", "reddit"),
            ("https://t.co/abc", "x"),
            ("https://shareworthy.livejournal.com/1.html", "livejournal"),
            ("https://ru.pinterest.com/pin/1/", "pinterest"),
            ("https://www.pinterest.co.uk/pin/1/", "pinterest"),
            ("https://news.ycombinator.com/item?id=1", "hackernews"),
            ("https://web.telegram.org/k/", "telegram"),
            ("HTTPS://WWW.YOUTUBE.COM/@a", "youtube"),
        ],
    )
    def test_it_is_told_by_the_host(self, url, network_id):
        assert network_of(url) is network(network_id)

    @pytest.mark.parametrize(
        "url",
        [
            *(
                "",
                "vk.com",
                "/vk.com",
                "mailto:me@vk.com",
                "https://example.org/?u=https://vk.com",
                "https://vk.com@a.example",
            ),
            *(
                "https://www.google.com/search?q=tea",
                "https://e.mail.ru/",
                "https://yandex.ru/maps/",
                "https://ycombinator.com/",
                "https://box.com",
                "http://[",
                "http://[::1]/",
                "\ud83d",
                "javascript:'//vk.com/'",
            ),
        ],
        ids=ascii,
    )
    def test_another_address_is_of_no_network(self, url):
        assert network_of(url) is None


class TestNetworksOfTheSite:
    def test_one_is_added_by_its_dotted_path(self, settings):
        use(settings, extra=here("OURS"))
        assert network("ours") is OURS
        assert OURS in networks_that_can("share")
        assert network_of("https://ours.example/1") is OURS
        assert preview_network("OursBot/2.0") is OURS
        assert len(all_networks()) == 41

    def test_one_with_our_id_takes_the_place_of_ours(self, settings):
        use(settings, extra=here("OWN_X"))
        assert network("x") is OWN_X
        assert network_of("https://x.com/") is None

    def test_it_is_gone_with_the_setting(self, settings):
        use(settings, extra=here("OURS"))
        assert network("ours") is OURS
        use(settings)
        assert network("ours") is None

    def test_its_mark_is_the_file_it_names(self):
        assert mark(OURS) == mark(network("rss"))

    def test_a_crawler_with_the_names_of_two_is_of_neither(self, settings):
        use(settings, extra=here("TWITTER_FAN"))
        assert preview_network("Twitterbot/1.0") is None
        assert preview_network("twitterbot of a fan") is TWITTER_FAN


class TestNetworkThatMoved:
    def test_its_links_lead_to_the_new_host(self, settings):
        use(settings, hosts={"vk": "vk.ru"})
        vk = network("vk")
        assert vk.share.href({"url": "a"}) == "https://vk.ru/share.php?url=a"
        assert vk.follow.url("shareworthy") == "https://vk.ru/shareworthy"

    def test_old_and_new_hosts_are_its_own(self, settings):
        use(settings, hosts={"x": "twitter.example"})
        assert network_of("https://twitter.example/a").id == "x"
        assert network_of("https://x.com/a").id == "x"

    def test_one_that_only_shares_can_move_too(self, settings):
        use(settings, hosts={"hackernews": "hn.example"})
        assert network("hackernews").share.href({"url": "a"}) == "https://hn.example/submitlink?u=a"

    def test_the_others_stay(self, settings):
        use(settings, hosts={"vk": "vk.ru"})
        assert network("ok").follow.url("shareworthy") == "https://ok.ru/shareworthy"

    @pytest.mark.parametrize("host", ["https://vk.ru", "vk.ru/", "vk", "", 7])
    def test_what_is_no_host_is_reported_and_not_used(self, settings, host):
        use(settings, hosts={"vk": host})
        wrong = networks_settings.from_code()[1]
        assert [(one.name, one.message) for one in wrong] == [("hosts", f"must name hosts like 'vk.ru', not {host!r}")]
        assert network("vk").follow.url("shareworthy") == "https://vk.com/shareworthy"


class TestDeadNetworks:
    DIED = {
        "addthis": dt.date(2023, 5, 31),
        "delicious": dt.date(2017, 6, 15),
        "digg": dt.date(2012, 7, 31),
        "facebook_like": dt.date(2026, 2, 10),
        "facebook_like_box": dt.date(2015, 6, 23),
        "flattr": dt.date(2024, 1, 8),
        "googleplus": dt.date(2019, 4, 2),
        "icq": dt.date(2024, 6, 26),
        "pocket": dt.date(2025, 7, 8),
        "skype": dt.date(2025, 5, 5),
        "stumbleupon": dt.date(2018, 6, 30),
        "surfingbird": dt.date(2019, 7, 16),
        "tamtam": dt.date(2026, 2, 27),
    }

    def test_each_is_known_with_its_day(self):
        assert {one.id: one.died for one in dead_networks()} == self.DIED

    def test_none_of_them_lives(self):
        assert not {one.id for one in dead_networks()} & {one.id for one in all_networks()}

    def test_each_has_a_name_to_speak_of_it(self):
        assert all(one.name for one in dead_networks())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "says"), [("no.such.module", "can't be imported"), ("smo_kit.networks.vk.Follow", "which is no Network")]
)
def test_a_wrong_extra_network_is_an_error_and_costs_no_other(settings, path, says):
    settings.SMO_KIT = {"NETWORKS": {"extra": [path]}}
    (found,) = run_checks(tags=["smo_kit"])
    assert found.id == "smo_kit.E002"
    assert says in found.msg
    assert registry.network("vk") is not None
