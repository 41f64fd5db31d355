"""What goes over the wire: little, and nothing of who reads."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from smo_kit.core.blocks import all_blocks, render_block
from smo_kit.ratings.services import rate
from tests.apps.ratings.conftest import SCRIPT, address_of, guest


def test_script_and_style_are_within_their_budget():
    files = ("smo_kit/ratings/ratings.css", "smo_kit/ratings/ratings.js")
    assert sum(len(gzip.compress(Path(finders.find(name)).read_bytes(), 9, mtime=0)) for name in files) <= 520


@pytest.mark.django_db
def test_the_block_is_the_same_for_who_has_rated(page):
    client = Client()
    client.post(address_of(page), {"rate": "5"}, headers=SCRIPT)
    request = client.get("/about/").wsgi_request
    strangers = Client().get("/about/").wsgi_request
    block = all_blocks()["rating"]
    shown = [render_block(block, {"kind": "stars"}, {"request": one, "object": page}) for one in (request, strangers)]
    assert shown[0] == shown[1] != ""
    assert "aria-pressed" not in shown[0]


@pytest.mark.django_db
def test_a_block_may_ask_for_another_kind(page):
    rate(page, "like", guest(1), kind="like")
    assert "I like it" in render_block(all_blocks()["rating"], {"kind": "like"}, {"object": page})
