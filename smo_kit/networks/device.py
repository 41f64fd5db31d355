"""The device's own share sheet (Web Share): every application the reader has, unknown to the site."""

from django.utils.translation import gettext_lazy as _

from smo_kit.networks.network import Network

DEVICE = Network(id="device", name=_("Share…"), action="device")
