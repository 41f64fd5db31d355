"""Copy the link: the most used share button there is, and the one that no network sees."""

from django.utils.translation import gettext_lazy as _

from smo_kit.networks.network import Network

COPY = Network(id="copy", name=_("Copy link"), action="copy")
