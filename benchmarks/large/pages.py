"""Pages that readers see, robots ask for, and scripts of pages load."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any, Final

from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from benchmarks.large.target import Target, get
from demo_site.articles.models import Article, Author, Tag, Translation
from demo_site.articles.sitemaps import SITEMAPS
from smo_kit.comments.models import Discussion, Entry
from smo_kit.core.metrics import rendered
from smo_kit.core.subjects import key_of
from smo_kit.lock.models import Spot
from smo_kit.ratings.signed import Thing
from smo_kit.share.models import PersonalLink

LOCKED: Final = "/en/long-table/"
"""A page of the demo that is locked as a whole."""
WHY: Final[dict[str, str]] = {
    "article with most comments, best": "the beginnings of all its threads are sorted",
    "article with most comments, newest": "the beginnings of all its threads are sorted",
    "front page": "likes of all time are summed up, to say who writes well",
    "sitemap, articles": "a part has 5,000 articles, of a smaller site fewer",
    "sitemap, authors": "it names every author",
    "sitemap, pages": "it names every page of the CMS",
    "sitemap, tags": "it names every tag",
    "metrics": "it counts what waits, by kind",
}
"""What of these may grow."""


def pages() -> Iterator[Target]:
    """Yield each kind of page, with an empty cache: for a guest, and where only members see it, for one of them."""
    guest, member = Client(), Client()
    member.force_login(get_user_model()._default_manager.get(username="member-0"))
    asked = {**_fixed(), **_of_rows()}
    addresses = {name: (member if name in BY_MEMBERS else guest, address) for name, address in asked.items()}
    addresses |= {name: (member, reverse(view)) for name, view in MEMBERS.items()}
    for name, (client, address) in addresses.items():
        yield Target(name, partial(get, client, address, ANSWERS.get(name, 200)), why=WHY.get(name, ""), is_cold=True)
    yield Target("metrics", rendered, why=WHY["metrics"])


ANSWERS: Final = {"lock, poll": 204, "lock": 403}
"""What these answer who has nothing to hear, or has not opened it."""
BY_MEMBERS: Final = {"comment, own ones"}
"""Which of these a guest is told nothing."""
MEMBERS: Final = {
    "account": "smo_login:account",
    "account, who am I": "smo_login:me",
    "notifications": "smo_notify:inbox",
    "notifications, unread": "smo_notify:unread",
    "notifications, own settings": "smo_notify:mine",
}


def _fixed() -> dict[str, str]:
    parts = {f"sitemap, {name}": reverse("sitemap-part", args=[name]) for name in SITEMAPS}
    views = {"health": "smo_core:health", "ready": "smo_core:ready", "lock, poll": "smo_lock:news"}
    return {
        "front page": "/en/",
        "page of the CMS": "/en/about/",
        "page with locks": LOCKED,
        "list": "/en/articles/",
        "list, page 20": "/en/articles/?page=20",
        "list, last page": "/en/articles/?page=1000000",
        "feed": "/en/atom.xml",
        "sitemap": "/sitemap.xml",
        **parts,
        **{name: reverse(view) for name, view in views.items()},
        "sign-in": reverse("smo_login:page"),
        "outbox of the demo": reverse("mail"),
    }


def _of_rows() -> dict[str, str]:
    """Return pages of what was made, those that most is written and done about."""
    made = Translation.objects.filter(language="en", slug__startswith="fill-").select_related("article")
    ours = Article.objects.filter(key__startswith="fill-")
    usual = made.order_by("-article__published_at")[:1].get()
    busy = Discussion.objects.order_by("-count")[:1].get()
    liveliest = made.get(article=int(busy.object_pk))
    comment = Entry.objects.published().filter(discussion=busy).order_by("-pk")[:1].get()
    middle = Entry.objects.published().filter(discussion=busy).order_by("pk")[busy.count // 2]
    key = key_of(liveliest.article).speaking("en")
    link = PersonalLink.objects.order_by("-pk")[:1].get()
    get(Client(), LOCKED)  # a lock comes into being when its page is shown
    spot: Any = Spot.objects.select_related("lock").order_by("pk").filter(source="page")[:1].get()
    return {
        "tag, the most used": Tag.objects.get(slug="fill-0").get_absolute_url(),
        "author": Author.objects.filter(articles__in=ours).order_by("pk")[:1].get().get_absolute_url(),
        "article": usual.get_absolute_url(),
        "article with most comments": liveliest.get_absolute_url(),
        "article with most comments, later": f"{liveliest.get_absolute_url()}?comments-after={middle.pk}",
        "article with most comments, newest": f"{liveliest.get_absolute_url()}?comments-sort=newest",
        "article with most comments, best": f"{liveliest.get_absolute_url()}?comments-sort=best",
        "comment": reverse("smo_comments:comment", args=[comment.pk]),
        "comment, vote": reverse("smo_comments:vote", args=[comment.pk]),
        "comment, report": reverse("smo_comments:report", args=[comment.pk]),
        "comment, own ones": f"{reverse('smo_comments:mine')}?o={key.sign()}",
        "comment, answer": f"{reverse('smo_comments:new')}?o={key.sign()}&reply_to={comment.pk}",
        "rating": reverse("smo_ratings:rate", args=[Thing(key, "stars").sign()]),
        "shares": f"{reverse('smo_share:numbers')}?o={key.sign()}",
        "personal link": reverse("smo_share:link", args=[link.token]),
        "lock": reverse("smo_lock:show", args=[spot.ref.sign()]),
    }
