"""What an audit sees of networks on a page, whoever put it there: links that pass the page on, and to accounts."""

from __future__ import annotations

from functools import cache
from typing import Final
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy

from smo_kit.core.audit import Finding, ReadPage, Verdict, audits
from smo_kit.core.markup import Tag
from smo_kit.core.mending import view_place
from smo_kit.core.sayings import gettext as _
from smo_kit.networks.absent import why_absent
from smo_kit.networks.network import DeadNetwork, Network
from smo_kit.networks.registry import dead_networks, network_of, networks_that_can

FEW: Final = 2
"""Fewer ways to pass a page on leave readers out."""


@audits("buttons.there", gettext_lazy("Readers can pass an article on"), weight=3)
def buttons(page: ReadPage) -> Verdict:
    if not page.is_article:
        return None
    ways = {id_ for one in page.markup.anchors if (id_ := _shares_to(one.get("href")))}
    if "smo-pass" in page.markup.classes or len(ways) >= FEW:
        return []
    if ways:
        text = _("The page has a button for one network only.")
        return [Finding(text=text, cure=_("Offer what your readers use."), where=view_place(page))]
    text, cure = _("The page has no share buttons."), _("Put the tag smo_share into the template of the article.")
    return [Finding(text=text, cure=cure, where=view_place(page), severity="error")]


@audits("accounts.shown", gettext_lazy("The page leads to the site's accounts"), weight=2)
def accounts(page: ReadPage) -> Verdict:
    if "smo-accounts" in page.markup.classes or any(map(_is_account, (*page.markup.anchors, *page.markup.links))):
        return []
    text, cure = (
        _("The page leads to no account of the site."),
        _("Put the tag smo_follow into the foot of every page."),
    )
    return [Finding(text=text, cure=cure, where=view_place(page))]


@audits("state.parts", gettext_lazy("No button or script of a network that has died"), weight=2)
def parts(page: ReadPage) -> Verdict:
    markup = page.markup
    beside = [one for one in markup.anchors if not one.is_text]
    tags = (*markup.scripts, *markup.videos, *markup.links, *beside)
    found = {owner.id: owner for one in tags if (owner := _dead_owner(one.get("src") or one.get("href")))}
    cure = _("Take it out of the template.")
    return [Finding(text=why_absent(id_), cure=cure, where=view_place(page)) for id_ in found]


def _dead_owner(url: str) -> DeadNetwork | None:
    """Return the network that has died whose button or script this was."""
    if not url.startswith(("http://", "https://", "//")):
        return None
    try:
        return next((one for one in dead_networks() if one.owns(url)), None)
    except ValueError:
        return None


@cache
def _share_addresses() -> tuple[tuple[str, str, str], ...]:
    """Return (host, path, id) of each network's share address."""
    found = []
    for one in networks_that_can("share"):
        parts = urlsplit(one.share.address if one.share else "")
        if parts.scheme in {"http", "https"} and parts.netloc and "{" not in parts.netloc:
            found.append((parts.netloc, parts.path, one.id))
    return tuple(found)


def _shares_to(href: str) -> str:
    """Return the id of the network that a link shares to, "" for another link."""
    if not href.startswith(("http://", "https://")):
        return ""
    try:
        parts = urlsplit(href)
    except ValueError:
        return ""
    if not parts.query:
        return ""
    found = (id_ for host, path, id_ in _share_addresses() if (parts.netloc, parts.path) == (host, path))
    return next(found, "")


def _is_account(tag: Tag) -> bool:
    """Say whether a link leads to an account: ``rel="me"``, or a network's page that is no share."""
    if "me" in tag.get("rel").lower().split():
        return True
    href = tag.get("href")
    if tag.name != "a" or tag.is_text or not href.startswith(("http://", "https://")) or _shares_to(href):
        return False
    return _has_account(network_of(href), href)


def _has_account(network: Network | None, href: str) -> bool:
    return network is not None and network.follow is not None and urlsplit(href).path.strip("/") != ""
