"""The form for a comment, as it is shown: empty, with what was typed and what is wrong with it, with a preview."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from django.utils.safestring import SafeString

from smo_kit.core.entrance import Way

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

TYPED: Final = ("comment", "name", "email", "url")
NOTHING: Final = SafeString("")


def typed_in(data: Mapping[str, str]) -> dict[str, str]:
    """Return what somebody typed, as he typed it, but for what no page can hold."""
    return {name: data.get(name, "").replace("\0", "") for name in TYPED}


@dataclass(frozen=True, slots=True, kw_only=True)
class FormShown:
    """What the templates of the form show."""

    title: str | _StrPromise
    button: str | _StrPromise
    action: str
    """Where it is sent to."""
    back: str
    """Address of the page that the comment is about."""
    page_title: str
    in_place: bool
    mark: str = ""
    """Ends the ids of its fields: several forms may stand in one page."""
    typed: Mapping[str, str] = field(default_factory=dict)
    hidden: Mapping[str, Any] = field(default_factory=dict)
    honeypot: str = ""
    """Name of the field that nobody sees; "": there is none."""
    writes_as: str = ""
    """The name of a member; "" for a guest."""
    quoted: SafeString = NOTHING
    """The comment that is answered."""
    quoted_name: str = ""
    preview: SafeString = NOTHING
    error: str | _StrPromise = ""
    wrong: str = ""
    """Name of the field that the error is about."""
    closed: str | _StrPromise = ""
    """Why nobody can write here (or this reader can't)."""
    note: str | _StrPromise = ""
    """What is to be known besides."""
    ways: tuple[Way, ...] = ()
    """How a guest may sign in instead: what he has typed is kept meanwhile."""
    is_edit: bool = False
    additions: tuple[SafeString, ...] = ()
    """Fields of other apps: see ``additions.py``."""
