"""Which link an address ``/s/<token>/`` is: also one that has become one with another since."""

from __future__ import annotations

import re
from typing import Final

from smo_kit.core.settings import site_id
from smo_kit.share.models import TOKEN_LENGTH, FormerToken, PersonalLink

TOKEN: Final = re.compile(rf"[A-Za-z0-9_-]{{1,{TOKEN_LENGTH}}}")


def link_of(token: str) -> PersonalLink | None:
    """Return the link of a token; None: this site has none. Tokens that differ in case alone are not the same."""
    if not TOKEN.fullmatch(token):
        return None
    found = PersonalLink.objects.filter(site_id=site_id(), token=token).first()
    if found is not None and found.token == token:
        return found
    former = FormerToken.objects.select_related("link").filter(link__site_id=site_id(), token=token).first()
    return former.link if former is not None and former.token == token else None
