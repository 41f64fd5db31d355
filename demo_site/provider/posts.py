"""A post of the demo's own network: its robot fetches the address in it, and makes a preview of what it finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin, urlsplit

import requests
from django.utils.translation import gettext as _

from demo_site.network import ROBOT
from demo_site.provider.settings import CLIENT_ORIGINS
from smo_kit.core.markup import read_markup

SECONDS: Final = 5
REDIRECTS: Final = 5
LETTERS: Final = 2000
"""Of a post, and of an address."""


class Unread(Exception):
    """The robot could not read the address; its text says why."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What the robot found."""

    url: str
    """Where it came to."""
    title: str
    description: str = ""
    image: str = ""

    @property
    def host(self) -> str:
        """Where that is."""
        return urlsplit(self.url).netloc


def preview_of(address: str) -> Preview:
    """Fetch a page of the magazine as robots of networks do. Raises Unread."""
    url = address
    for _redirect in range(REDIRECTS):
        answer = _answer(url)
        if not answer.is_redirect:
            return _preview(url, answer)
        url = urljoin(url, answer.headers["Location"])
    raise Unread(_("The address leads in a circle."))


def _answer(url: str) -> requests.Response:
    parts = urlsplit(url)
    if f"{parts.scheme}://{parts.netloc}" not in CLIENT_ORIGINS:
        raise Unread(_("This network reads addresses of Shareworthy only."))
    try:
        return requests.get(url, headers={"User-Agent": ROBOT}, timeout=SECONDS, allow_redirects=False)
    except requests.RequestException as error:
        raise Unread(_("Shareworthy does not answer.")) from error


def _preview(url: str, answer: requests.Response) -> Preview:
    if not answer.ok:
        raise Unread(_("Shareworthy answers with an error: %(status)s.") % {"status": answer.status_code})
    found = read_markup(answer.text)
    metas = found.metas
    title = metas.get("og:title") or found.title
    return Preview(url, title, metas.get("og:description", ""), metas.get("og:image", ""))
