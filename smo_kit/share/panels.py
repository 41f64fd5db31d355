"""What a member's own page shows of sharing: what he has shared by a personal link, and how many came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db.models import Max, Sum
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from smo_kit.core.members import Panel, register_panel
from smo_kit.core.models import CardRow
from smo_kit.core.settings import site_id
from smo_kit.core.snapshots import pages_of
from smo_kit.core.subjects import Key
from smo_kit.share.models import PersonalLink
from smo_kit.share.reports import name_of

SHOWN: Final = 20
"""Shares that are shown, the last first."""


@dataclass(frozen=True, slots=True)
class Shared:
    """A page that a member has shared through a network."""

    page: CardRow | None
    network: str
    """Its name."""
    visitors: int


def panel_html(request: HttpRequest) -> SafeString:
    """Return what a member has shared, in two queries; "" if that is nothing."""
    links = PersonalLink.objects.filter(user=request.user.pk, site_id=site_id(), opened__isnull=False)
    sums = links.values("content_type_id", "object_pk", "network").annotate(came=Sum("visits"), last=Max("opened"))
    found = list(sums.order_by("-last", "network")[: SHOWN + 1])
    if not found:
        return SafeString("")
    keys = [Key(row["content_type_id"], row["object_pk"]) for row in found]
    pages = pages_of(set(keys))
    shared = [
        Shared(pages.get(key), name_of(row["network"]), row["came"]) for key, row in zip(keys, found, strict=True)
    ]
    context = {"shared": shared[:SHOWN], "has_more": len(found) > SHOWN}
    return render_to_string("smo_kit/share/panel.html", context)


register_panel(Panel(id="share", label=_("What you have shared"), html=panel_html, order=45))
