"""Blocks of the suite as plugins of the CMS."""

from __future__ import annotations

import logging

import pytest
from bs4 import BeautifulSoup
from cms.api import add_plugin
from cms.models import CMSPlugin, Placeholder
from cms.plugin_pool import plugin_pool
from cms.utils.plugins import copy_plugins_to_placeholder
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone

from smo_kit.contrib.cms.cms_plugins import SmoPlugin, plugin_for, plugin_name
from smo_kit.contrib.cms.forms import form_for
from smo_kit.contrib.cms.models import BlockPlugin
from smo_kit.core.blocks import Block, all_blocks
from smo_kit.core.models import CardRow
from smo_kit.follow.models import Account
from tests.apps.cms.site import all_contents, new_draft

BLOCKS = list(all_blocks().values())
pytestmark = pytest.mark.django_db


def names(response) -> list[str]:
    assert response.status_code == 200
    return [one.text for one in BeautifulSoup(response.content, "html.parser").select(".smo-pass .smo-name")]


@pytest.mark.parametrize("block", BLOCKS, ids=lambda one: one.name)
def test_each_block_is_a_plugin(block):
    plugin = plugin_pool.get_plugin(plugin_name(block))
    assert issubclass(plugin, SmoPlugin)
    assert plugin.block == block


def test_a_block_shows_what_its_tag_shows(client, make_page, rf):
    make_page("News", share={"networks": ["telegram", "vk"], "limit": 0, "look": "both"})
    shown = client.get("/en/news/")
    tag = Template('{% load smo %}{% smo_share networks="telegram,vk" limit=0 look="both" %}')
    page = shown.context["current_pagecontent"]
    again = tag.render(Context({"request": RequestFactory().get("/en/news/"), "object": page}))
    assert again.strip() in shown.content.decode()
    assert names(shown)[:2] == ["Telegram", "VK"]


def test_what_is_left_empty_is_as_the_site_has_it(client, make_page, settings):
    settings.SMO_KIT = {**settings.SMO_KIT, "SHARE": {"networks": ["vk"]}}
    make_page("News", share={})
    assert names(client.get("/en/news/"))[0] == "VK"


def test_two_plugins_of_other_blocks_stand_on_one_page(client, make_page):
    Account.objects.create(network="telegram", handle="magazine")
    make_page("News", share={}, follow={"look": "names"})
    assert b"t.me/magazine" in client.get("/en/news/").content


def filled_in(**options: str) -> dict[str, str]:
    return {f"smo_{name}": value for name, value in options.items()}


def form(name: str, data: dict[str, str]):
    return form_for(all_blocks()[name])(data)


def test_the_form_keeps_only_what_was_chosen():
    filled = form(
        "share", filled_in(**{"networks-vk": "2", "networks-telegram": "1", "limit": "0", "look": "both", "size": ""})
    )
    assert filled.is_valid(), filled.errors
    assert filled.save(commit=False).options == {"networks": ("telegram", "vk"), "limit": 0, "look": "both"}


def test_the_form_shows_again_what_was_chosen():
    plugin = BlockPlugin(options={"networks": ["vk"], "limit": 2})
    shown = BeautifulSoup(form_for(all_blocks()["share"])(instance=plugin).as_p(), "html.parser")
    assert shown.find("input", attrs={"name": "smo_networks-vk"})["value"] == "1"
    assert shown.find("input", attrs={"name": "smo_limit"})["value"] == "2"


def test_the_form_says_what_empty_stands_for(settings):
    settings.SMO_KIT = {**settings.SMO_KIT, "SHARE": {"look": "names"}}
    field = form_for(all_blocks()["share"])().fields["smo_look"]
    label = dict(field.choices)["names"]
    assert str(dict(field.choices)[""]) == f"as the site has it: {label}"


def test_the_form_refuses_what_the_app_refuses():
    assert "smo_limit" in form("share", filled_in(limit="-1")).errors
    assert "smo_look" in form("share", filled_in(look="nonsense")).errors


def test_the_board_says_what_was_chosen(make_page):
    make_page("News", share={"networks": ["vk", "telegram"]})
    assert str(BlockPlugin.objects.first()) == "VK, Telegram"


def test_options_go_along_with_a_new_draft_and_with_a_copy(make_page, boss):
    page = make_page("News", share={"networks": ["vk"]})
    (content,) = all_contents(page)
    draft = new_draft(content, boss)
    slot = draft.get_placeholders().get(slot="content")
    assert [one.options for one in BlockPlugin.objects.filter(placeholder=slot)] == [{"networks": ["vk"]}]
    copy_plugins_to_placeholder(slot.get_plugins("en"), slot, language="ru")
    assert BlockPlugin.objects.get(placeholder=slot, language="ru").options == {"networks": ["vk"]}


def missing_block() -> Block:
    return Block(name="gone-away", label="Gone", help="", app="nobody.knows", tag="smo_gone")


def test_a_block_of_a_missing_app_is_not_offered_and_shows_nothing():
    plugin = plugin_for(missing_block())
    assert plugin.__name__ == "SmoGoneAwayPlugin"
    assert plugin.allowed_slots == []


def test_a_page_with_a_block_of_a_missing_app_stays_whole(client, make_page, boss):
    plugin_pool.register_plugin(plugin_for(missing_block()))
    try:
        page = make_page("News", text="<p>Words</p>", draft=True)
        (content,) = all_contents(page)
        slot = content.get_placeholders().get(slot="content")
        add_plugin(slot, "SmoGoneAwayPlugin", "en", options={})
        content.versions.first().publish(boss)
        assert b"Words" in client.get("/en/news/").content
        assert CMSPlugin.objects.filter(placeholder__in=new_draft(content, boss).get_placeholders()).count() == 2
    finally:
        plugin_pool.unregister_plugin(plugin_pool.get_plugin("SmoGoneAwayPlugin"))


def test_a_block_that_fails_takes_nothing_else_along(client, make_page, caplog):
    make_page("News", text="<p>Words</p>", share={"look": "of another version"})
    with caplog.at_level(logging.CRITICAL):
        page = client.get("/en/news/")
    assert b"Words" in page.content


def test_a_kept_page_says_the_host_that_was_asked(client, make_page):
    make_page("News", share={"networks": ["vk"]})
    for host in ("one.example", "two.example"):
        page = BeautifulSoup(client.get("/en/news/", headers={"host": host}).content, "html.parser")
        assert page.select_one(".smo-pass")["data-smo-url"].startswith(f"http://{host}/")


def test_the_page_says_the_same_to_everybody_and_sets_no_cookie(client, make_page):
    make_page("News", share={}, follow={})
    answers = [client.get("/en/news/", headers={"user-agent": agent}) for agent in ("one", "two")]
    assert len({one.content for one in answers}) == 1
    assert not any(one.cookies for one in answers)


@pytest.mark.parametrize("block", BLOCKS, ids=lambda one: one.name)
def test_each_form_has_the_options_of_its_block_and_no_other(block):
    shown = form_for(block)()
    assert set(shown.fields) == {f"smo_{name}" for name in (*block.names, block.body) if name}
    assert shown.as_p()


def test_a_placeholder_that_many_pages_share_keeps_no_block(make_page, rf):
    (content,) = all_contents(make_page("News", share={}))
    plugin = plugin_pool.get_plugin("SmoSharePlugin")()
    own = content.get_placeholders().get(slot="content")
    assert plugin.get_cache_expiration(rf.get("/"), None, own) is None
    assert plugin.get_cache_expiration(rf.get("/"), None, Placeholder(slot="alias")) == 0


def test_where_the_address_of_the_site_is_fixed_one_copy_is_enough(settings, rf):
    plugin = plugin_pool.get_plugin("SmoSharePlugin")()
    assert plugin.get_vary_cache_on(rf.get("/"), None, None) == ["Host"]
    settings.SMO_KIT = {"CORE": {"base_url": "https://magazine.example"}}
    assert plugin.get_vary_cache_on(rf.get("/"), None, None) == []


def test_blocks_of_a_placeholder_offer_each_page_once(client, make_page, settings):
    settings.SMO_KIT = {**settings.SMO_KIT, "BEST": {"leave_out": []}}
    for title in ("One", "Two", "Three"):
        make_page(title)
    CardRow.objects.update(published=timezone.now())
    make_page("News", best={"period": "new", "limit": 2}, announcements={"limit": 2})
    pages = [client.get("/en/news/").content for _ in range(2)]
    assert pages[0] == pages[1]
    first, second = BeautifulSoup(pages[0], "html.parser").select(".smo-best")
    offered = [[one["href"] for one in block.select("li a")] for block in (first, second)]
    assert [len(one) for one in offered] == [2, 1]
    assert not {*offered[0]} & {*offered[1]}
