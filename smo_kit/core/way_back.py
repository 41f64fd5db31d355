"""Back to where a reader began: the address goes along in that of a form which he was sent to, and no further.

A reader who presses a button of a lock goes to the page of another app to do what it asks for. From there he goes on
where he began, not merely to the page.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from smo_kit.core.addresses import with_query

FIELD: Final = "then"
"""Names the way back in an address."""
LENGTH: Final = 2000
"""Letters of the longest address to go on to; servers refuse headers that are much longer."""
GO_ON: Final = _("Go on where you left off")
"""What a link says that leads back."""


def own_page(request: HttpRequest, address: object) -> str:
    """Return an address of this site to go on to; "" for what leads elsewhere, or is none."""
    if not isinstance(address, str) or not is_whole(address):
        return ""
    is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if is_ours else ""


def is_whole(address: str) -> bool:
    """Say whether it can be an address to go on to, and does not depend on the page that comes before."""
    return len(address) <= LENGTH and address.isprintable() and address.startswith(("/", "http:", "https:"))


def leading_back(address: str, then: str) -> str:
    """Return the address of a form that leads back to ``then``; as it is without one, or without an address."""
    if not address or not then:
        return address
    return with_query(address, urlencode({FIELD: then}))


def way_back(request: HttpRequest) -> str:
    """Return where the reader goes on when he has done what this form is for; "" if he did not come from there."""
    return own_page(request, request.GET.get(FIELD))
