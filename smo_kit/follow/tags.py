"""``{% smo_follow %}``: buttons that lead to the site's own accounts."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, Final

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from smo_kit.core.fragments import fragment
from smo_kit.core.looks import with_options
from smo_kit.follow.conf import FollowConf, follow_settings
from smo_kit.follow.services import account_buttons, official_accounts

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


def _render(conf: FollowConf) -> str:
    return render_to_string("smo_kit/follow/accounts.html", {"conf": conf, "buttons": account_buttons()})
