"""A field that names a page of this site by its address, in whatever form an editor has it at hand, or by its title."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final
from urllib.parse import quote, unquote, urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from smo_kit.best.conf import best_settings
from smo_kit.core.cards import ADDRESS_LENGTH
from smo_kit.core.inside import is_inside
from smo_kit.core.models import CardRow
from smo_kit.core.querysets import about
from smo_kit.core.subjects import Key

SUGGESTED: Final = 60
"""Pages that the field offers while one types."""
NAMED: Final = 5
"""Pages that are named where a title fits several."""

Pages = Iterable[tuple[str, str]]
"""Addresses and titles."""


class PageInput(forms.TextInput):
    """A text field with a list of pages to choose from; any other can be typed."""

    template_name = "admin/smo_best/page_input.html"
    pages: Pages = ()

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["list_id"] = f"{context['widget']['attrs'].get('id', name)}_pages"
        return context | {"pages": self.pages}


class PageField(forms.CharField):
    """Gives the CardRow of the page. ``home`` is what addresses of this site start with; it is given by the form."""

    widget = PageInput
    home = ""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            **{
                "label": gettext_lazy("Page"),
                "help_text": gettext_lazy("Its address, in any language, or its title."),
                "max_length": ADDRESS_LENGTH,
                **kwargs,
            }
        )

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return page_named(text, self.home) if text else None


def page_named(text: str, home: str) -> CardRow:
    """Return the page of an address or a title. Raises ValidationError, which says what to do."""
    return _of_address(text, home) or _of_title(text)


def pages_to_choose(language: str) -> Pages:
    """Return the newest pages of a language: (address, title)."""
    rows = CardRow.objects.filter(language=language).exclude(kind__in=best_settings().leave_out)
    return rows.order_by("-published").values_list("url", "title")[:SUGGESTED]


def forms_of(address: str, home: str) -> set[str]:
    """Return in which ways a snapshot may have written down an address or path of this site."""
    parts = urlsplit(address)
    paths = {parts.path or "/"} | ({f"{parts.path}?{parts.query}"} if parts.query else set())
    paths |= {f"{parts.path.rstrip('/')}/", parts.path.rstrip("/") or "/"}
    plain = {unquote(path) for path in paths}
    paths |= plain | {quote(path, safe="/?=&%") for path in plain}
    return paths | {f"{home}{path}" for path in paths}


def _of_address(text: str, home: str) -> CardRow | None:
    try:
        is_full = bool(urlsplit(text).netloc)
    except ValueError:
        return None
    if not is_full and not text.startswith("/"):
        return None
    if is_full and not is_inside(text, home):
        words = _("This is an address of another site. Only pages of %(home)s can be chosen.")
        raise ValidationError(words % {"home": home})
    row = _nearest(CardRow.objects.filter(url__in=forms_of(text, home)))
    if row is None:
        words = _(
            "No public page of this site has the address %(address)s. Open the page and copy its address; "
            "a page that was published a moment ago is known once “manage.py smo_sync” has run."
        )
        raise ValidationError(words % {"address": text})
    return row


def _of_title(text: str) -> CardRow:
    exact, like = CardRow.objects.filter(title__iexact=text), CardRow.objects.filter(title__icontains=text)
    for rows in (exact, like):
        found = {row.key.speaking(""): row for row in rows.order_by("pk")[: NAMED * 4]}
        if len(found) > 1:
            words = _("Several pages are called so. Give the address of one of them: %(addresses)s")
            raise ValidationError(words % {"addresses": ", ".join(row.url for row in list(found.values())[:NAMED])})
        if found:
            return next(iter(found.values()))
    words = _("No public page of this site has the title “%(title)s”. Give its address instead.")
    raise ValidationError(words % {"title": text})


def _nearest(rows: QuerySet[CardRow]) -> CardRow | None:
    """Return the row in the reader's language, else the one there is."""
    return min(rows, key=lambda row: (row.language != get_language(), row.pk), default=None)


def titles_of(keys: Iterable[Key], language: str) -> dict[Key, CardRow]:
    """Return the row of each subject, in this language where there is one, by its key without language: one query."""
    wanted = {key.speaking("") for key in keys}
    rows = CardRow.objects.filter(about(wanted))
    known: dict[Key, CardRow] = {}
    for row in rows:
        key = row.key.speaking("")
        if key in wanted and (key not in known or row.language == language):
            known[key] = row
    return known
