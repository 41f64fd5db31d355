"""The record of each network's link preview: dated, whole, readable, and not ten skins over one rule."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from smo_kit.networks.previews import Colours, PreviewRules
from smo_kit.networks.registry import networks_that_can, preview_network

NETWORKS = networks_that_can("preview")
TEN = {"bluesky", "discord", "facebook", "linkedin", "mastodon", "ok", "telegram", "vk", "whatsapp", "x"}
each = pytest.mark.parametrize("network", NETWORKS, ids=lambda one: one.id)


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_ten_networks_have_one():
    assert {one.id for one in NETWORKS} == TEN


@each
def test_it_is_dated_and_names_its_source(network):
    assert dt.date(2026, 1, 1) <= network.preview.as_of
    assert len(network.preview.source) > 20


@each
def test_its_agent_is_its_crawlers(network):
    assert preview_network(network.preview.agent) is network


@each
def test_its_figures_can_be(network):
    rules = network.preview
    assert 100_000 <= rules.reads <= 10_000_000
    assert 300_000 <= rules.pictures.weight <= 10_000_000
    assert rules.pictures.smallest <= rules.pictures.large
    assert rules.title_cut.lines == 0 or rules.title_cut.columns
    assert {"JPEG", "PNG"} <= set(rules.pictures.formats)


@each
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_its_words_can_be_read(network, scheme):
    colours: Colours = getattr(network.preview, scheme)
    assert all(re.fullmatch("#[0-9a-f]{6}", getattr(colours, name)) for name in Colours.__slots__)
    for ground in (colours.card, colours.inner):
        assert contrast(colours.text, ground) >= 7
        assert contrast(colours.quiet, ground) >= 3.9
        assert contrast(colours.accent, ground) >= 3.9


def test_dark_is_darker_than_light():
    for one in NETWORKS:
        assert luminance(one.preview.dark.card) < 0.1 < luminance(one.preview.light.card)


def test_no_two_are_the_same_rule():
    def rule(rules: PreviewRules) -> tuple[object, ...]:
        fields = (rules.title, rules.description, rules.picture, rules.site, rules.needs)
        return (*fields, rules.title_cut, rules.description_cut, rules.pictures)

    assert len({rule(one.preview) for one in NETWORKS}) == len(NETWORKS)
    assert len({one.preview.layout for one in NETWORKS}) == len(NETWORKS)
    assert len({(one.preview.title_cut, one.preview.description_cut) for one in NETWORKS}) == len(NETWORKS)
