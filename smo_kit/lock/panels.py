"""What a member's own page shows of locks: his files."""

from __future__ import annotations

from smo_kit.lock.files import panel  # noqa: F401  # it registers itself
