"""Settings of the buttons that lead to the site's own accounts, and of what networks show in our pages."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from smo_kit.core.looks import Looks
from smo_kit.core.settings import AppSettings, fixed
from smo_kit.networks.network import HOST_NAME


def _are_hosts(hosts: tuple[str, ...]) -> str:
    wrong = [host for host in hosts if not re.fullmatch(HOST_NAME, host)]
    return f"must name hosts like 'mas.to', not {wrong[0]!r}" if wrong else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowConf(Looks):
    """``SMO_KIT["FOLLOW"]``: the looks. The accounts themselves are rows, edited in the admin."""

    window_hosts: tuple[str, ...] = fixed((), check=_are_hosts)
    """Servers of networks that have many, whose windows may be loaded: ``("mas.to",)``; of others a link is shown."""


follow_settings = AppSettings("FOLLOW", FollowConf, _("Follow buttons"))
