"""What is measured: each kind of page, each list of the admin, each command that runs again and again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from io import StringIO
from typing import Any, Final

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client, RequestFactory
from django.urls import reverse

from demo_site.articles.models import Article, Author, Tag, Translation
from smo_kit.comments.models import Discussion
from smo_kit.core.sweeps import all_sweeps

LINEAR: Final = 110.0
"""How much more something may cost with a hundred times as much that has to look at all of it."""
SAME: Final = 1.5
"""How much more what has to stay as it is may cost: its index is a level deeper, its table lies in fewer caches."""


@dataclass(frozen=True, slots=True)
class Target:
    """One thing that is measured. ``why`` says why it may grow by more than SAME; "": it may not."""

    name: str
    run: Callable[[], None]
    growth: float = SAME
    why: str = ""
    is_cold: bool = False
    """Whether each run finds an empty cache."""


def targets() -> Iterator[Target]:
    """Yield everything that is measured of the site that this process serves."""
    settings.ALLOWED_HOSTS = ["*"]
    yield from _pages()
    yield from _lists()
    yield from _commands()


def _pages() -> Iterator[Target]:
    guest, member = Client(), Client()
    member.force_login(get_user_model()._default_manager.get(username="member-0"))
    made = Translation.objects.filter(language="en", slug__startswith="fill-")
    ours = Article.objects.filter(key__startswith="fill-")
    busy = Discussion.objects.order_by("-count").first()
    usual = made.order_by("-article__published_at").first()
    addresses: dict[str, tuple[Client, str]] = {
        "front page": (guest, "/en/"),
        "page of the CMS": (guest, "/en/about/"),
        "list": (guest, "/en/articles/"),
        "list, page 20": (guest, "/en/articles/?page=20"),
        "list, last page": (guest, "/en/articles/?page=1000000"),
        "tag, the most used": (guest, Tag.objects.order_by("pk").filter(slug="fill-0").get().get_absolute_url()),
        "author": (guest, Author.objects.filter(articles__in=ours).order_by("pk")[:1].get().get_absolute_url()),
        "feed": (guest, "/en/atom.xml"),
        "account": (member, reverse("smo_login:account")),
        "notifications": (member, reverse("smo_notify:inbox")),
    }
    if usual:
        addresses["article"] = (guest, usual.get_absolute_url())
    if busy:
        addresses["article with most comments"] = (guest, made.get(article=int(busy.object_pk)).get_absolute_url())
    for name, (client, address) in addresses.items():
        why = GROWING.get(name, "")
        yield Target(name, partial(_get, client, address), growth=LINEAR if why else SAME, why=why, is_cold=True)
    yield Target(
        "sitemap",
        partial(_get, guest, "/sitemap.xml"),
        growth=LINEAR,
        why="it names every page",
    )


GROWING: Final[dict[str, str]] = {
    "front page": "the demo counts the articles of every tag; likes of all time are summed up",
    "tag, the most used": "the demo asks of all articles of a tag in which languages they are",
}


def _lists() -> Iterator[Target]:
    client = Client()
    user = get_user_model()._default_manager.filter(is_superuser=True).order_by("pk")[:1].get()
    client.force_login(user)
    request = RequestFactory().get("/")
    request.user = user
    for model, its in sorted(admin.site._registry.items(), key=lambda pair: pair[0]._meta.label):
        if not model._meta.app_label.startswith("smo_"):
            continue
        if not its.has_view_or_change_permission(request):
            continue  # it has no list of its own
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        name = f"admin: {model._meta.verbose_name_plural} ({model._meta.app_label})"
        yield Target(name, partial(_get, client, address))
        if its.get_search_fields(request):
            why = "a word is looked for in every text"
            yield Target(f"{name}, search", partial(_get, client, f"{address}?q=reader-77%40"), growth=LINEAR, why=why)
        for query in FILTERS.get(model._meta.label, ()):
            yield Target(f"{name}, {query}", partial(_get, client, f"{address}?{query}"))
        yield Target(f"{name}, last page", partial(_get, client, f"{address}?p=1000000"))


FILTERS: Final[dict[str, tuple[str, ...]]] = {
    "smo_comments.Entry": ("state=all", "state=published", "state=spam", "language=en&state=all"),
    "smo_comments.Action": ("verb=spam",),
    "smo_comments.Discussion": ("is_open__isnull=True",),
    "smo_core.CardRow": ("language=ru", "words=object"),
    "smo_mail.Mail": ("state__exact=sent", "kind=comment"),
    "smo_notify.Subscriber": ("frequency__exact=daily", "proved=no", "proved=yes"),
}


def _commands() -> Iterator[Target]:
    every = "it looks at every page again"
    yield Target("smo_audit --limit 20", partial(_command, "smo_audit", limit=20))
    yield Target("smo_send_mail, nothing due", partial(_command, "smo_send_mail"))
    yield Target("smo_sync", partial(_command, "smo_sync"), growth=LINEAR, why=every)
    why = "it looks at every comment"
    yield Target("smo_repair_threads", partial(_command, "smo_repair_threads", dry_run=True), growth=LINEAR, why=why)
    for name, sweep in all_sweeps().items():
        yield Target(f"sweep: {name}", partial(_call, sweep), is_cold=True, **SWEEPS.get(name, {}))


SWEEPS: Final[dict[str, dict[str, Any]]] = {
    "scores of the best": {"growth": LINEAR, "why": "each page's score fades a little every day"},
    "orders of related pages": {"growth": LINEAR, "why": "it puts what waits in order, 2,000 pages or 20 s at a time"},
    "changed texts": {"growth": LINEAR, "why": "it looks for cards that have no text yet"},
    "ratings of deleted pages": {"growth": LINEAR, "why": "it asks of every rated page whether it is there"},
    "locks of deleted pages": {"growth": LINEAR, "why": "it asks of every locked page whether it is there"},
}


def _get(client: Client, address: str) -> None:
    response = client.get(address, HTTP_USER_AGENT="Mozilla/5.0", follow=True)
    if response.status_code != 200:
        raise RuntimeError(f"{address} answers {response.status_code}")
    for _ in response if response.streaming else ():
        pass


def _command(name: str, **options: Any) -> None:
    call_command(name, stdout=StringIO(), stderr=StringIO(), **options)


def _call(sweep: Callable[[], int]) -> None:
    sweep()
