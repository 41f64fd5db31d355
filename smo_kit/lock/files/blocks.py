"""What an editor can place of files. ``lock.blocks`` has it in its list."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from smo_kit.core.blocks import Block
from smo_kit.lock.files.options import download_options

FILE_BLOCKS: Final = [
    Block(
        name="download",
        label=_("Download"),
        help=_("A file that readers get after they have shared, waited, or what else you choose."),
        app="smo_kit.lock",
        tag="smo_download",
        settings=download_options,
        names=("file", "label", "ways", "networks", "rung", "wait_seconds", "days"),
    ),
]
