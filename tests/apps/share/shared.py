"""Personal links, their pages and visitors, for tests of what came of them."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from smo_kit.core.identities import of_browser, of_member
from smo_kit.core.models import CardRow
from smo_kit.core.subjects import key_of
from smo_kit.share.models import Fetch, PersonalLink, Visit
from smo_kit.share.proofs import BROWSER
from tests.blog.models import Post

LIST = "/admin/smo_share/personallink/"
SHARES = f"{LIST}shares/"
SPREADERS = f"{LIST}spreaders/"

_numbers = itertools.count(1)


def ago(days: float) -> dt.datetime:
    return timezone.now() - dt.timedelta(days=days)


def article(title: str = "Tea") -> Post:
    """Make a page with its snapshot."""
    page = Post.objects.create(slug=f"page-{next(_numbers)}", title=title)
    key, url = key_of(page), page.get_absolute_url()
    source = {"source_type_id": key.content_type_id, "source_pk": key.object_pk}
    CardRow.objects.get_or_create(**key.fields, language="en", defaults={**source, "title": title, "url": url})
    return page


def member(name: str = "ada") -> Any:
    return get_user_model().objects.create_user(name, f"{name}@example.org", "pw")


def browser(number: int) -> str:
    return f"{number:032x}"


def link_to(
    page: Post,
    *,
    user: Any = None,
    guest: int = 0,
    network: str = "telegram",
    days: float = 1,
    visits: int = 0,
    **fields: Any,
) -> PersonalLink:
    """Make a link that went out some days ago, and by which ``visits`` came today."""
    sharer = of_member(user.pk)[0] if user else of_browser(browser(guest or next(_numbers) + 1000), BROWSER)[0]
    made = {
        "token": f"{next(_numbers):022d}",
        "sharer": sharer,
        "user": user,
        "network": network,
        "language": "en",
        "opened": ago(days),
        "times": 1,
        **key_of(page).fields,
        **fields,
    }
    link = PersonalLink.objects.create(**made)
    come(link, visits)
    return link


def come(link: PersonalLink, visits: int, *, days: float = 0) -> None:
    """Let some come by a link, days ago."""
    for _one in range(visits):
        Visit.objects.create(link=link, who=f"{next(_numbers):064d}")
    newest = list(link.visitors.order_by("-pk").values_list("pk", flat=True)[:visits])
    Visit.objects.filter(pk__in=newest).update(at=ago(days))
    if visits:
        PersonalLink.objects.filter(pk=link.pk).update(visits=link.visits + visits, visited=ago(days))
        link.refresh_from_db()


def fetched(link: PersonalLink, *, network: str = "", days: float = 0, verdict: str = "confirmed") -> Fetch:
    fetch = Fetch.objects.create(
        link=link, network=network or link.network, agent="TelegramBot (like …)", verdict=verdict
    )
    Fetch.objects.filter(pk=fetch.pk).update(at=ago(days))
    return fetch
