"""What an editor can place of locks."""

from __future__ import annotations

from smo_kit.lock.files.blocks import FILE_BLOCKS

BLOCKS = [*FILE_BLOCKS]
