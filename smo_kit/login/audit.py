"""What an audit sees of signing in."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy

from smo_kit.core.audit import Finding, ReadSite, Verdict, Where, audits_site
from smo_kit.core.mending import admin_address, code_place
from smo_kit.core.sayings import gettext as _
from smo_kit.core.sayings import ngettext
from smo_kit.core.settings import site_id
from smo_kit.login.models import Health
from smo_kit.login.ways import ways

OFTEN: Final = 3
"""Failures in a row that are no chance any more."""


@audits_site("entry.works", gettext_lazy("Each way of signing in works"))
def works(site: ReadSite) -> Verdict:
    offered = {one.id: one for one in ways()}
    if not offered:
        return None
    rows = Health.objects.filter(site_id=site_id(), app__in=offered, failures__gte=OFTEN).order_by("app")
    return [_finding(row, offered[row.app].name) for row in rows]


def _finding(row: Health, name: Any) -> Finding:
    text = ngettext(
        "Signing in by %(name)s has failed %(number)d time in a row.",
        "Signing in by %(name)s has failed %(number)d times in a row.",
        row.failures,
    ) % {"name": name, "number": row.failures}
    url = admin_address("smo_login_health_way", row.app)
    cure = _("Its page says what went wrong, and tests it.")
    return Finding(text=text, cure=cure, where=Where(_("Sign-in"), url) if url else code_place(), severity="error")
