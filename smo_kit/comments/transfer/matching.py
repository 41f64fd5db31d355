"""Which page of this site a comment of another system belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError

from smo_kit.comments.discussions import discussion_key
from smo_kit.comments.transfer.foreign import Foreign
from smo_kit.core.addresses import absolute, joined
from smo_kit.core.http import Refused
from smo_kit.core.inside import read
from smo_kit.core.models import CardRow, Place
from smo_kit.core.settings import site_id
from smo_kit.core.subjects import Key, path_without_language


@dataclass(slots=True)
class Pages:
    """Finds pages, each asked for once. ``moved`` has what addresses began with, and what they begin with now."""

    moved: Sequence[tuple[str, str]] = ()
    _known: dict[tuple[str, str], Key | None] = field(default_factory=dict)

    def of(self, one: Foreign) -> Key | None:
        """Return what the discussion of a comment's page hangs on; None: there is no such page.

        Where each language has its own, it is that of the comment, else that of the page's address.
        """
        asked = (one.url, one.identifier)
        if asked not in self._known:
            self._known[asked] = self._find(*asked)
        found = self._known[asked]
        return discussion_key(found, str(one.more.get("language") or found.language)) if found else None

    def _find(self, url: str, identifier: str) -> Key | None:
        found = by_identifier(identifier)
        for address in filter(None, (url, identifier if "/" in identifier else "")):
            found = found or by_address(self._mapped(address))
        return found

    def _mapped(self, url: str) -> str:
        for old, new in self.moved:
            if url.startswith(old):
                return new + url.removeprefix(old)
        return url


def by_identifier(identifier: str) -> Key | None:
    """Return the subject that ``app.model:pk`` names, if it is there."""
    label, colon, pk = identifier.partition(":")
    app, dot, name = label.partition(".")
    if not (colon and dot and pk):
        return None
    try:
        model = apps.get_model(app, name)
        is_there = model._base_manager.filter(pk=pk).exists()
    except (LookupError, ValueError, ValidationError):
        return None
    return Key(ContentType.objects.get_for_model(model).pk, pk) if is_there else None


def by_address(url: str) -> Key | None:
    """Return the subject of the page at an address, on whatever host, or of the page that the site sends on to."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    path = unquote(parts.path) or "/"
    if not path.startswith("/"):
        path = f"/{path}"
    whole = f"{path}?{parts.query}" if parts.query else path
    return _by_path(whole) or _by_path(path) or _by_redirect(whole)


def _by_path(path: str) -> Key | None:
    bare, mark, query = path.partition("?")
    other = (bare.removesuffix("/") or "/") if bare.endswith("/") else f"{bare}/"
    for one in (path, f"{other}{mark}{query}"):
        row = CardRow.objects.filter(url__in={one, absolute(one)}).order_by("pk").first()
        if row is not None:
            return row.key
        place = Place.objects.filter(site_id=site_id(), path=path_without_language(one)).first()
        if place is not None:
            return Key(ContentType.objects.get_for_model(Place).pk, str(place.pk))
    return None


def _by_redirect(path: str) -> Key | None:
    try:
        answer = read(path)
    except Refused:
        return None
    end = urlsplit(answer.url).path
    return _by_path(unquote(end)) if answer.status == 200 and joined(path, end) != path else None
