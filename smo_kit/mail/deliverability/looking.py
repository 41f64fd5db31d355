"""Looks at all that the DNS tells of a domain that mail is sent from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Final

from smo_kit.mail.deliverability.dkim import SUBJECT as DKIM
from smo_kit.mail.deliverability.dkim import look_at_dkim
from smo_kit.mail.deliverability.dmarc import SUBJECT as DMARC
from smo_kit.mail.deliverability.dmarc import look_at_dmarc
from smo_kit.mail.deliverability.findings import Finding, Level, good
from smo_kit.mail.deliverability.lookups import Failed, Lookups
from smo_kit.mail.deliverability.spf import SUBJECT as SPF
from smo_kit.mail.deliverability.spf import look_at_spf

MX: Final = "MX"
SITE: Final = "site"
_NULL_MX: Final = "0 ."


def look(domain: str, host: str, lookups: Lookups, selectors: Sequence[str] = ()) -> list[Finding]:
    """Return what is well with a sender's domain and what is not; ``host`` is where the links in its mails lead.

    Raises Silent when no name server answers.
    """
    parts = {
        MX: _look_at_mx(domain, lookups),
        SPF: look_at_spf(domain, lookups),
        DKIM: look_at_dkim(domain, selectors, lookups),
        DMARC: look_at_dmarc(domain, lookups),
        SITE: _look_at_site(domain, host),
    }
    return list(chain.from_iterable(_as_far_as_told(subject, part) for subject, part in parts.items()))


def _as_far_as_told(subject: str, findings: Iterable[Finding]) -> Iterator[Finding]:
    try:
        yield from findings
    except Failed as error:
        cure = "Ask who runs the zone, and try again."
        yield Finding(subject, Level.ERROR, str(error), "Others can't look it up either.", cure)


def _look_at_mx(domain: str, lookups: Lookups) -> Iterator[Finding]:
    servers = lookups.records(domain, "MX")
    publish = f"Publish {domain}. IN MX 10 <the server that takes its mail>."
    why = "Answers and bounces can't arrive, and many servers refuse a sender that can't be answered."
    if servers == [_NULL_MX]:
        yield Finding(MX, Level.ERROR, f"{domain} says that it takes no mail (RFC 7505).", why, publish)
    elif servers:
        yield good(MX, f"{domain}: {', '.join(sorted(servers))}")
    elif addresses := [*lookups.records(domain, "A"), *lookups.records(domain, "AAAA")]:
        yield good(MX, f"{domain} has no MX; mail goes to {', '.join(addresses)}")
    else:
        yield Finding(MX, Level.ERROR, f"{domain} has neither MX nor A.", why, publish)


def _look_at_site(domain: str, host: str) -> Iterator[Finding]:
    if domain.split(".")[-2:] == host.lower().split(".")[-2:]:
        yield good(SITE, f"mails are of {domain}, their links lead to {host}")
        return
    why = "Links to another domain than the sender's look like a fraud to filters and readers."
    cure = f"Send from an address of {host}, or set base_url in SMO_KIT['CORE'] to the site's address at {domain}."
    yield Finding(SITE, Level.WARNING, f"Mails are of {domain}, but their links lead to {host}.", why, cure)
