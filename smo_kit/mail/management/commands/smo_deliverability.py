"""Whether mails of the site's sender can arrive: what the DNS tells of its domain, and what is to be published."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from email.utils import parseaddr
from typing import Any
from urllib.parse import urlsplit

from django.core.management.base import BaseCommand, CommandError, CommandParser

from smo_kit.core.addresses import base_url
from smo_kit.core.emails import BadAddress, normalised
from smo_kit.mail.deliverability.findings import Finding, Level
from smo_kit.mail.deliverability.looking import look
from smo_kit.mail.deliverability.lookups import IS_INSTALLED, Lookups, Silent
from smo_kit.mail.headers import sender


class Command(BaseCommand):
    help = (
        "Ask the DNS whether MX, SPF, DKIM and DMARC of the sender's domain are as large mailbox providers demand, and "
        "say what to publish. The exit code is 1 if something required is missing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--selector", action="append", default=[], help="a DKIM key of yours (may be repeated); default: usual ones"
        )
        parser.add_argument("--nameserver", default="", metavar="HOST[:PORT]", help="default: the machine's")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if not IS_INSTALLED:
            raise CommandError("dnspython is not installed: pip install 'smo-kit[deliverability]'.")
        domain = _domain()
        try:
            findings = look(
                domain, urlsplit(base_url()).hostname or "", Lookups(options["nameserver"]), options["selector"]
            )
        except Silent as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            told = [{**asdict(one), "level": one.level.value} for one in findings]
            self.stdout.write(json.dumps({"domain": domain, "findings": told}, ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n".join(line for one in findings for line in _lines(one)))
        errors = sum(one.level is Level.ERROR for one in findings)
        if errors:
            raise CommandError(f"{domain}: {errors} required things are missing or wrong.")


def _domain() -> str:
    """Return the domain that mails are of."""
    try:
        domain = normalised(parseaddr(sender())[1]).rpartition("@")[2]
    except BadAddress as error:
        raise CommandError(f"The sender {sender()!r} is no address: {error}") from error
    if "." not in domain:
        raise CommandError(f"Mails are of {domain}, which no other machine knows. Set DEFAULT_FROM_EMAIL.")
    return domain


def _lines(finding: Finding) -> Iterator[str]:
    yield f"{finding.subject:6} {finding.level.value:8} {finding.what}"
    for text in filter(None, (finding.why, finding.cure)):
        yield f"{'':15} {text}"
