"""Read which addresses the robots of networks come from: what the networks publish, or a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from smo_kit.core.settings import did_you_mean
from smo_kit.networks.network import Network
from smo_kit.networks.registry import networks_that_can
from smo_kit.share.ranges import BadList, publishing, ranges_in, read_published, replace_ranges, text_of


class Command(BaseCommand):
    help = (
        "Read the addresses that networks publish as their own, by which fetches of personal links are verified. "
        "A list that can't be had, or is none, leaves the old one in force. Once a week is enough."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("network", nargs="?", default="", help="only this one; default: all that publish a list")
        parser.add_argument("file", nargs="?", type=Path, help="read its list from a file: a CIDR a line, or JSON")
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        read: dict[str, int] = {}
        wrong: dict[str, str] = {}
        for network in _wanted(options["network"], has_file=options["file"] is not None):
            try:
                read[network.id] = _read(network, options["file"])
            except BadList as error:
                wrong[network.id] = str(error)
        self._say(read, wrong, as_json=options["json"])
        if wrong:
            raise CommandError(f"The lists of {', '.join(wrong)} are as they were.")

    def _say(self, read: dict[str, int], wrong: dict[str, str], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps({"read": read, "wrong": wrong}, ensure_ascii=False))
            return
        for network_id, count in read.items():
            self.stdout.write(f"{network_id}: {count} ranges.")
        for network_id, error in wrong.items():
            self.stderr.write(f"{network_id}: {error}")


def _wanted(network_id: str, *, has_file: bool) -> list[Network]:
    crawling = {one.id: one for one in networks_that_can("crawler")}
    if not network_id:
        return [one for one in crawling.values() if publishing(one.crawler)]
    if network_id not in crawling:
        raise CommandError(f"No network {network_id!r} has a robot. {did_you_mean(network_id, crawling)}")
    network = crawling[network_id]
    if not has_file and not publishing(network.crawler):
        raise CommandError(f"{network_id} publishes no list. Name a file that has one.")
    return [network]


def _read(network: Network, file: Path | None) -> int:
    if file is None:
        return read_published(network)
    try:
        content = file.read_bytes()
    except OSError as error:
        raise BadList(str(error)) from error
    return replace_ranges(network, ranges_in(text_of(content, str(file))))
