"""What the script of a page sends, for the tests of what becomes of it."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from smo_kit.best.told.offers import token_of
from smo_kit.core.subjects import Key, key_of
from tests.blog.models import Post

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
ROBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
BLOCK = "related:cards"


def a_reader(**headers: str) -> Client:
    return Client(enforce_csrf_checks=True, headers={"User-Agent": BROWSER, "Sec-Fetch-Site": "same-origin", **headers})


def offer(page: Post | None, shown: Sequence[Post], block: str = BLOCK) -> str:
    return token_of(block, key_of(page) if page else None, [key_of(one) for one in shown])


def tell(
    page: Post | Key | None = None,
    *,
    client: Client | None = None,
    by: str = "8.8.4.4",
    previous: Post | None = None,
    s: int | str = 0,
    f: Sequence[str | int] = (),
    headers: dict[str, str] | None = None,
) -> HttpResponse:
    """Report as ``best.js`` does: a list becomes a text with commas, and what is undefined a word."""
    fields = {
        "o": key_of(page).sign() if page else "",
        "p": key_of(previous).sign() if previous else "undefined",
        "s": str(s),
        "f": ",".join(map(str, f)),
    }
    return (client or a_reader()).post(reverse("smo_best:told"), fields, headers=headers, REMOTE_ADDR=by)
