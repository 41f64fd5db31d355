"""What an audit sees of the settings of the share buttons, and of robots that could follow them."""

from __future__ import annotations

from typing import Final
from urllib.robotparser import RobotFileParser

from django.utils.translation import gettext_lazy

from smo_kit.core.audit import Finding, ReadSite, Verdict, audits_site
from smo_kit.core.events import event, event_logger
from smo_kit.core.inside import read
from smo_kit.core.mending import code_place, settings_place
from smo_kit.core.own_urls import address_if_any
from smo_kit.core.sayings import gettext as _
from smo_kit.networks.absent import why_absent
from smo_kit.networks.registry import networks_that_can
from smo_kit.share.conf import share_settings
from smo_kit.share.ways_out import is_led_out

logger = event_logger(__name__)

_ROBOTS: Final = "/robots.txt"


@audits_site("buttons.alive", gettext_lazy("No button for a network that has died"))
def alive(site: ReadSite) -> Verdict:
    wrong = [why for one in share_settings().networks if (why := why_absent(one, "share", "action"))]
    cure, where = _("Choose the networks anew."), settings_place(share_settings)
    return [Finding(text=text, cure=cure, where=where) for text in wrong]


@audits_site("buttons.out", gettext_lazy("Search robots don't follow personal links"))
def out(site: ReadSite) -> Verdict:
    start = out_start()
    if not start or not is_led_out():
        return None
    rules = _robots()
    where = code_place(_ROBOTS.removeprefix("/"))
    cure = _("Add the line “Disallow: %(path)s” for all robots.") % {"path": start}
    if rules is None:
        text = _("This site answers no robots.txt itself, so it is not known whether robots follow personal links.")
        return [Finding(text=text, cure=cure, where=where, severity="info")]
    if not rules.can_fetch("*", f"{start}x/"):
        return []
    text = _("robots.txt lets robots follow the share buttons, so they ask for an address that is of no use to them.")
    return [Finding(text=text, cure=cure, where=where)]


def out_start() -> str:
    """Return how the addresses begin by which share buttons with a personal link lead; "" if there are none."""
    name = next((one.id for one in networks_that_can("share")), "")
    address = address_if_any("smo_share:out", name)
    return address.removesuffix("/").removesuffix(name)


def _robots() -> RobotFileParser | None:
    """Return what the site's robots.txt says; None if it has none, or a web server in front of it has."""
    try:
        answer = read(_ROBOTS)
    except Exception:  # the site's own code
        logger.info("%s can't be read.", _ROBOTS, exc_info=True, extra=event("share.robots_unread"))
        return None
    if answer.status != 200 or "html" in answer.headers.get("content-type", ""):
        return None
    rules = RobotFileParser()
    rules.parse(answer.body.decode("utf-8", "replace").splitlines())
    return rules
