"""``{% smo_subscribe %}``: a link in the cached page, and little over the wire."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.contrib.staticfiles import finders
from django.template import Context, Template
from django.test import RequestFactory

from smo_kit.core.blocks import all_blocks, render_block
from smo_kit.notify.models import Subscriber

pytestmark = pytest.mark.django_db


def rendered(article, options: str = "", **extra) -> BeautifulSoup:
    template = Template(f"{{% load smo %}}{{% smo_subscribe {options} %}}")
    request = RequestFactory().get("/posts/bridges/")
    return BeautifulSoup(template.render(Context({"request": request, "object": article, **extra})), "html.parser")


def test_it_is_a_link_to_an_uncached_form(client, article):
    link = rendered(article).select_one(".smo-told a")
    assert link.text == "Get new comments by mail"
    answer = client.get(link["href"])
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex"
    assert "Bridges of stone" in answer.content.decode()


def test_its_options_are_a_heading_and_the_text_of_the_link(article):
    page = rendered(article, 'title="Stay here" label="By mail, please"')
    assert page.h2.text == "Stay here"
    assert page.select_one(".smo-told a").text == "By mail, please"


def test_it_speaks_of_the_argument(article):
    assert rendered(article, "one", one=article) == rendered(article)


def test_a_wrong_option_is_left_out(article, settings):
    settings.DEBUG = False
    assert rendered(article, 'colour="red"').select_one(".smo-told a")


def test_it_is_the_same_for_every_reader_and_makes_no_row(article, ada):
    assert str(rendered(article)) == str(rendered(article, user=ada))
    assert not Subscriber.objects.exists()


def test_a_hidden_page_has_none(article):
    article.is_public = False
    article.save()
    assert not rendered(article).select_one(".smo-told")


def test_it_is_a_block_of_a_cms(article):
    block = all_blocks()["subscribe"]
    context = {"request": RequestFactory().get("/posts/bridges/"), "object": article}
    assert "By mail" in render_block(block, {"label": "By mail"}, context)


def test_its_files_are_small():
    """The bell and the link have 0.7 kB of the wire together; one's own page is loaded by its owner alone."""
    assert weight("bell.js", "bell.css", "subscribe.css") <= 700
    assert weight("manage.css") <= 1000


def weight(*names):
    files = [Path(finders.find(f"smo_kit/notify/{name}")) for name in names]
    return sum(len(gzip.compress(file.read_bytes(), 9, mtime=0)) for file in files)
