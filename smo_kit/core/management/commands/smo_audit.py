"""Score pages, or the whole site, by the steps of social media optimization. Changes nothing but the last report."""

from __future__ import annotations

import json
from argparse import ArgumentTypeError
from collections.abc import Iterator
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from smo_kit.core.audit_runs import keep_report
from smo_kit.core.auditing import Progress, audit_pages, audit_site
from smo_kit.core.http import Refused
from smo_kit.core.inside import refuse_unknown_host
from smo_kit.core.progress import shown

SIGNS: Final = {"error": "✗", "warning": "!", "info": "i"}
BAR: Final = 20
"""Letters."""


class Command(BaseCommand):
    help = "Score pages or the whole site by the steps of social media optimization, and say where to mend what."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", nargs="*", metavar="PATH", help="a path or address of a page; default: all pages")
        parser.add_argument("--limit", type=_number, help="look at so many pages only, the newest first")
        parser.add_argument("--worst", type=_number, default=20, help="show so many of the worst pages (default: 20)")
        parser.add_argument("--min-score", type=int, default=0, help="end with 1 if the score is lower")
        parser.add_argument("--json", action="store_true", help="print the report as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            refuse_unknown_host()
            for progress in self._run(options):
                if not options["json"]:
                    shown(self.stderr, progress.done, progress.total)
        except Refused as error:
            raise CommandError(str(error)) from error
        report = progress.report or {}
        if not options["path"] and options["limit"] is None:
            keep_report(report)
        self.stdout.write(json.dumps(report, ensure_ascii=False) if options["json"] else as_text(report))
        if not report["pages"]:
            raise CommandError("No page was read. Run smo_sync first, or name a path.")
        if report["score"] < options["min_score"]:
            raise CommandError(f"The score is {report['score']}, less than {options['min_score']}.")

    def _run(self, options: dict[str, Any]) -> Iterator[Progress]:
        if options["path"]:
            return audit_pages(options["path"])
        return audit_site(limit=options["limit"], worst=options["worst"])


def _number(text: str) -> int:
    if not text.isdecimal():
        raise ArgumentTypeError("a number, 0 or more")
    return int(text)


def as_text(report: dict[str, Any]) -> str:
    """Return a report for a person."""
    lines = [_bar(step["score"], step["label"]) for step in report["steps"]]
    lines += ["", _bar(report["score"], _("Score"))]
    counted = {name: report[name] for name in ("pages", "of", "links", "seconds")}
    lines.append(_("%(pages)d of %(of)d pages and %(links)d links read in %(seconds)s s.") % counted)
    if report["site"]:
        lines += ["", _("The site"), *_findings(report["site"])]
    if report["often"]:
        lines += ["", _("Many pages"), *_findings(report["often"])]
    for page in report["worst"]:
        lines += ["", f"{page['score']:>3}  {page['path']}  {page['title']}", *_findings(page["findings"])]
    return "\n".join(lines)


def _bar(score: int, label: str) -> str:
    filled = BAR * score // 100
    return f"{score:>3}  {'█' * filled}{'░' * (BAR - filled)}  {label}"


def _findings(findings: list[dict[str, Any]]) -> list[str]:
    lines = []
    for one in findings:
        where = f"{capfirst(one['where'])} {one['url']}" if one["url"] else one["where"]
        pages = f" ({one['pages']})" if "pages" in one else ""
        lines += [f"     {SIGNS[one['severity']]} {one['text']}{pages}", f"       → {one['cure']} ({where})"]
    return lines
