"""Whose link preview a User-Agent fetches. Collected 2026-11 from the networks' pages and public lists of crawlers."""

from __future__ import annotations

import pytest

from smo_kit.networks.registry import network, networks_that_can, preview_network

FACEBOOK_PAGE = "+http://www.facebook.com/externalhit_uatext.php"
MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) Version/9.0.1 Safari"
CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0"
ANDROID = f"Mozilla/5.0 (Linux; Android 14; Pixel 8) {CHROME} Mobile Safari/537.36"
WINDOWS = f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROME} Safari/537.36"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148"

PREVIEWS = [
    (f"facebookexternalhit/1.1 ({FACEBOOK_PAGE})", "facebook"),
    ("facebookexternalhit/1.1 (+https://www.facebook.com/externalhit_uatext.php)", "facebook"),
    ("facebookexternalhit/1.1 ( http://www.facebook.com/externalhit_uatext.php)", "facebook"),
    ("facebookexternalhit/1.1", "facebook"),
    (f"facebookexternalhit/1.0 ({FACEBOOK_PAGE})", "facebook"),
    ("Meta-ExternalHit/1.1", "facebook"),
    ("meta-externalhit/1.1 (+https://developers.facebook.com/docs/sharing/webmasters/crawler)", "facebook"),
    ("Facebot/1.0", "facebook"),
    ("Twitterbot/1.0", "x"),
    ("Twitterbot/0.1", "x"),
    ("TelegramBot (like TwitterBot)", "telegram"),
    ("Mozilla/5.0 (compatible; vkShare; +http://vk.com/dev/Share)", "vk"),
    ("VKRobot/1.0", "vk"),
    ("OdklBot/1.0 (share@odnoklassniki.ru)", "ok"),
    ("OdklBot/1.0 (klass@odnoklassniki.ru)", "ok"),
    ("Mozilla/5.0 (compatible; OdklBot/1.0 like Linux; klass@odnoklassniki.ru)", "ok"),
    ("LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)", "linkedin"),
    ("LinkedInBot/1.0 (compatible; Mozilla/5.0; Jakarta Commons-HttpClient/3.1 +http://www.linkedin.com)", "linkedin"),
    ("Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)", "discord"),
    ("Mozilla/5.0 (compatible; Pinterestbot/1.0; +http://www.pinterest.com/bot.html)", "pinterest"),
    ("Pinterest/0.2 (+https://www.pinterest.com/bot.html)", "pinterest"),
    ("Mozilla/5.0 (compatible; redditbot/1.0; +http://www.reddit.com/feedback)", "reddit"),
    ("http.rb/5.1.1 (Mastodon/4.2.1; +https://mastodon.example/)", "mastodon"),
    ("http.rb/5.1.1 (Mastodon/4.2.1; +https://mastodon.example/) Bot", "mastodon"),
    ("Mastodon/4.3.0 (http.rb/5.2.0; +https://mastodon.example/)", "mastodon"),
    ("Mozilla/5.0 (compatible; Bluesky Cardyb/1.1; +mailto:support@bsky.app)", "bluesky"),
    ("BlueskyPreviewBot/1.0", "bluesky"),
    ("WhatsApp/2.23.20.0 A", "whatsapp"),
    ("WhatsApp/2.23.18.78 i", "whatsapp"),
    ("WhatsApp/2.2413.51 W", "whatsapp"),
    ("WhatsApp/0.3.4479 N", "whatsapp"),
    ("Viber", "viber"),
    ("Tumblr/14.0.835.186", "tumblr"),
    ("facebookexternalhit/1.1;line-poker/1.0", "line"),
    ("Mozilla/5.0 (compatible; Line-Poker/1.0)", "line"),
]
OTHERS = [
    # Apple's iMessage bears two names, and fetches from the reader's own device.
    f"{MAC} facebookexternalhit/1.1 Facebot Twitterbot/1.0",
    "Mozilla/5.0 (compatible; The Lounge IRC Client; +https://thelounge.chat) facebookexternalhit/1.1 Twitterbot/1.0",
    # They borrow Facebook's name.
    "facebookexternalhit/1.1;kakaotalk-scrap/1.0; +https://devtalk.kakao.com/t/scrap/33984",
    "facebookexternalhit/1.1 (compatible; Blueno/1.0; +https://naver.me/scrap)",
    "facebookexternalhit/1.1;belly-scrap/1.0; +https://blog.naver.com/whaleteam/221250531643",
    "RemindPreview/1.0 facebookexternalhit/1.0",
    "recon (github.com/jimmysawczuk/recon; similar to Facebot, facebookexternalhit/1.1)",
    # Signal and others borrow WhatsApp's, without the rest of its version.
    "WhatsApp/2",
    "WhatsApp",
    # Meta fetches these for itself: nobody has shared anything.
    "meta-externalagent/1.1 (+https://developers.facebook.com/docs/sharing/webmasters/crawler)",
    "meta-externalfetcher/1.1 (+https://developers.facebook.com/docs/sharing/webmasters/crawler)",
    "meta-webindexer/1.1",
    "meta-externalads/1.1",
    "facebookcatalog/1.0",
    "Mozilla/5.0 (compatible; FacebookBot/1.0; +https://developers.facebook.com/docs/sharing/webmasters/facebookbot/)",
    # Previews, but of no network of ours.
    "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "Slack-ImgProxy 1.106 (+https://api.slack.com/robots)",
    "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5 skype-url-preview@microsoft.com",
    "Snap URL Preview Service; bot; snapchat; https://developers.snap.com/robots",
    "Mozilla/5.0 (compatible; Synapse (bot; +https://github.com/matrix-org/synapse))",
    "Mattermost-Bot/1.1",
    "Mozilla/5.0 (compatible; Embedly/0.2; +http://support.embed.ly/)",
    "Iframely/1.3.1 (+https://iframely.com/docs/about)",
    "Lemmy/0.19.8; +https://lemmy.example",
    "SummalyBot/5.0.2",
    "Xing Bot",
    # Search engines.
    "Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)",
    "Mozilla/5.0 (compatible; YandexUserproxy; robot; +http://yandex.com/bots)",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    f"{MAC} (Applebot/0.3; +http://www.apple.com/go/applebot)",
    "Mozilla/5.0 (compatible; Linux x86_64; Mail.RU_Bot/2.0; +https://help.mail.ru/webmaster/indexing/robots)",
    # People, some of them inside the application of a network.
    WINDOWS,
    f"{WINDOWS} YaBrowser/24.10.0.0",
    f"{ANDROID} YandexSearch/24.10",
    f"{ANDROID} [FB_IAB/FB4A;FBAV/490.0.0.0;]",
    f"{IPHONE} [FBAN/FBIOS;FBAV/490.0.0.0;FBDV/iPhone16,1;]",
    f"{IPHONE} Instagram 358.0.0.0 (iPhone16,1; iOS 18_1; ru_RU)",
    f"{IPHONE} Twitter for iPhone/10.70",
    f"{IPHONE} [LinkedInApp]/9.30",
    f"{ANDROID} [Pinterest/Android]",
    f"{IPHONE} [Pinterest/iOS]",
    f"{ANDROID} Viber/24.0.0",
    f"{IPHONE} WhatsApp/2.24.22.80",
    f"{ANDROID} Line/14.19.1",
    f"{ANDROID} Telegram-Android/11.4.2 (Google Pixel 8; Android 14; SDK 34; HIGH)",
    "VKAndroidApp/8.98-22542 (Android 14; SDK 34; arm64-v8a; Google Pixel 8; ru; 2400x1080)",
    "Tumblr/35.6.0.110 (iPhone; iOS 18.1)",
    "curl/8.16.0",
    "python-telegram-bot/21.6",
    "",
    "\ud83d\x00",
]


@pytest.mark.parametrize(("user_agent", "network_id"), PREVIEWS)
def test_a_preview_is_fetched_for_its_network(user_agent, network_id):
    assert preview_network(user_agent) is network(network_id)
    assert preview_network(user_agent.swapcase()) is network(network_id)


@pytest.mark.parametrize("user_agent", OTHERS, ids=ascii)
def test_people_and_other_robots_are_of_no_network(user_agent):
    assert preview_network(user_agent) is None


def test_the_table_names_every_network_that_has_a_crawler():
    assert {network_id for _, network_id in PREVIEWS} == {one.id for one in networks_that_can("crawler")}


def test_only_whatsapp_fetches_from_the_device_of_the_one_who_shares():
    assert [one.id for one in networks_that_can("crawler") if one.crawler and one.crawler.from_device] == ["whatsapp"]


def test_names_of_crawlers_hosts_are_suffixes():
    suffixes = [name for one in networks_that_can("crawler") if one.crawler for name in one.crawler.rdns]
    assert all(name.startswith(".") and name == name.lower() for name in suffixes)


def test_what_is_read_of_their_addresses_is_read_over_https():
    crawlers = [one.crawler for one in networks_that_can("crawler") if one.crawler]
    assert all(not one.ranges or one.ranges.startswith("https://") for one in crawlers)
    assert all(0 < number < 2**32 for one in crawlers for number in one.asns)
    assert all(not one.unconfirmed or one.can_be_checked for one in crawlers), "else there is nothing to confirm"


def test_what_can_be_checked_by_names_or_lists():
    checked = {one.id for one in networks_that_can("crawler") if one.crawler and one.crawler.can_be_checked}
    assert checked == {"facebook", "x", "telegram", "vk", "ok", "linkedin", "pinterest"}
