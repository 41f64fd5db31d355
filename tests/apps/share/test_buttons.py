"""Which buttons there are, in which order, and where they lead."""

from __future__ import annotations

import pytest
from django.urls import NoReverseMatch
from django.utils.translation import override

from smo_kit.core import own_urls
from smo_kit.core.cards import Card
from smo_kit.core.models import Settings
from smo_kit.networks.popular import POPULAR, popular
from smo_kit.networks.registry import network
from smo_kit.share import services
from smo_kit.share.conf import share_settings, shareable
from smo_kit.share.services import buttons_for, split

pytestmark = pytest.mark.django_db
PAGE = "https%3A%2F%2Fexample.com%2Fposts%2Ftea%2F"


def ids(buttons):
    return [one.network for one in buttons]


def only(card, network_id, **settings):
    (button,) = buttons_for(card, share_settings.conf(networks=(network_id,), **settings))
    return button


class TestOrder:
    def test_it_is_that_of_settings_py(self, card, share):
        share(networks=["x", "vk", "copy"])
        assert ids(buttons_for(card)) == ["x", "vk", "copy"]

    def test_the_admin_s_order_wins(self, card, share):
        share(networks=["x", "vk"])
        Settings.objects.create(app="SHARE", data={"networks": ["telegram", "x"]})
        assert ids(buttons_for(card)) == ["telegram", "x"]

    def test_the_tag_wins_over_both(self, post, render, share):
        share(networks=["x", "vk"])
        soup = render('networks="reddit, vk" save=False', object=post)
        assert [one["data-smo-n"] for one in soup.select("[data-smo-n]")] == ["reddit", "vk"]

    @pytest.mark.parametrize("language", ["en", "ru"])
    def test_nothing_chosen_means_what_readers_of_the_language_use(self, card, language):
        with override(language):
            assert ids(buttons_for(card)) == list(POPULAR[language])

    def test_a_language_without_a_list_gets_the_english_one(self):
        assert popular("fi") == popular("en-gb") == POPULAR["en"]

    @pytest.mark.parametrize("language", POPULAR)
    def test_every_popular_network_can_be_shared_to(self, language):
        assert set(POPULAR[language]) <= {id_ for id_, _ in shareable()}

    def test_a_network_named_twice_has_one_button(self, card, share):
        share(networks=["x", "vk", "x"])
        assert ids(buttons_for(card)) == ["x", "vk"]


class TestAbsentNetworks:
    @pytest.mark.parametrize(
        ("id_", "sentence"),
        [("telegrom", "Did you mean 'telegram'?"), ("skype", "Skype has ended"), ("github", "no network “github”")],
    )
    def test_is_skipped_and_logged_with_the_cure(self, card, share, caplog, id_, sentence):
        share(networks=["vk", id_, "x"])
        assert ids(buttons_for(card)) == ["vk", "x"]
        assert sentence in caplog.text

    def test_is_an_error_while_developing(self, card, share, settings):
        settings.DEBUG = True
        share(networks=["telegrom"])
        with pytest.raises(LookupError, match="telegram"):
            buttons_for(card)


class TestAddresses:
    def test_a_network_gets_address_and_title(self, card):
        assert only(card, "telegram").href == f"https://t.me/share/url?url={PAGE}&text=Tea"

    def test_copy_leads_to_the_canonical_address_even_with_utm(self, card):
        assert only(card, "copy", utm=True).href == "https://example.com/posts/tea/"

    def test_what_only_a_script_can_do_has_none(self, card):
        assert only(card, "print").waits
        assert only(card, "device").waits

    def test_a_reader_s_own_server_is_asked_on_a_page_of_ours(self, card):
        button = only(card, "mastodon")
        assert button.href.startswith("/smo/ask/?p=")
        assert button.direct == f"https://instance.invalid/share?text=Tea%20{PAGE}"

    def test_the_request_s_host_is_the_page_s(self, card, rf):
        (button,) = buttons_for(
            card, share_settings.conf(networks=("copy",)), request=rf.get("/", headers={"host": "a.example"})
        )
        assert button.href == "http://a.example/posts/tea/"

    def test_a_card_without_a_right_address_is_shared_as_the_page_it_stands_on(self, rf):
        card = Card(url="javascript:alert(1)", title="Tea")
        (button,) = buttons_for(card, share_settings.conf(networks=("copy",)), request=rf.get("/here/"))
        assert button.href == "http://testserver/here/"
        assert only(card, "copy").href == "https://example.com/"

    def test_only_pages_open_beside_this_one(self, card):
        buttons = buttons_for(card, share_settings.conf(networks=("vk", "email", "sms", "viber", "copy", "qr")))
        assert [one.network for one in buttons if one.leaves] == ["vk", "qr"]

    def test_phone_networks_are_marked(self, card):
        assert only(card, "viber").phone_only
        assert not only(card, "vk").phone_only

    def test_without_our_urls_the_buttons_that_need_them_are_left_out(self, card, share, monkeypatch, caplog):
        def no_urls(name, args=()):
            raise NoReverseMatch(name)

        monkeypatch.setattr(own_urls, "reverse", no_urls)
        share(networks=["vk", "qr", "mastodon", "copy"])
        assert ids(buttons_for(card)) == ["vk", "copy"]
        assert 'include("smo_kit.urls")' in caplog.text


class TestUTM:
    def test_each_network_is_its_own_source(self, card):
        href = only(card, "vk", utm=True).href
        assert "%3Futm_source%3Dvk%26utm_medium%3Dsocial%26utm_campaign%3Dshare" in href

    def test_what_is_empty_is_left_out(self, card):
        assert "%3Futm_source%3Dvk&" in only(card, "vk", utm=True, utm_medium="", utm_campaign="").href

    def test_a_query_and_a_fragment_stay(self):
        url = services.tracked(
            "https://a.example/?p=1#top", "x", share_settings.conf(utm=True, utm_campaign="spring 1")
        )
        assert url == "https://a.example/?p=1&utm_source=x&utm_medium=social&utm_campaign=spring+1#top"

    def test_off_changes_nothing(self):
        assert services.tracked("https://a.example/?p=1", "x", share_settings.conf()) == "https://a.example/?p=1"


class TestNames:
    def test_a_screen_reader_hears_what_happens(self, card):
        assert only(card, "vk").label == "Share via VK"
        assert only(card, "copy").label == "Copy link"

    def test_mark_and_colour_are_the_network_s(self, card):
        button = only(card, "vk")
        assert button.colour == network("vk").colour
        assert "currentColor" in button.shapes


class TestPanel:
    def test_it_takes_what_is_over_the_limit(self, card):
        buttons = buttons_for(card, share_settings.conf(networks=("vk", "x", "ok", "max", "reddit")))
        shown, more = split(buttons, 2)
        assert (ids(shown), ids(more)) == (["vk", "x"], ["ok", "max", "reddit"])

    def test_one_more_is_no_reason_for_a_panel(self, card):
        buttons = buttons_for(card, share_settings.conf(networks=("vk", "x", "ok")))
        assert split(buttons, 2) == (buttons, [])

    def test_no_limit_means_no_panel(self, card):
        buttons = buttons_for(card, share_settings.conf(networks=("vk", "x", "ok", "max")))
        assert split(buttons, 0) == (buttons, [])

    def test_what_some_readers_do_not_see_does_not_count(self, card):
        buttons = buttons_for(card, share_settings.conf(networks=("device", "vk", "viber", "x", "ok", "max", "sms")))
        shown, more = split(buttons, 2)
        assert (ids(shown), ids(more)) == (["device", "vk", "viber", "x"], ["ok", "max", "sms"])
