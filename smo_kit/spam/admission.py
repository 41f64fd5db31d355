"""How many texts are taken: from an address, from its network, under a subject."""

from __future__ import annotations

from hashlib import blake2b
from typing import Final

from django.utils.translation import gettext_lazy as _

from smo_kit.core.limits import networks_of, within
from smo_kit.core.settings import site_id
from smo_kit.core.subjects import Key
from smo_kit.spam.conf import spam_settings

WINDOW: Final = 600
"""Seconds in which texts are counted."""
NEIGHBOURS: Final = 4
"""A network may send so many times what an address may."""


class TooMany(Exception):
    """No more is taken for now: answer 429 with ``text`` and ``Retry-After: seconds``."""

    def __init__(self) -> None:
        self.seconds = WINDOW
        self.text = _("Too many texts have come from your network, or to this page. Please try again in ten minutes.")
        super().__init__(self.text)


def admit(address: str, subject: Key | None = None) -> None:
    """Count a text that somebody sends, before it is judged. Raises TooMany.

    ``address`` as ``core.limits.client_address`` gives it; an unknown one ("") is not counted. An IPv6 client counts by
    its /64. The cache keeps hashes of addresses for ten minutes.
    """
    conf = spam_settings()
    counted = [("subject", f"{subject.content_type_id}.{subject.object_pk}", conf.subject_limit)] if subject else []
    if address:
        client, network = networks_of(address)
        counted += [("address", client, conf.address_limit), ("network", network, conf.address_limit * NEIGHBOURS)]
    free = [within(f"spam:{what}", _mark(what, who), limit=limit, seconds=WINDOW) for what, who, limit in counted]
    if not all(free):
        raise TooMany


def _mark(what: str, who: str) -> str:
    return blake2b(f"{site_id()}:{what}:{who}".encode(), digest_size=8).hexdigest()
