"""Look for what locks hide wherever anybody can read. Changes nothing."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from smo_kit.core.addresses import base_url
from smo_kit.core.http import Refused
from smo_kit.core.inside import refuse_unknown_host
from smo_kit.core.progress import shown
from smo_kit.lock.leaks.auditing import Audit, Report


class Command(BaseCommand):
    help = "Look for what locks hide at every exit of the site; end with 1 if it is found anywhere."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print the report as JSON")
        parser.add_argument("--limit", type=int, help="begin at so many public pages only, the newest first")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            refuse_unknown_host()
        except Refused as error:
            raise CommandError(str(error)) from error
        report = Report()
        for progress in Audit(base_url(), options["limit"]).run():
            report = progress.report or report
            if not options["json"]:
                shown(self.stderr, progress.done, progress.total)
        as_json = options["json"]
        self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False) if as_json else as_text(report))
        if report.leaks:
            n = len(report.leaks)
            raise CommandError(ngettext("%(n)d leak.", "%(n)d leaks.", n) % {"n": n})


def as_text(report: Report) -> str:
    """Return a report for a person."""
    lines = []
    for leak in report.leaks:
        language = f" [{leak.language}]" if leak.language else ""
        lines += [f"✗ {leak.lock}{language} {leak.page}", f"    {leak.exit}: {leak.where} ({leak.place})"]
        lines += [f"    “{leak.words}”", f"    → {leak.cure}", ""]
    for one in report.unopened:
        lines.append(f"! {one['lock']} [{one['language']}] {one['page']} ({one['source']}): {one['why']}")
    lines += [f"! {one['what']}: {one['why']}" for one in report.unread]
    if not report.is_complete:
        lines.append("! " + _("The site has more addresses than one run reads. These were looked at first."))
    counted = {"locks": report.locks, "pages": report.pages, "texts": report.texts}
    said = _("%(locks)d hidden parts were looked for on %(pages)d pages and in %(texts)d other texts.") % counted
    is_well = report.is_complete and not (report.leaks or report.unopened or report.unread)
    return "\n".join([*lines, said, *([_("Nothing was found.")] if is_well else [])])
