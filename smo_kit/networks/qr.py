"""A QR code takes the page from this screen to the phone in the reader's hand."""

from django.utils.translation import gettext_lazy as _

from smo_kit.networks.network import Network

QR = Network(id="qr", name=_("QR code"), action="qr")
