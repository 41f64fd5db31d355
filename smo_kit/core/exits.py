"""Exits: where texts leave the site, or lie ready to. Who looks for what must not get out asks here.

An app that keeps texts says in ``exits.py`` how they are read::

    register_exit("mail", lambda: rows_of(Mail.objects.all(), "subject", "text"), cure=_("…"))

Pages are no exit of this list: they are read from outside, as a stranger reads them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from smo_kit.core.cards import own_card
from smo_kit.core.discovery import load_modules
from smo_kit.core.events import event, event_logger
from smo_kit.core.models import CardRow, Place
from smo_kit.core.registrations import all_registrations
from smo_kit.core.rows import chunks_of

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

logger = event_logger(__name__)

CHUNK: Final = 200
"""Rows that are read by one query."""

Texts: TypeAlias = Callable[[], Iterable[tuple[str, str]]]
"""Yields (where, text): text may be plain, HTML or JSON; where is what an owner finds it by, and names no person."""


@dataclass(frozen=True, slots=True)
class Exit:
    """One kind of texts."""

    name: str
    texts: Texts
    cure: str | _StrPromise = ""
    """What to do about a text that does not belong there."""


_exits: Final[dict[str, Exit]] = {}


def register_exit(name: str, texts: Texts, *, cure: str | _StrPromise = "") -> None:
    """Add an exit; one of the same name takes its place."""
    _exits[name] = Exit(name, texts, cure)


def all_exits() -> tuple[Exit, ...]:
    """Return the exits of the core and of every installed app; sites add theirs in ``smo.py``."""
    load_modules("exits")
    return tuple(_exits.values())


def rows_of(rows: QuerySet[Any], *names: str) -> Iterator[tuple[str, str]]:
    """Yield the texts of a table: these fields of each row. Rows are read in chunks, each whole."""
    label = rows.model._meta.verbose_name
    ordered = rows.order_by("pk")
    chunk = list(ordered[:CHUNK])
    while chunk:
        for row in chunk:
            said = (getattr(row, name) for name in names)
            texts = [one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in said]
            yield from ((f"{label} {row.pk}: {name}", text) for name, text in zip(names, texts, strict=True) if text)
        chunk = list(ordered.filter(pk__gt=chunk[-1].pk)[:CHUNK])


def _snapshots() -> Iterator[tuple[str, str]]:
    columns = ("title", "summary", "image_alt", "author", "tags")
    return rows_of(CardRow.objects.all(), *columns)


def _texts_of_cards() -> Iterator[tuple[str, str]]:
    """Yield what card functions give as the text of a page: descriptions and related pages are made of it."""
    for registration in all_registrations():
        for chunk in chunks_of(registration):
            for obj in chunk:
                yield from ((f"{obj._meta.label} {obj.pk}", text) for text in _said_of(registration, obj) if text)


def _said_of(registration: Any, obj: Model) -> list[str]:
    try:
        return [own_card(registration, obj, code).text for code in registration.languages_of(obj)]
    except Exception:
        logger.exception(
            "The card of %r can't be made, so its text is not looked at.", obj, extra=event("core.card_failed")
        )
        return []


CARD: Final = _("The card function in smo.py says it. Give summary and text only what anybody may read; run smo_sync.")
VIEW: Final = _("The view says it in its own Card or Meta. Give these only what anybody may read.")

register_exit("cards", _snapshots, cure=CARD)
register_exit("card texts", _texts_of_cards, cure=CARD)
register_exit("places", lambda: rows_of(Place.objects.all(), "words"), cure=VIEW)
