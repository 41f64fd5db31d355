"""What a member's own page shows of notifications: which discussions he follows, and the way to all the rest."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from smo_kit.core.members import Panel, register_panel
from smo_kit.core.own_urls import own_address
from smo_kit.core.settings import site_id
from smo_kit.notify.models import Subscription
from smo_kit.notify.preferences import followed

SHOWN: Final = 10
"""Discussions that are shown, those that were followed last."""


def panel_html(request: HttpRequest) -> SafeString:
    """Return what a member follows, in four queries."""
    rows = Subscription.objects.filter(subscriber__user=request.user.pk, subscriber__site_id=site_id())
    found = list(rows.select_related("discussion").order_by("-pk")[: SHOWN + 1])
    context = {
        "followed": followed(found[:SHOWN]),
        "has_more": len(found) > SHOWN,
        "mine": own_address("smo_notify:mine"),
    }
    return render_to_string("smo_kit/notify/panel.html", context)


register_panel(Panel(id="notify", label=_("Notifications"), html=panel_html, order=40))
