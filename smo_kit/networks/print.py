"""Print: what the reader takes home is the site's own print style."""

from django.utils.translation import gettext_lazy as _

from smo_kit.networks.network import Network

PRINT = Network(id="print", name=_("Print"), action="print")
