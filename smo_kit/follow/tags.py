"""``{% smo_follow %}``: buttons that lead to the site's own accounts; ``{% smo_widget %}``: what a network shows."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, Final

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from smo_kit.core.addresses import is_web_address
from smo_kit.core.faults import fault
from smo_kit.core.fragments import fragment
from smo_kit.core.looks import with_options
from smo_kit.core.text import one_line
from smo_kit.follow.conf import FollowConf, follow_settings
from smo_kit.follow.options import widget_options
from smo_kit.follow.services import account_buttons, official_accounts
from smo_kit.follow.windows import NoWindow, Window, plain_link, window_for

register = template.Library()

OPTIONS: Final = tuple(field.name for field in fields(FollowConf))


@register.simple_tag
def smo_follow(**options: Any) -> SafeString:
    """Show the site's accounts; nothing if there are none. Options: look, size, colour, shape."""
    accounts = official_accounts()
    if not accounts:
        return SafeString("")
    conf = with_options(follow_settings, options, OPTIONS, tag="smo_follow") if options else follow_settings()
    return fragment("follow", (conf, accounts), lambda: _render(conf))


@register.simple_tag
def smo_widget(address: Any = "", **options: Any) -> SafeString:
    """Show a community, post, channel or video of a network to readers who agree to load it; to all of them a link.

    ``{% smo_widget "https://t.me/shareworthy/12" title="…" %}``. Options: ``title``; ``network``, the id of a network
    whose first account of this site is meant when there is no address.
    """
    network = str(options.pop("network", "") or "")
    url = one_line(address) or next((one.url for one in official_accounts() if one.network == network), "")
    conf = with_options(widget_options, options, ("title",), tag="smo_widget")
    try:
        window = window_for(url)
    except NoWindow as error:
        fault(ValueError(f"{{% smo_widget %}}: {error}"))
        if not url.startswith("https://") or not is_web_address(url):
            return SafeString("")
        window = plain_link(url)
    return fragment("widget", (window, conf), lambda: _render_window(window, one_line(conf.title)))


def _render_window(window: Window, title: str) -> str:
    title = title or window.name
    frame = window.frame(title if title.startswith(window.name) else f"{window.name}: {title}")
    return render_to_string("smo_kit/follow/window.html", {"window": window, "title": title, "frame": frame})


def _render(conf: FollowConf) -> str:
    return render_to_string("smo_kit/follow/accounts.html", {"conf": conf, "buttons": account_buttons()})
