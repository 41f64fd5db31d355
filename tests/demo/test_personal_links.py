"""Personal links in the magazine: its side buttons lead out, and the link leads back in the page's language."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from tests.apps.share.going import PRESSED, TOKEN

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(make_article) -> str:
    return make_article("one", "en", "ru").addresses["ru"]


def button(page: str, place: str) -> str:
    soup = BeautifulSoup(Client().get(page).content, "html.parser")
    return soup.select_one(f".smo-{place} [data-smo-n=vk]")["href"]


@pytest.mark.usefixtures("pages")
def test_buttons_amid_the_text_are_plain_those_at_the_side_give_personal_links(page):
    assert button(page, "inline").startswith("https://vk.com/")
    assert button(page, "rail") == button(page, "bar")
    assert button(page, "rail").startswith("/smo/out/vk/?o=")


@pytest.mark.usefixtures("pages")
def test_a_friend_comes_to_the_page_in_its_language(client, page):
    shared = unquote(client.get(button(page, "rail"), headers=PRESSED).headers["Location"])
    answer = Client().get(re.search(TOKEN, shared)[0], headers={"accept-language": "en"})
    assert answer.headers["Location"] == f"http://testserver{page}"
    assert not answer.cookies
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["X-Robots-Tag"] == "noindex"


def test_robots_are_kept_from_the_way_out_and_from_nothing_else(client):
    lines = client.get("/robots.txt").text.splitlines()
    assert [line for line in lines if line.startswith("Disallow:")] == ["Disallow: /smo/out/"]
