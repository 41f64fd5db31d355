"""``{% smo_follow %}`` and the head: where the site is elsewhere."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.template import Context, Template
from django.utils.translation import override

from smo_kit.core.cards import Card
from smo_kit.core.head import additions
from smo_kit.core.models import Settings
from smo_kit.follow.models import Account
from smo_kit.follow.services import official_accounts

pytestmark = pytest.mark.django_db
CARD = Card(url="/", title="Home")


def render(options=""):
    return BeautifulSoup(Template(f"{{% load smo %}}{{% smo_follow {options} %}}").render(Context({})), "html.parser")


def hrefs():
    return [link["href"] for link in render().select("a")]


def head():
    meta, links, organization = {}, [], {}
    for one in additions(CARD, None):
        meta |= one.meta
        links += one.links
        organization |= one.organization
    return meta, [link["href"] for link in links if link.get("rel") == "me"], organization.get("sameAs", [])


class TestButtons:
    def test_lead_to_the_accounts_in_the_order_of_the_admin(self, account):
        account("vk", "teahouse", position=2)
        account("x", "teahouse", position=1)
        assert hrefs() == ["https://x.com/teahouse", "https://vk.com/teahouse"]

    def test_say_that_it_is_us(self, account):
        account("vk", "teahouse")
        assert render().a["rel"] == ["me", "noopener"]

    def test_a_feed_of_our_own_is_no_page_about_us(self, account):
        account("rss", "/feed/")
        assert render().a["href"] == "/feed/"
        assert render().a["rel"] == ["noopener"]

    def test_a_feed_may_have_an_address_in_each_language(self, account):
        account("rss", "/{language}/atom.xml")
        assert hrefs() == ["/en/atom.xml"]
        with override("ru"):
            assert hrefs() == ["/ru/atom.xml"]

    def test_a_title_tells_two_accounts_in_one_network_apart(self, account):
        account("telegram", "teahouse")
        account("telegram", "teatalk", title="Tea talk")
        assert [link["aria-label"] for link in render().select("a")] == ["Telegram", "Telegram: Tea talk"]
        assert [link.text for link in render().select(".smo-name")] == ["Telegram", "Tea talk"]

    def test_a_title_is_only_text(self, account):
        account("vk", "teahouse", title='"><script>alert(1)</script>')
        assert not render().script
        assert render().select_one(".smo-name").text == '"><script>alert(1)</script>'

    def test_hidden_foreign_and_dead_ones_are_left_out(self, account):
        account("vk", "hidden", is_shown=False)
        account("vk", "of_another_site", site_id=2)
        account("googleplus", "teahouse")
        account("copy", "teahouse")
        assert render().text == ""

    def test_an_impossible_handle_is_left_out_and_logged(self, account, caplog):
        account("vk", "javascript:alert(1)")
        account("x", "teahouse")
        assert hrefs() == ["https://x.com/teahouse"]
        assert "Correct it in the admin" in caplog.text

    def test_looks_come_from_settings_and_tag(self, account, settings):
        account("vk", "teahouse")
        settings.SMO_KIT = {"FOLLOW": {"look": "both", "size": "s"}}
        assert {"smo-both", "smo-size-s"} <= set(render().div["class"])
        assert {"smo-both", "smo-size-l"} <= set(render('size="l"').div["class"])

    def test_a_wrong_option_is_logged_with_the_cure(self, account, caplog):
        account("vk", "teahouse")
        assert str(render('colr="mono"')) == str(render())
        assert "Did you mean 'colour'?" in caplog.text

    def test_bring_their_own_style(self, account):
        account("vk", "teahouse")
        assert render().link["href"] == "/static/smo_kit/core/buttons.css"

    def test_a_network_that_moved_is_followed_there(self, account, settings):
        account("vk", "teahouse")
        settings.SMO_KIT = {"NETWORKS": {"hosts": {"vk": "vk.ru"}}}
        assert hrefs() == ["https://vk.ru/teahouse"]


class TestFreshness:
    def test_a_warm_part_asks_no_query(self, account, django_assert_num_queries):
        account("vk", "teahouse")
        render()
        head()
        with django_assert_num_queries(0):
            render()
            head()

    def test_a_site_without_accounts_asks_no_query_either(self, django_assert_num_queries):
        render()
        with django_assert_num_queries(0):
            render()

    def test_what_is_saved_or_deleted_is_seen_at_once(self, account, django_capture_on_commit_callbacks):
        account("vk", "teahouse")
        assert hrefs() == ["https://vk.com/teahouse"]
        account("x", "teahouse")
        assert len(hrefs()) == 2
        with django_capture_on_commit_callbacks(execute=True):
            Account.objects.get(network="vk").delete()
        assert hrefs() == ["https://x.com/teahouse"]

    def test_another_process_believes_its_own_cache_for_seconds_only(self, account, monkeypatch):
        account("vk", "teahouse")
        kept = {}
        monkeypatch.setattr(cache, "set", lambda key, value, seconds: kept.update({key: seconds}))
        official_accounts()
        assert list(kept.values()) == [5]

    def test_saved_looks_hold_at_once(self, account):
        account("vk", "teahouse")
        render()
        Settings.objects.create(app="FOLLOW", data={"look": "names"})
        assert "smo-names" in render().div["class"]


class TestHead:
    def test_tells_who_we_are_elsewhere(self, account):
        account("vk", "teahouse")
        account("github", "teahouse", position=1)
        account("rss", "/feed/", position=2)
        _, me, same_as = head()
        assert me == same_as == ["https://vk.com/teahouse", "https://github.com/teahouse"]

    def test_names_the_account_where_a_network_has_a_tag_for_it(self, account):
        account("x", "teahouse")
        account("x", "teatalk", position=1)
        account("mastodon", "teahouse@mas.to", position=2)
        meta, _, _ = head()
        assert meta["twitter:site"] == "@teahouse"
        assert meta["fediverse:creator"] == "@teahouse@mas.to"

    def test_says_nothing_without_accounts(self):
        assert head() == ({}, [], [])
