"""What an audit sees of the settings of what pages say of themselves."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from smo_kit.core.addresses import site_attribute
from smo_kit.core.audit import Finding, ReadSite, Verdict, audits_site
from smo_kit.core.conf import core_settings
from smo_kit.core.mending import settings_place
from smo_kit.core.sayings import gettext as _
from smo_kit.meta.conf import meta_settings


@audits_site("graph.site", gettext_lazy("The site says who it is"))
def site_says(site: ReadSite) -> Verdict:
    conf = meta_settings()
    found = []
    if not str(core_settings().site_name) and not site_attribute("name"):
        text, cure = _("The site has no name: networks show its host."), _("Write its name.")
        found.append(Finding(text=text, cure=cure, where=settings_place(core_settings)))
    if not str(conf.default_description):
        text, cure = _("Pages without a description have none at all."), _("Write one or two sentences on the site.")
        found.append(Finding(text=text, cure=cure, where=settings_place(meta_settings)))
    if not conf.logo:
        text, cure = _("Search engines are told no logo of the publisher."), _("Name a picture.")
        found.append(Finding(text=text, cure=cure, where=settings_place(meta_settings), severity="info"))
    return found
