"""``{% smo_comments %}`` and its neighbours, as pages show them."""

from __future__ import annotations

import random
import re

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from smo_kit.comments.discussions import discussion_of
from smo_kit.comments.models import Discussion, Entry
from smo_kit.comments.moves import move
from smo_kit.comments.states import State
from smo_kit.comments.storage import XtdComment
from smo_kit.comments.votes import cast
from smo_kit.core.settings import forget_settings
from tests.apps.comments.forest import grow
from tests.blog.models import Post

PAGE = "/posts/bridges/"
EVIL = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "[x](javascript:alert(1))",
    '[x](https://a.example/ "onmouseover=alert(1)")',
    "</script><script>alert(1)//",
    "`<svg onload=alert(1)>`",
    "<!-- <script>",
    "{{ 7|add:7 }} {% now 'Y' %}",
    "\u202egnp.exe \u0000 Z\u0351\u0352\u0353\u0354\u0355\u0356algo",
]


def soup_of(client, path=PAGE) -> BeautifulSoup:
    response = client.get(path)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def ids(soup) -> list[int]:
    return [int(one["id"][1:]) for one in soup.select("article.smo-comment")]


def render(template: str, **context) -> str:
    return Template(f"{{% load smo %}}{template}").render(Context({"request": RequestFactory().get("/"), **context}))


def test_an_empty_discussion_invites(client, article):
    soup = soup_of(client)

    assert soup.select_one(".smo-write").text == "Write the first comment"
    assert not soup.select("article, .smo-sorts")


@pytest.mark.parametrize(
    ("name", "initial"), [("Z\u0338a\u0337l", "Z"), ("и\u0306од", "Й"), ("«эхо»", "Э"), ("क्षमा", "क"), ("☂", "·")]
)
def test_a_disc_shows_the_first_letter_whatever_it_wears(client, say, name, initial):
    say()
    XtdComment.norel_objects.update(user_name=name)
    assert soup_of(client).select_one(".smo-disc").text == initial


def test_threads_stand_under_what_they_answer(client, say):
    root = say()
    reply = say("A reply to it, with **weight**.", root)
    say("Another thread begins here.")

    soup = soup_of(client)

    assert soup.select_one("#smo-comments-title").text == "3 comments"
    assert ids(soup) == [root.pk, reply.pk, reply.pk + 1]
    assert soup.select_one(f"#c{reply.pk}.smo-depth-1 .smo-words strong").text == "weight"
    assert "In reply to Ada Byron" in soup.select_one(f"#c{reply.pk}").text


@pytest.mark.parametrize("options", ["", 'sort="newest"', 'sort="best"', 'view="flat"', 'view="flat" sort="best"'])
def test_following_next_shows_every_comment_once(article, options):
    grow(discussion_of(article), 130, random.Random(3))
    seen: list[int] = []
    path = PAGE
    while path:
        request = RequestFactory().get(path)
        html = Template(f"{{% load smo %}}{{% smo_comments post {options} %}}").render(
            Context({"request": request, "post": article})
        )
        soup = BeautifulSoup(html, "html.parser")
        seen += ids(soup)
        link = soup.select_one("a[rel=next]")
        path = link and link["href"]

    assert sorted(seen) == sorted(Entry.objects.values_list("pk", flat=True))


def test_a_reader_chooses_the_order_and_the_pages_keep_it(client, article):
    grow(discussion_of(article), 120, random.Random(3))

    link = soup_of(client).find("a", string="Newest")
    soup = soup_of(client, link["href"])

    assert ids(soup)[0] == max(Entry.objects.filter(parent=None).values_list("pk", flat=True))
    assert soup.select_one(".smo-sorts [aria-current]").text == "Newest"
    assert "comments-sort=newest" in soup.select_one("a[rel=next]")["href"]


@pytest.mark.parametrize("after", ["x", "-1", "0", "99999999", "٣", "9" * 400, "1%00"])
def test_an_odd_address_shows_the_first_page(client, say, after):
    root = say()
    assert ids(soup_of(client, f"{PAGE}?comments-after={after}&comments-sort={after}")) == [root.pk]


def test_the_same_bytes_for_everybody_and_no_cookie(client, say):
    say()
    bare = Client().get(PAGE)
    other = Client(headers={"user-agent": "x"})
    other.cookies["smo_visitor"] = "0" * 32
    assert other.get(PAGE).content == bare.content
    assert not bare.cookies
    assert b"csrf" not in bare.content


def test_few_queries_cold_and_warm(client, article, member):
    Post.objects.filter(pk=article.pk).update(author=member)
    discussion = discussion_of(article)
    grow(discussion, 300, random.Random(5))
    cache.clear()
    forget_settings()

    with CaptureQueriesContext(connection) as cold:
        client.get(PAGE)
    with CaptureQueriesContext(connection) as warm:
        client.get(PAGE)

    assert len(warm) <= 3, [one["sql"] for one in warm]
    tag = [one["sql"] for one in cold if "comments" in one["sql"]]
    assert len(tag) <= 6, tag
    assert len(cold) <= 15, [one["sql"] for one in cold]


def test_what_is_gone_leaves_its_place_and_no_word(client, say):
    root = say("The secret word is xylophone.")
    reply = say("A reply that stays.", root)
    move(root, State.REMOVED)

    response = client.get(PAGE)

    assert b"xylophone" not in response.content
    assert ids(soup_of(client)) == [root.pk, reply.pk]
    assert "This comment has been removed." in soup_of(client).select_one(f"#c{root.pk}").text


@pytest.mark.parametrize("state", [State.HELD, State.SPAM, State.REMOVED])
def test_what_is_not_published_is_nowhere(client, say, state):
    say()
    move(say("The secret word is xylophone."), state)

    response = client.get(PAGE)

    assert b"xylophone" not in response.content
    assert b"1 comment<" in response.content


@pytest.mark.parametrize("text", EVIL)
def test_nothing_is_injected(client, say, member, text):
    member.first_name = "<b>\"'</b>"
    member.save()
    entry = say(f"Hello {text} there")

    soup = soup_of(client)

    words = soup.select_one(f"#c{entry.pk}")
    assert not words.select("script, img, svg:not([viewBox]), [onerror], [onmouseover], [onload], b b")
    assert not [a for a in words.select("a") if a.get("href", "").lower().startswith("javascript")]
    assert len(soup.select('script[type="application/ld+json"]')) == 2
    assert "\u202e" not in words.text


def test_links_of_readers_gain_them_nothing(client, say):
    entry = say("See https://example.com/ for more of it.")
    (link,) = soup_of(client).select(f"#c{entry.pk} .smo-words a")
    assert set(link["rel"]) == {"ugc", "nofollow", "noopener"}


def test_whose_page_it_is_has_a_badge(client, say, member):
    Post.objects.update(author=member)
    say()
    assert [one.text for one in soup_of(client).select(".smo-badge")] == ["Author"]


def test_a_pinned_thread_comes_first(client, say):
    say()
    pinned = say("This one is pinned by an editor.")
    Entry.objects.filter(pk=pinned.pk).update(pinned_at=timezone.now())
    Discussion.objects.update(version=99)

    soup = soup_of(client)

    assert ids(soup)[0] == pinned.pk
    assert soup.select_one(".smo-badge").text == "Pinned"


def test_a_long_thread_is_folded(client, article, settings):
    settings.SMO_KIT = {**settings.SMO_KIT, "COMMENTS": {"collapse_after": 3}}
    grow(discussion_of(article), 10, random.Random(1), roots=1)

    soup = soup_of(client)

    assert soup.select_one("details.smo-fold summary").text == "6 more replies"
    assert len(soup.select("details.smo-fold article")) == 6


def test_a_closed_discussion_says_so(client, say):
    say()
    Discussion.objects.update(is_open=False, version=99)

    soup = soup_of(client)

    assert "This discussion is closed." in soup.select_one("#comments").text
    assert not soup.select(".smo-write, [aria-label^=Reply]")


def test_a_page_has_settings_of_its_own(client, say):
    first, second = say(), say("The second one of them.")
    Discussion.objects.update(options={"sort": "newest"}, version=99)
    assert ids(soup_of(client)) == [second.pk, first.pk]


def test_what_changes_is_seen_at_once(client, say, article):
    entry = say()
    assert "0" in soup_of(client).select_one(f"#c{entry.pk} .smo-acts b").text
    cast(entry, ["somebody"], 1)
    assert "1" in soup_of(client).select_one(f"#c{entry.pk} .smo-acts b").text


def test_counts_of_a_list_are_one_query(article, say, django_assert_num_queries):
    say()
    other = Post.objects.create(slug="other", title="Other")
    counted = "{% smo_comment_counts posts as n %}{% for post in posts %}{{ post|smo_comment_count:n }} {% endfor %}"
    with django_assert_num_queries(1):
        assert render(counted, posts=[article, other]) == "1 0 "
    assert render("{{ post|smo_comment_count }}", post=article) == "1"
    assert render("{{ nothing|smo_comment_count }}") == "0"


def test_the_latest_comments_lead_to_public_pages_only(article, say, member):
    say("The first of two comments.")
    last = say("The **second** of two comments.")
    call_command("smo_sync", verbosity=0)

    html = render("{% smo_latest_comments limit=1 %}")

    assert "The second of two comments." in html
    assert f"/smo/comments/{last.pk}/" in html
    assert "Bridges of stone" in html
    Post.objects.update(is_public=False)
    call_command("smo_sync", verbosity=0)
    cache.clear()
    assert "second" not in render("{% smo_latest_comments limit=1 %}")


def test_the_best_commenters_have_been_liked(say):
    entry = say()
    assert "Ada" not in render("{% smo_best_commenters %}")
    cast(entry, ["somebody"], 1)
    cache.clear()
    assert re.search(r"Ada Byron.*1 like", render("{% smo_best_commenters limit=3 days=7 %}"), re.DOTALL)


@pytest.mark.parametrize(("language", "name"), [("en", "Guest"), ("ru", "Гость")])
def test_who_has_no_name_is_a_guest(client, say, language, name):
    """Other packages, and what was imported by them, let a comment have none."""
    entry = say()
    XtdComment.norel_objects.update(user_name=" ")
    call_command("smo_sync", verbosity=0)
    with override(language):
        assert Entry.objects.get().author_name == name
        assert f">{name}</b>" in render("{% smo_latest_comments %}")
    block = soup_of(client).select_one(f"#c{entry.pk}")
    assert "Guest" in block.text
    assert block.select_one(".smo-disc").text == "G"


def test_a_reply_to_who_has_no_name_says_so(client, say):
    entry = say()
    say("And the second arch?", reply_to=entry)
    XtdComment.norel_objects.filter(pk=entry.pk).update(user_name="")
    form = client.get("/smo/comments/new/", {"o": entry.discussion.key.speaking("en").sign(), "reply_to": entry.pk})
    assert "Reply to Guest" in form.content.decode()
