"""Lists of the suite's admin, as they open, searched, filtered and at the last page; and pages of single rows."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any, Final

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import reverse

from benchmarks.large.target import Target, get

SEARCHED: Final = "a word is looked for in every text"
ALL: Final = {
    "smo_best.Curation": "it says how many pages the index knows, and how many wait",
    "smo_best.Offer": "offers of the last weeks are summed up",
    "smo_comments.Entry": "a join reads all discussions to know which are this site's",
}
"""Lists that look at all of something, and why."""
LAST: Final = {"smo_ratings.Summary": "PostgreSQL would rather sort all rated pages than skip so many along the index"}
"""Lists whose last page may grow, and why."""
WHY: Final = {"suppressed=yes": "as many addresses are looked up as are suppressed"}
"""Filters that may grow, and why."""
ROWS: Final = (
    "smo_comments.Entry",
    "smo_comments.Discussion",
    "smo_core.CardRow",
    "smo_lock.Lock",
    "smo_mail.Mail",
    "smo_notify.Subscriber",
    "smo_ratings.Rating",
    "smo_ratings.Summary",
    "smo_share.PersonalLink",
    "smo_spam.Reputation",
)
"""Tables of which the page of one row is measured, the last."""


def lists() -> Iterator[Target]:
    """Yield every list of the admin that its first superuser may see."""
    client, request = Client(), RequestFactory().get("/")
    request.user = get_user_model()._default_manager.filter(is_superuser=True).order_by("pk")[:1].get()
    client.force_login(request.user)
    yield Target("admin", partial(get, client, reverse("admin:index")))
    for model, its in sorted(admin.site._registry.items(), key=lambda pair: pair[0]._meta.label):
        is_ours = model._meta.app_label.startswith("smo_")
        if is_ours and its.has_view_or_change_permission(request):  # others have no list of their own
            yield from _of_list(client, request, model, its)


def _of_list(client: Client, request: HttpRequest, model: Any, its: Any) -> Iterator[Target]:
    label, opts = model._meta.label, model._meta
    address = reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")
    name, why = f"admin: {opts.verbose_name_plural} ({opts.app_label})", ALL.get(label, "")
    yield Target(name, partial(get, client, address), why=why)
    if its.get_search_fields(request):
        yield Target(f"{name}, search", partial(get, client, f"{address}?q=reader-77%40"), why=SEARCHED)
    for query in FILTERS.get(label, ()):
        yield Target(f"{name}, {query}", partial(get, client, f"{address}?{query}"), why=why or WHY.get(query, ""))
    why = why or LAST.get(label, "")
    yield Target(f"{name}, last page", partial(get, client, _last_page(client, address)), why=why)
    if label in ROWS and (last := model._default_manager.order_by("-pk").first()) is not None:
        row = reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[last.pk])
        yield Target(f"admin: one of the {opts.verbose_name_plural} ({opts.app_label})", partial(get, client, row))


def _last_page(client: Client, address: str) -> str:
    """Return the address of the last page that a list leads to."""
    its = (getattr(client.get(address), "context_data", None) or {}).get("cl")
    return f"{address}?p={its.paginator.num_pages if its is not None else 200}"


FILTERS: Final[dict[str, tuple[str, ...]]] = {
    "smo_comments.Entry": ("state=all", "state=published", "state=spam", "language=en&state=all"),
    "smo_comments.Action": ("verb=spam",),
    "smo_comments.Discussion": ("is_open__isnull=True",),
    "smo_core.CardRow": ("language=ru", "words=object"),
    "smo_mail.Mail": ("state__exact=sent", "kind=comment"),
    "smo_lock.Lock": ("state=open", "form=view"),
    "smo_notify.Subscriber": ("frequency__exact=daily", "proved=no", "proved=yes", "suppressed=yes", "paused=no"),
    "smo_ratings.Rating": ("kind=stars",),
    "smo_ratings.Summary": ("kind=stars",),
    "smo_spam.Decision": ("is_spam__exact=1",),
    "smo_spam.Reputation": ("banned__exact=1", "trusted__exact=1"),
}
