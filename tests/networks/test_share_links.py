"""The exact address that each share button leads to."""

from __future__ import annotations

import pytest

from smo_kit.networks.network import Network, ShareLink, host_name
from smo_kit.networks.registry import network, networks_that_can

CARD = {
    "url": "https://example.org/чай/?a=1&b=2",
    "title": "Tea & <rum>",
    "text": "Чай: 100%",
    "summary": "Leaves",
    "image": "https://example.org/a+b.jpg",
    "tags": "tea,green tea",
    "via": "shareworthy",
}
URL = "https%3A%2F%2Fexample.org%2F%D1%87%D0%B0%D0%B9%2F%3Fa%3D1%26b%3D2"
TITLE = "Tea%20%26%20%3Crum%3E"
TEXT = "%D0%A7%D0%B0%D0%B9%3A%20100%25"
IMAGE = "https%3A%2F%2Fexample.org%2Fa%2Bb.jpg"
TAGS = "tea%2Cgreen%20tea"

HREFS = {
    "bluesky": f"https://bsky.app/intent/compose?text={TEXT}%20{URL}",
    "email": f"mailto:?subject={TITLE}&body={TEXT}%0D%0A%0D%0A{URL}",
    "facebook": f"https://www.facebook.com/sharer/sharer.php?u={URL}",
    "hackernews": f"https://news.ycombinator.com/submitlink?u={URL}&t={TITLE}",
    "line": f"https://social-plugins.line.me/lineit/share?url={URL}&text={TEXT}",
    "linkedin": f"https://www.linkedin.com/sharing/share-offsite/?url={URL}",
    "livejournal": (
        f"https://www.livejournal.com/update.bml?subject={TITLE}&event="
        "%3Ca%20href%3D%22https%3A%2F%2Fexample.org%2F%D1%87%D0%B0%D0%B9%2F%3Fa%3D1%26amp%3Bb%3D2%22%3E"
        f"{TEXT}%3C%2Fa%3E"
    ),
    "mastodon": f"https://mastodon.social/share?text={TEXT}%20{URL}",
    "max": f"https://max.ru/:share?text={TEXT}%20{URL}",
    "messenger": f"fb-messenger://share/?link={URL}",
    "ok": f"https://connect.ok.ru/offer?url={URL}&title={TEXT}&description=Leaves&imageUrl={IMAGE}",
    "pinterest": f"https://www.pinterest.com/pin/create/button/?url={URL}&media={IMAGE}&description={TEXT}",
    "reddit": f"https://www.reddit.com/submit?url={URL}&title={TITLE}",
    "sms": f"sms:?body={TEXT}%20{URL}",
    "telegram": f"https://t.me/share/url?url={URL}&text={TEXT}",
    "threads": f"https://www.threads.com/intent/post?text={TEXT}&url={URL}",
    "tumblr": (
        "https://www.tumblr.com/widgets/share/tool?posttype=link"
        f"&canonicalUrl={URL}&title={TITLE}&caption={TEXT}&tags={TAGS}"
    ),
    "viber": f"viber://forward?text={TEXT}%20{URL}",
    "vk": f"https://vk.com/share.php?url={URL}&title={TEXT}&image={IMAGE}",
    "weibo": f"https://service.weibo.com/share/share.php?url={URL}&title={TEXT}&pic={IMAGE}",
    "whatsapp": f"https://api.whatsapp.com/send?text={URL}%20{TEXT}",
    "x": f"https://x.com/intent/tweet?text={TEXT}&url={URL}&hashtags={TAGS}&via=shareworthy",
}


def share(network_id: str) -> ShareLink:
    found = network(network_id)
    assert isinstance(found, Network)
    assert found.share
    return found.share


@pytest.mark.parametrize(("network_id", "href"), HREFS.items(), ids=HREFS.keys())
def test_the_address_is_exactly_this(network_id, href):
    assert share(network_id).href(CARD, instance="mastodon.social") == href


def test_the_table_names_every_network_that_shares():
    assert set(HREFS) == {one.id for one in networks_that_can("share")}


def test_a_parameter_that_would_be_empty_is_left_out():
    assert share("x").href({"url": "https://a.example", "text": "A"}) == (
        "https://x.com/intent/tweet?text=A&url=https%3A%2F%2Fa.example"
    )


def test_a_title_with_markup_stays_text_in_a_livejournal_post():
    href = share("livejournal").href({"url": "https://a.example/?b=1&c=2", "title": "T", "text": "Q&A <script> \"'"})
    assert href.endswith(
        "&event=%3Ca%20href%3D%22https%3A%2F%2Fa.example%2F%3Fb%3D1%26amp%3Bc%3D2%22%3E"
        "Q%26amp%3BA%20%26lt%3Bscript%26gt%3B%20%26quot%3B%26%23x27%3B%3C%2Fa%3E"
    )


def test_lines_of_a_text_stay_lines_and_end_in_a_mail_as_rfc_6068_says():
    values = {"url": "https://a.example", "title": "T", "text": "one\ntwo\rthree\r\nfour"}
    assert "body=one%0D%0Atwo%0D%0Athree%0D%0Afour%0D%0A%0D%0Ahttps" in share("email").href(values)
    assert share("telegram").href({**values, "text": "one\ntwo"}).endswith("&text=one%0Atwo")


def test_a_mail_can_not_be_given_another_header_by_a_title():
    href = share("email").href({"url": "https://a.example", "title": "T\r\nBcc: b@evil.example", "text": "T"})
    assert "subject=T%20Bcc%3A%20b%40evil.example&body=" in href


def test_a_template_may_cut_a_field():
    link = ShareLink("https://a.example/", {"t": "{title:.3}", "n": "{nothing:html}"})
    assert link.href({"title": "abcdef"}) == "https://a.example/?t=abc"
    assert link.fields == {"title", "nothing"}


def test_parameters_are_added_to_an_address_that_has_some():
    assert ShareLink("https://a.example/?mini=1", {"u": "{url}"}).href({"url": "b"}) == "https://a.example/?mini=1&u=b"
    assert ShareLink("https://a.example/?mini=1", {"u": "{url}"}).href({}) == "https://a.example/?mini=1"


class TestNetworkThatMoved:
    def test_a_share_starts_at_its_new_host(self):
        assert share("vk").href({"url": "https://a.example"}, host="vk.ru") == (
            "https://vk.ru/share.php?url=https%3A%2F%2Fa.example"
        )

    def test_what_an_application_opens_has_no_host_to_move(self):
        assert share("messenger").href({"url": "b"}, host="meta.com") == "fb-messenger://share/?link=b"
        assert share("sms").href({"url": "b"}, host="meta.com") == "sms:?body=b"


class TestServerOfTheReader:
    def test_only_mastodon_asks_for_it(self):
        assert [one.id for one in networks_that_can("share") if one.share and one.share.needs_instance] == ["mastodon"]

    @pytest.mark.parametrize(
        ("typed", "host"),
        [
            ("mastodon.social", "mastodon.social"),
            ("  Mastodon.Social ", "mastodon.social"),
            ("https://fosstodon.org/", "fosstodon.org"),
            ("https://mas.to/@me/123?a=b#c", "mas.to"),
            ("@me@mas.to", "mas.to"),
            ("me@social.coop", "social.coop"),
            ("пример.рф", "xn--e1afmkfd.xn--p1ai"),
            ("a.xn--p1ai", "a.xn--p1ai"),
        ],
    )
    def test_it_may_be_typed_in_many_ways(self, typed, host):
        assert host_name(typed) == host
        assert share("mastodon").href({"url": "b"}, instance=typed) == f"https://{host}/share?text=b"

    @pytest.mark.parametrize(
        "typed",
        [
            *("", " ", "me", "localhost", "localhost:3000", "127.0.0.1", "[::1]", "0x7f.1", "2130706433", "mas.to:80"),
            *("mas..to", ".mas.to", "-mas.to", "mas to.org", "mas\nto.org", "<mas.to>", "a" * 64 + ".org"),
            *("javascript:alert(1)", "//evil.example", "mas.to%2f.evil.example", "\ud83d.org", "{url}.org"),
        ],
        ids=ascii,
    )
    def test_what_is_no_public_host_is_refused(self, typed):
        with pytest.raises(ValueError):  # noqa: PT011  # from idna or with what was typed
            share("mastodon").href({"url": "b"}, instance=typed)
