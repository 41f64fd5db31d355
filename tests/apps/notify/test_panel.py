"""What a member's own page shows of notifications."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command

from smo_kit.comments.discussions import discussion_of
from smo_kit.core import members
from smo_kit.notify.models import Subscriber
from smo_kit.notify.panels import SHOWN, panel_html
from smo_kit.notify.services import follow, mute
from smo_kit.notify.subscribers import subscriber_of
from tests.blog.models import Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def panel(rf, ada):
    def panel() -> BeautifulSoup:
        request = rf.get("/account/")
        request.user = ada
        return BeautifulSoup(panel_html(request), "html.parser")

    return panel


def test_it_is_a_panel():
    assert "notify" in [one.id for one in members.panels()]


def test_who_follows_nothing_has_the_way_to_his_notifications_and_no_row(panel):
    assert "You follow no discussion." in panel().text
    assert panel().find("a", string="Your notifications")["href"] == "/smo/notify/mine/"
    assert not Subscriber.objects.exists()


def test_what_he_follows_leads_to_its_page(panel, ada, bob, discussion):
    follow(subscriber_of(ada), discussion)
    follow(subscriber_of(bob), discussion_of(Post.objects.create(slug="else", title="Else", lead="", body="")))
    (one,) = panel().select("li")
    assert (one.a.text, one.a["href"]) == ("Bridges of stone", "/posts/bridges/#comments")


def test_what_he_has_muted_says_so_and_a_hidden_page_has_no_title(panel, ada, discussion, article):
    mute(subscriber_of(ada), discussion)
    assert "muted" in panel().li.text
    article.is_public = False
    article.save()
    assert "A page that is not there any more" in panel().li.text
    assert "Bridges" not in panel().text


def test_of_many_it_shows_the_last_in_few_queries(panel, ada, django_assert_max_num_queries):
    for n in range(SHOWN + 1):
        post = Post.objects.create(slug=f"p{n}", title=f"Number {n}", lead="", body="")
        follow(subscriber_of(ada), discussion_of(post))
    call_command("smo_sync", verbosity=0)
    panel()
    with django_assert_max_num_queries(4):
        page = panel()
    assert len(page.select("li")) == SHOWN
    assert "And more." in page.text
