"""What sign-in counts."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from smo_kit.engagement.kinds import Kind, register_kind

SIGNED_IN: Final = register_kind(Kind(id="signed_in", label=_("Signed in"), through=("login",)))
