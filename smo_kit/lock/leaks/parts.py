"""What every lock hides, read as if it were open: first as a stranger, then as staff."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Any, Final

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.core.handlers.base import BaseHandler
from django.http import HttpResponse
from django.utils import translation

from smo_kit.core.answers import language_of
from smo_kit.core.inside import handler, request_for
from smo_kit.core.sayings import gettext as _
from smo_kit.core.settings import site_id
from smo_kit.core.shown import card_of
from smo_kit.lock.again import close_files
from smo_kit.lock.audited import AuditRequest
from smo_kit.lock.leaks.words import main_of, visible, words_of
from smo_kit.lock.models import Spot
from smo_kit.lock.pages import WholePage
from smo_kit.lock.refs import Ref
from smo_kit.lock.sources import Elsewhere, Gone, hidden_part
from smo_kit.lock.terms import terms_of

FILE: Final = "file"
KEY: Final = "smo-audit"
NOBODY: Final = 0
"""A key that no user has: one without any can be asked for in no query."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one lock hides in one language. ``why`` says why it could not be read, "" if it was."""

    lock: str
    path: str
    language: str
    source: str
    words: list[str] = field(default_factory=list)
    why: str = ""


def parts(home: str) -> Iterator[Part]:
    """Yield what each lock hides that is closed now; ``home`` is where the site answers."""
    spots = Spot.objects.filter(lock__site_id=site_id()).select_related("lock").order_by("pk")
    for spot in list(spots):
        terms = terms_of(spot.ref)
        if terms is not None and terms.is_closed():
            yield _part(spot.ref, home)


def _part(ref: Ref, home: str) -> Part:
    names = (ref.name, ref.path, ref.key.language, ref.source)
    if ref.source == FILE:
        return Part(*names, why=_("It is a file: what is in it is not looked for."))
    html, why = opened(ref, home)
    if html is None:
        return Part(*names, why=why)
    words = _of_page(ref, html) if isinstance(html, WholePage) else words_of(visible(html))
    return Part(*names, words=words, why="" if words else _("There are no words in it."))


def _of_page(ref: Ref, html: str) -> list[str]:
    """Return the words of a whole page, but for its heading where that is the title, which its closed page shows."""
    words = words_of(visible(main_of(html)))
    card = card_of(ref.key, language=ref.key.language)
    title = words_of(card.title) if card else []
    at = next((at for at in range(len(words)) if title and words[at : at + len(title)] == title), len(words))
    return words[:at] + words[at + len(title) :]


def opened(ref: Ref, home: str) -> tuple[str | None, str]:
    """Return what a lock hides, with the lock open; or None, and why it can't be read. Nobody else gets it."""
    html, why = _asked(ref, home, AnonymousUser())
    return (html, why) if html is not None else _asked(ref, home, _staff())


def _asked(ref: Ref, home: str, user: Any) -> tuple[str | None, str]:
    request = request_for(f"{home}{ref.path or '/'}?{KEY}={token_hex(8)}", AuditRequest)
    found: list[tuple[str | None, str]] = []

    def look() -> None:
        was, request.user = request.user, user
        request._cache_update_cache = False  # type: ignore[attr-defined]
        found.append(_read(request, ref))
        request.user = was  # middleware that is asked on the way back knows no user who is in no table

    request.look = look
    with translation.override(language_of(ref.key.language)):
        response = handler(_Looking).get_response(request)
    return found[0] if found else (None, _("The site answers %(status)d.") % {"status": response.status_code})


def _read(request: AuditRequest, ref: Ref) -> tuple[str | None, str]:
    with translation.override(language_of(ref.key.language)):
        try:
            part = hidden_part(request, ref)
            if isinstance(part, WholePage):
                close_files(part.response)
            return part, ""
        except Gone:
            return None, _("Nothing is behind it any more: its page has changed.")
        except Elsewhere as elsewhere:
            return None, _("The site answers %(status)d.") % {"status": elsewhere.response.status_code}
        except Exception as error:  # the site's own code
            return None, _("It breaks off: %(error)s.") % {"error": repr(error)}


class _Looking(BaseHandler):
    """All of the site's middleware, and in place of a view a look behind one lock: what is found is in no response."""

    def _get_response(self, request: Any) -> HttpResponse:
        request.look()
        return HttpResponse()


def _staff() -> Any:
    """Return a user who may see everything, and is in no table."""
    user = get_user_model()()
    for name in ("is_active", "is_staff", "is_superuser"):
        setattr(user, name, True)
    if user.pk is None:
        user.pk = NOBODY
    return user
