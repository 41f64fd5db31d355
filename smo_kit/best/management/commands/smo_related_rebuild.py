"""Make the index of related pages anew: safe to run twice and to interrupt."""

from __future__ import annotations

import json
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from smo_kit.best.index.rebuilding import Busy, Progress, rebuild
from smo_kit.best.models import Neighbour, Text
from smo_kit.core.progress import shown


class Command(BaseCommand):
    help = "Read every public page anew and find the pages that are related to each. Goes on where it was interrupted."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")
        parser.add_argument("--fresh", action="store_true", help="begin anew where one was interrupted")

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        progress: Progress | None = None
        try:
            for progress in rebuild(fresh=options["fresh"]):
                self._show(progress, options)
        except KeyboardInterrupt as error:
            raise CommandError("Interrupted. Run it again: it goes on from here.", returncode=130) from error
        except Busy as error:
            raise CommandError(f"{error} It ends by itself; if it is dead, run this again in a minute.") from error
        self._tell(progress, time.monotonic() - began, options)

    def _show(self, progress: Progress, options: dict[str, Any]) -> None:
        if options["json"] or not self.stderr.isatty():
            return
        if progress.phase != getattr(self, "_phase", ""):
            self._phase = progress.phase
            self.stderr.write(f"{progress.phase} …")
        shown(self.stderr, min(progress.done, progress.total), progress.total)

    def _tell(self, progress: Progress | None, seconds: float, options: dict[str, Any]) -> None:
        figures = {
            "texts": Text.objects.count(),
            "neighbours": Neighbour.objects.count(),
            "waiting": Text.objects.filter(due__isnull=False).count(),
            "failed": progress.failed if progress else 0,
            "resumed": bool(progress and progress.resumed),
            "seconds": round(seconds, 1),
        }
        if options["json"]:
            self.stdout.write(json.dumps(figures))
            return
        self.stdout.write(f"{figures['texts']} texts, {figures['neighbours']} neighbours found in {seconds:.0f} s.")
        if figures["failed"]:
            self.stdout.write(f"{figures['failed']} pages could not be read: the log says why. They are tried again.")
