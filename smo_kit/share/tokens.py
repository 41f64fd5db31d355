"""Which link an address ``/s/<token>/`` is: also one that has become one with another since."""

from __future__ import annotations

from smo_kit.share.models import FormerToken, PersonalLink


def link_of(token: str) -> PersonalLink | None:
    """Return the link of a token; None: there is none. Tokens that differ in case alone are not the same."""
    found = PersonalLink.objects.filter(token=token).first()
    if found is not None and found.token == token:
        return found
    former = FormerToken.objects.select_related("link").filter(token=token).first()
    return former.link if former is not None and former.token == token else None
