"""What a member's own page shows of sharing."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from smo_kit.core import members
from smo_kit.core.models import CardRow
from smo_kit.share.panels import SHOWN, panel_html
from tests.apps.share.shared import article, link_to, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return member()


@pytest.fixture
def panel(rf, ada):
    def panel() -> BeautifulSoup:
        request = rf.get("/account/")
        request.user = ada
        return BeautifulSoup(panel_html(request), "html.parser")

    return panel


def test_it_is_a_panel():
    assert "share" in [one.id for one in members.panels()]


def test_who_has_shared_nothing_sees_nothing(panel, ada):
    link_to(article(), guest=1)
    link_to(article(), user=ada, opened=None)
    assert str(panel()) == ""


def test_page_network_and_how_many_came(panel, ada):
    page = article("Tea & rum")
    link_to(page, user=ada, visits=2)
    link_to(page, user=ada, language="ru", visits=1)
    (one,) = panel().select("li")
    assert one.a["href"] == page.get_absolute_url()
    assert one.get_text(" ", strip=True) == "Tea & rum · Telegram · 3 visitors came by it"


def test_nobody_yet(panel, ada):
    link_to(article(), user=ada)
    assert "nobody has come by it yet" in panel().text


def test_a_page_that_is_gone_is_told_without_a_title(panel, ada):
    link_to(article("Tea"), user=ada)
    CardRow.objects.all().delete()
    assert "A page that is not there any more" in panel().text


def test_the_last_go_first_and_there_is_an_end(panel, ada, django_assert_num_queries):
    for number in range(SHOWN + 1):
        link_to(article(f"Page {number}"), user=ada, days=number)
    with django_assert_num_queries(2):
        found = panel()
    assert found.li.a.text == "Page 0"
    assert len(found.select("li")) == SHOWN
    assert "And more." in found.text
