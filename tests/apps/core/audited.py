"""Pages to audit, without a server."""

from __future__ import annotations

from typing import Any

from smo_kit.core.audit import Finding, ReadPage, ReadSite, Rule
from smo_kit.core.auditing import all_rules_loaded
from smo_kit.core.markup import read_markup

HOME = "https://site.example"
WORDS = {"en": "word", "ru": "слово"}


def words(count: int, language: str = "en") -> str:
    """Return so many words."""
    return " ".join([WORDS[language]] * count)


def page(html: str, *, kind: str = "article", path: str = "/about/", status: int = 200, **more: Any) -> ReadPage:
    """Return a page as the audit gets it."""
    return ReadPage(path, HOME, status, read_markup(html), kind=kind, **more)


def article(inside: str, *, language: str = "en") -> ReadPage:
    """Return an article with this in its body."""
    return page(f'<html lang="{language}"><title>One</title><body><main>{inside}</main></body></html>')


def head(inside: str, *, kind: str = "article") -> ReadPage:
    """Return a page with this in its head."""
    return page(f'<html lang="en"><head>{inside}</head><body><p>Text.</p></body></html>', kind=kind)


def rule(id_: str) -> Rule:
    """Return a rule."""
    return next(one for one in all_rules_loaded() if one.id == id_)


def ask(id_: str, thing: ReadPage | ReadSite) -> list[Finding] | None:
    """Return what a rule finds; None: it does not apply."""
    one = rule(id_)
    found = one.page(thing) if isinstance(thing, ReadPage) else one.site(thing)
    return None if found is None else list(found)
