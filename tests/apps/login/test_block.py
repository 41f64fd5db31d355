"""What an editor places of sign-in."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.test import RequestFactory

from smo_kit.core.blocks import all_blocks, render_block
from tests.apps.login.networks import THREE

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def three_ways(settings):
    settings.SOCIALACCOUNT_PROVIDERS = THREE


def shown(name: str, **options) -> BeautifulSoup:
    context = {"request": RequestFactory().get("/about/")}
    return BeautifulSoup(render_block(all_blocks()[name], options, context), "html.parser")


def test_buttons_with_a_heading():
    part = shown("login", title="Join <us>")
    assert part.h2.text == "Join <us>"
    assert len(part.select("button[name=with]")) == 3


def test_a_link_with_words():
    part = shown("account", label="Your <account>")
    assert part.select_one("a.smo-sign-in").text == "Your <account>"
    assert not part.select("button")


@pytest.mark.parametrize(("name", "look"), [("login", "link"), ("account", "buttons")])
def test_what_makes_the_block_is_nothing_that_can_be_chosen(name, look):
    assert str(shown(name, look=look)) == str(shown(name))
    assert "look" not in all_blocks()[name].options
