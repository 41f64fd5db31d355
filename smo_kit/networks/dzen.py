"""Dzen, to be followed. It fills itself from the site's RSS."""

from django.utils.translation import gettext_lazy as _

from smo_kit.networks.network import Follow, Network

DZEN = Network(
    id="dzen",
    name=_("Dzen"),
    colour="#000000",
    hosts=("dzen.ru", "zen.yandex.ru", "zen.yandex.com"),
    follow=Follow("https://dzen.ru/{handle}", handle=r"(?a)(?:id/)?\w[\w.-]{1,63}", example="shareworthy"),
)
