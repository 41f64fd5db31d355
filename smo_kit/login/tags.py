"""``{% smo_login %}``: the ways of signing in where the reader stands, or a link to them for the head of every page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode

from django import template
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from smo_kit.core.fragments import fragment
from smo_kit.core.looks import with_options
from smo_kit.core.members import name_of
from smo_kit.core.own_urls import own_address
from smo_kit.core.pages import page_for
from smo_kit.login.conf import ButtonsConf, login_options
from smo_kit.login.language_addresses import spoken
from smo_kit.login.password import has_password
from smo_kit.login.starting import safe_next
from smo_kit.login.ways import ways

register = template.Library()

OPTIONS: Final = ("look", "title", "label")
ENTRANCES: Final = ("smo_login:page", "smo_login:start", "smo_login:password", "account_login")
"""Names of the pages that are the sign-in itself: a link that leads there has nothing to say on them."""
BESIDE_BUTTONS: Final = (*ENTRANCES, "account_signup")
"""Pages that have a link to the sign-in of their own beside the buttons: where there are none, one is enough."""


@register.simple_tag(takes_context=True)
def smo_login(context: Mapping[str, Any], obj: Any = None, next: str | None = None, **options: Any) -> SafeString:
    """Show a button for each way of signing in, or with ``look="link"`` a link to all of them.

    It is the same for every reader of a page; only on the suite's own pages, which nobody keeps, the link names who is
    signed in, and leads to his account. Whoever has signed in comes back to the page, or to ``next``, an address
    of this site. ``obj``: what a sign-in counts for, if it is not the page's own. Options: ``look``, ``title`` (above
    the buttons), ``label`` (of the link). A site that has no way of signing in shows nothing.
    """
    conf = with_options(login_options, options, OPTIONS, tag="smo_login")
    address = own_address("smo_login:page")
    if not address or not (ways() or has_password()):
        return SafeString("")
    request: HttpRequest | None = context.get("request")
    then = _then(request, next)
    if conf.look == "link" or not ways():
        silent = ENTRANCES if conf.look == "link" else BESIDE_BUTTONS
        if request is not None and context.get("is_unstored") and request.user.is_authenticated:
            return _link(request, spoken("smo_login:account"), name_of(request.user), silent)
        return _link(request, f"{address}?{urlencode({'next': then})}", conf.label, silent)
    if next is not None:  # an address that somebody has typed: it is not worth being kept
        return SafeString(_buttons(conf, then, "", csrf_token=context.get("csrf_token")))
    key = page_for(context, obj).key
    depends_on = (conf, then, key, [(one.id, str(one.name)) for one in ways()], has_password())
    return fragment("login", depends_on, lambda: _buttons(conf, then, key.sign() if key else ""))


def _then(request: HttpRequest | None, asked: str | None) -> str:
    """Return where to go on: the page without its query, which the script adds, so that it is kept once."""
    if request is None:
        return "/"
    return safe_next(request, request.path if asked is None else asked)


def _link(request: HttpRequest | None, address: str, label: str, silent: tuple[str, ...]) -> SafeString:
    match = request.resolver_match if request else None
    if match is not None and match.view_name in silent:
        return SafeString("")
    context = {"address": address, "me": spoken("smo_login:me"), "label": label}
    return render_to_string("smo_kit/login/link.html", context)


def _buttons(conf: ButtonsConf, then: str, subject: str, **more: Any) -> str:
    context = {
        "title": conf.title,
        "ways": ways(),
        "then": then,
        "subject": subject,
        "start": own_address("smo_login:start"),
        "others": f"{own_address('smo_login:page')}?{urlencode({'next': then})}" if has_password() else "",
        "is_here": not more,
        "me": spoken("smo_login:me"),
        **more,
    }
    return render_to_string("smo_kit/login/buttons.html", context)
