"""Who may comment, rate and unlock: everyone, members, or members of groups. The site says it once for each act.

Where an act has a place of its own, such as a discussion, the app may know better: ``register_exception``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.urls import Resolver404, resolve
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from smo_kit.core.access_conf import Act, Who, access_settings
from smo_kit.core.entrance import Way, ways_in
from smo_kit.core.subjects import Key

GUESTS: Final[Mapping[Act, Any]] = {
    "comment": _("Only members may write here. Please sign in."),
    "rate": _("Only members may rate this. Please sign in."),
    "unlock": _("Only members may open this. Please sign in."),
}
"""What a guest reads who may not."""
OTHERS: Final[Mapping[Act, Any]] = {
    "comment": _("Not every member may write here, and your account is not among those that may."),
    "rate": _("Not every member may rate this, and your account is not among those that may."),
    "unlock": _("Not every member may open this, and your account is not among those that may."),
}
"""What a member reads who is in none of the groups."""

Exceptions = Callable[[Key], Who | None]

_exceptions: Final[dict[Act, Exceptions]] = {}


def register_exception(act: Act, who: Exceptions) -> None:
    """Have an act's app say who may do it with one subject; None: as the site has it."""
    _exceptions[act] = who


def who_may(act: Act, subject: Key | None = None) -> Who:
    """Return who may do something: with a subject, or on the site."""
    own = _exceptions[act](subject) if subject is not None and act in _exceptions else None
    who: Who = own or getattr(access_settings(), act)
    return who


def may(request: HttpRequest, act: Act, subject: Key | None = None) -> bool:
    """Say whether who asks may do something."""
    return not why_not(request.user, act, who_may(act, subject))


def why_not(user: Any, act: Act, who: Who) -> Any:
    """Return the sentence for somebody who may not do what ``who`` may, "" if he may. ``user`` None is a guest too."""
    if who == "everyone":
        return ""
    if user is None or not user.is_authenticated:
        return GUESTS[act]
    return "" if who == "members" or _is_in_groups(user) else OTHERS[act]


def _is_in_groups(user: Any) -> bool:
    if user.is_staff or user.is_superuser:
        return True
    names = access_settings().groups
    return bool(names) and hasattr(user, "groups") and bool(user.groups.filter(name__in=names).exists())


def ways_for(request: HttpRequest) -> tuple[Way, ...]:
    """Return what a form offers a guest who would rather sign in: the site's ways, else its page; nothing to members.

    A site where nobody can sign in has none.
    """
    if request.user.is_authenticated:
        return ()
    return ways_in() or ((Way(id="", name=_("Sign in"), mark=SafeString("")),) if _has_page() else ())


def _has_page() -> bool:
    try:
        resolve(resolve_url(settings.LOGIN_URL))
    except Resolver404:
        return False
    return True
