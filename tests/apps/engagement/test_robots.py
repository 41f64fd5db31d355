from __future__ import annotations

import pytest
from django.test import RequestFactory, override_settings

from smo_kit.engagement.robots import is_early, is_robot
from smo_kit.networks.network import Crawler, Network

OURS = Network(id="ours", name="Ours", crawler=Crawler(agents=("Chrome/99 OurPeek",)))

ROBOTS = [
    "",
    "curl/8.5.0",
    "python-requests/2.32",
    "WhatsApp/2.23.20.0 A",
    "TelegramBot (like TwitterBot)",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "meta-externalagent/1.1 (+https://developers.facebook.com/docs/sharing/webmasters/crawler)",
    "Mozilla/5.0 (compatible; vkShare; +http://vk.com/dev/Share)",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    "Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/120.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Linux; Android 7.0) AppleWebKit/537.36 Chrome/98.0.4695.0 Mobile Safari/537.36 Chrome-Lighthouse",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) Version/9.0.1 "
    "Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0",
]
READERS = [
    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 "
    "Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 "
    "YaBrowser/24.1.0.0 Safari/537.36",
    "Mozilla/5.0 (Linux; Android 10; CUBOT_X30) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/100.0 Mobile",
    "Mozilla/5.0 (compatible; MSIE 10.0; Windows NT 6.1; Trident/6.0)",
    "Opera/9.80 (Android; Opera Mini/36.2.2254/119.132; U; id) Presto/2.12.423 Version/12.16",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 [FBAN/FBIOS;FBAV/437.0]",
]


@pytest.mark.parametrize("user_agent", ROBOTS)
def test_a_robot_is_known_by_what_it_says(user_agent: str) -> None:
    assert is_robot(user_agent)


@pytest.mark.parametrize("user_agent", READERS)
def test_a_reader_is_no_robot_whatever_his_browser(user_agent: str) -> None:
    assert not is_robot(user_agent)


def test_the_crawler_of_a_network_that_the_site_adds_is_a_robot() -> None:
    peek = "Mozilla/5.0 (X11) Chrome/99 OurPeek"
    assert not is_robot(peek)

    with override_settings(SMO_KIT={"NETWORKS": {"extra": [f"{__name__}.OURS"]}}):
        assert is_robot(peek)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Sec-Purpose", "prefetch"),
        ("Sec-Purpose", "prefetch;prerender"),
        ("Purpose", "prefetch"),
        ("X-Purpose", "preview"),
        ("X-Moz", "prefetch"),
    ],
)
def test_a_page_fetched_before_anybody_asked_is_early(rf: RequestFactory, name: str, value: str) -> None:
    assert is_early(rf.get("/", headers={name: value}))


def test_a_page_that_a_reader_asked_for_is_not_early(rf: RequestFactory) -> None:
    assert not is_early(rf.get("/", headers={"Purpose": ""}))
