"""``manage.py smo_preview URL_OR_PATH``: how networks show a page, and what is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from smo_kit.core.http import Refused
from smo_kit.core.inside import refuse_unknown_host
from smo_kit.meta.preview.gallery import document
from smo_kit.meta.preview.resolving import Preview
from smo_kit.meta.preview.services import preview_networks, previews_of_address
from smo_kit.networks.network import Network


class Command(BaseCommand):
    help = (
        "Show how a page looks when its link is posted in each network, and what is wrong with it. The page is read as "
        "each network's crawler reads it, in this process: nothing is asked over the network without --remote."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("url", metavar="URL_OR_PATH", help="an address of this site, or a path of it: /about/")
        parser.add_argument("--network", action="append", metavar="ID", help="only this network (may be repeated)")
        parser.add_argument("--remote", action="store_true", help="ask for the page over the network: any site's")
        form = parser.add_mutually_exclusive_group()
        form.add_argument("--json", action="store_true", help="print JSON")
        form.add_argument("--html", action="store_true", help="print a page that shows the previews")

    def handle(self, *args: Any, **options: Any) -> None:
        networks = _networks(options["network"] or [])
        try:
            if not options["remote"]:
                refuse_unknown_host()
            report = previews_of_address(options["url"], networks=networks, remote=options["remote"])
        except Refused as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(report.as_data(), indent=2, ensure_ascii=False))
        elif options["html"]:
            self.stdout.write(document(report))
        else:
            self.stdout.write("\n\n".join(["\n".join(_lines(one)) for one in report.previews]))


def _networks(wanted: list[str]) -> tuple[Network, ...]:
    known = {one.id: one for one in preview_networks()}
    unknown = [one for one in wanted if one not in known]
    if unknown:
        raise CommandError(f"No preview is known of {', '.join(unknown)}. There are: {', '.join(known)}.")
    return tuple(known[one] for one in wanted) or tuple(known.values())


def _lines(preview: Preview) -> Iterator[str]:
    yield f"{preview.network.name}  (as of {preview.rules.as_of}; asked as {preview.rules.agent})"
    if preview.is_bare:
        yield f"  no preview, only the link: {preview.page.url}"
    else:
        for name, words in (("title", preview.title), ("description", preview.description)):
            if words.shown:
                yield f"  {name:12} {words.shown}   [{words.field}]"
        if preview.site:
            yield f"  {'site':12} {preview.site}"
        if preview.photo:
            photo = preview.photo
            size = (
                f"{photo.width} × {photo.height}, {photo.format}, {photo.weight / 1000:.0f} kB" if photo.width else ""
            )
            yield f"  {'picture':12} {preview.size}: {photo.url}   [{', '.join(filter(None, (size or photo.state,)))}]"
    for fault in preview.faults:
        yield f"  {'!' if fault.level == 'wrong' else '-'} {fault.where}: {fault.what} {fault.cure}".rstrip()
