"""Options of ``{% smo_widget %}``."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from smo_kit.core.settings import AppSettings, editable
from smo_kit.follow.windows import NoWindow, window_for


def _can_be_shown(address: str) -> str:
    try:
        window_for(address)
    except NoWindow as error:
        return str(error)
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WidgetOptions:
    """What an editor says of a window."""

    address: str = editable(
        "",
        label=_("Address"),
        help=_(
            "Of the community, post, channel or video, as the browser shows it when you are there. Of a server that "
            "the site does not name (window_hosts) a link is shown."
        ),
        check=_can_be_shown,
    )
    title: str = editable(
        "",
        label=_("Title"),
        help=_("What the link says, and what is read out of the frame. Empty: the network's name."),
    )


widget_options = AppSettings("WIDGET", WidgetOptions, of_site=False)
