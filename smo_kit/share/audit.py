"""What an audit sees of the settings of the share buttons."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from smo_kit.core.audit import Finding, ReadSite, Verdict, audits_site
from smo_kit.core.mending import settings_place
from smo_kit.core.sayings import gettext as _
from smo_kit.networks.absent import why_absent
from smo_kit.share.conf import share_settings


@audits_site("buttons.alive", gettext_lazy("No button for a network that has died"))
def alive(site: ReadSite) -> Verdict:
    wrong = [why for one in share_settings().networks if (why := why_absent(one, "share", "action"))]
    cure, where = _("Choose the networks anew."), settings_place(share_settings)
    return [Finding(text=text, cure=cure, where=where) for text in wrong]
