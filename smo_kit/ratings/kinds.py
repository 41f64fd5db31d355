"""What readers do for the site by rating."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from smo_kit.engagement.kinds import Kind, register_kind

RATED: Final = register_kind(Kind(id="rated", label=_("Rated")))
"""Counted once for each reader and subject, with what he gave first as the facet."""
