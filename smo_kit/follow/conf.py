"""Settings of the buttons that lead to the site's own accounts."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from smo_kit.core.looks import Looks
from smo_kit.core.settings import AppSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowConf(Looks):
    """``SMO_KIT["FOLLOW"]``: the looks. The accounts themselves are rows, edited in the admin."""


follow_settings = AppSettings("FOLLOW", FollowConf, _("Follow buttons"))
