"""Blocks: tags that an editor places by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import RequestFactory

from smo_kit.core.blocks import all_blocks, render_block
from smo_kit.core.checks import settings_are_right

BLOCKS = sorted(all_blocks())


def _context():
    return {"request": RequestFactory().get("/about/")}


@pytest.mark.parametrize("name", BLOCKS)
def test_every_option_is_one_that_an_editor_may_set(name):
    block = all_blocks()[name]
    assert (block.name, list(block.options)) == (name, list(block.names))


@pytest.mark.django_db
def test_a_block_shows_what_its_tag_shows():
    html = render_block(all_blocks()["share"], {"networks": ["vk", "telegram"], "look": "both", "size": ""}, _context())
    assert "vk.com" in html
    assert "smo-both" in html


@pytest.mark.django_db
@pytest.mark.parametrize("options", [{"networks": ["gone"]}, {"unknown": 1}, {"limit": "many"}])
def test_old_options_of_a_kept_block_do_not_break_the_page(options):
    assert "smo-" in render_block(all_blocks()["share"], options, _context())


@pytest.mark.django_db
def test_a_block_that_fails_is_left_out(caplog):
    broken = replace(all_blocks()["share"], tag="smo_that_nobody_has_written")
    assert render_block(broken, {}, _context()) == ""
    assert "left out" in caplog.text


def test_blocks_of_an_app_that_is_not_installed_show_nothing_and_add_no_settings(settings):
    settings.INSTALLED_APPS = ["django.contrib.contenttypes", "smo_kit.core", "smo_kit.networks"]
    settings.SMO_KIT = {"SHARE": {}}
    assert render_block(all_blocks()["share"], {}, _context()) == ""
    assert [one.id for one in settings_are_right(None)] == ["smo_kit.E001"]
