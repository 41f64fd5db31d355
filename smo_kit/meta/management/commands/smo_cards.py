"""Make card images ahead: safe to run twice and to interrupt."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from smo_kit.core.progress import shown
from smo_kit.meta.image_storage import card_storage
from smo_kit.meta.prerendering import Ahead, make_ahead


class Command(BaseCommand):
    help = "Draw the card images of all public pages, in all shapes, before anybody asks for them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if card_storage() is None:
            raise CommandError("Card images are not kept: set MEDIA_ROOT, or a storage 'smo_cards' in STORAGES.")
        progress = Ahead(0)
        try:
            for progress in make_ahead():
                if not options["json"]:
                    shown(self.stderr, progress.done, progress.total)
        except KeyboardInterrupt:
            self._tell(progress, options["json"])
            raise CommandError("Interrupted. Run it again: what is made is not made again.") from None
        self._tell(progress, options["json"])
        if progress.failed:
            raise CommandError(f"{progress.failed} could not be made: the log says why.")

    def _tell(self, progress: Ahead, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(asdict(progress), ensure_ascii=False))
            return
        self.stdout.write(
            f"{progress.done} of {progress.total} objects: {progress.made} card images made, "
            f"{progress.there} were there, {progress.without_photo} of the new without their photo."
        )
        for what, pages in sorted(progress.missing.items()):
            script, _, cure = what.partition(": ")
            self.stdout.write(f"{pages} titles have {script} letters that no font has: install {cure}.")
