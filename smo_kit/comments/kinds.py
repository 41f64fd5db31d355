"""What readers do for the site by commenting."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from smo_kit.engagement.kinds import Kind, register_kind

COMMENTED: Final = register_kind(Kind(id="commented", label=_("Commented")))
