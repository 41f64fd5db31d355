"""SPF: which servers may send for a domain (RFC 7208)."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from smo_kit.mail.deliverability.findings import Finding, Level, good, txt
from smo_kit.mail.deliverability.lookups import Failed, Lookups

SUBJECT: Final = "SPF"
MOST: Final = 10
"""Terms that ask the DNS, those of included records too (4.6.4)."""
_ENOUGH: Final = 2 * MOST
"""Where counting ends, however much is included."""
_VERSION: Final = "v=spf1"
_MECHANISM: Final = re.compile(
    r"([-+~?]?)(all|include|a|mx|ptr|ip4|ip6|exists)(?::([^\s/]\S*))?((?:/\d{1,3}){0,2})", re.IGNORECASE
)
_MODIFIER: Final = re.compile(r"([a-z][a-z0-9_.-]*)=(\S*)", re.IGNORECASE)
_ASKING: Final = frozenset({"include", "a", "mx", "ptr", "exists", "redirect"})
_NEED_VALUE: Final = frozenset({"include", "exists", "ip4", "ip6"})
_WHY: Final = "Servers that get mail can't tell the site's mail from a forger's, and refuse it or put it with spam."


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a record."""

    name: str
    value: str = ""
    sign: str = "+"


def look_at_spf(domain: str, lookups: Lookups) -> Iterator[Finding]:
    """Yield what is to be said of a domain's SPF record. Raises Silent and Failed."""
    records = _records(domain, lookups)
    if len(records) != 1:
        yield _not_one(domain, records)
        return
    terms, wrong = parsed(records[0])
    for word in wrong:
        cure = "Mend or remove it; the record is worth nothing until then."
        yield Finding(SUBJECT, Level.ERROR, f"{word!r} in {records[0]!r} is not SPF.", _WHY, cure)
    if any(term.name == "ptr" for term in terms):
        why = "It is slow, and some servers do not honour it (RFC 7208, 5.5)."
        yield Finding(SUBJECT, Level.WARNING, "The record uses ptr.", why, "Name the servers by ip4:, ip6:, a or mx.")
    count = _Count(lookups)
    count.walk(domain, terms)
    yield from count.findings()
    yield from _end(terms, records[0], domain, lookups)
    if not wrong:
        yield good(SUBJECT, f"{domain}: {records[0]} ({count.number} of {MOST} lookups)")


def parsed(record: str) -> tuple[list[Term], list[str]]:
    """Return the terms of a record, and the words that are none."""
    terms: list[Term] = []
    wrong: list[str] = []
    for word in record.split()[1:]:
        term = _term(word)
        (wrong if term is None else terms).append(word if term is None else term)  # type: ignore[arg-type]
    return terms, wrong


def _term(word: str) -> Term | None:
    if found := _MECHANISM.fullmatch(word):
        sign, name, value, prefix = found[1] or "+", found[2].lower(), found[3] or "", found[4]
        if (name in _NEED_VALUE and not value) or (name == "all" and (value or prefix)):
            return None
        if name in {"ip4", "ip6"} and not _is_network(f"{value}{prefix}", int(name[2])):
            return None
        return Term(name, value, sign)
    if found := _MODIFIER.fullmatch(word):
        return Term(found[1].lower(), found[2])
    return None


def _is_network(text: str, version: int) -> bool:
    try:
        return ipaddress.ip_network(text, strict=False).version == version
    except ValueError:
        return False


def _records(domain: str, lookups: Lookups) -> list[str]:
    return [text for text in lookups.texts(domain) if text.lower().split(" ", 1)[0] == _VERSION]


def _not_one(domain: str, records: list[str]) -> Finding:
    if not records:
        cure = f"Publish {txt(domain, 'v=spf1 mx a ~all')}, with what your provider says in place of mx and a."
        return Finding(SUBJECT, Level.ERROR, f"{domain} has no SPF record.", _WHY, cure)
    words = dict.fromkeys(word for one in records for word in one.split()[1:] if word.lstrip("+-~?").lower() != "all")
    cure = f"Publish one in their place: {txt(domain, ' '.join([_VERSION, *words, '~all']))}"
    why = f"Two are as good as none (RFC 7208, 4.5). {_WHY}"
    return Finding(SUBJECT, Level.ERROR, f"{domain} has {len(records)} SPF records.", why, cure)


def _end(terms: list[Term], record: str, domain: str, lookups: Lookups) -> Iterator[Finding]:
    for _step in range(MOST):
        last = next((term for term in terms if term.name == "all"), None)
        onward = next((term.value for term in terms if term.name == "redirect"), "")
        if last or not onward or "%" in onward:
            break
        terms = [term for one in _records(onward, lookups) for term in parsed(one)[0]]
    if last is None and not onward:
        cure = f"Publish {txt(domain, f'{record} ~all')}"
        yield Finding(SUBJECT, Level.WARNING, "The record does not end in ~all or -all.", "It forbids nobody.", cure)
    elif last and last.sign in "+?":
        cure = f"Publish {txt(domain, re.sub(r'[+?]?all$', '~all', record.strip(), flags=re.IGNORECASE))}"
        level, why = (
            (Level.ERROR, "Everybody may send for you.") if last.sign == "+" else (Level.WARNING, "It forbids nobody.")
        )
        yield Finding(SUBJECT, level, f"The record ends in {last.sign}all.", why, cure)


@dataclass(slots=True)
class _Count:
    """How often a server that gets mail must ask the DNS."""

    lookups: Lookups
    number: int = 0
    empty: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    looped: list[str] = field(default_factory=list)

    def walk(self, domain: str, terms: Iterable[Term], path: tuple[str, ...] = ()) -> None:
        path = (*path, domain.lower())
        for term in terms:
            if self.number >= _ENOUGH or term.name == "all":
                return
            if term.name in _ASKING:
                self.number += 1
                if term.name in {"include", "redirect"} and "%" not in term.value:
                    self._into(term.value.rstrip("."), path)

    def _into(self, domain: str, path: tuple[str, ...]) -> None:
        if domain.lower() in path:
            self.looped.append(domain)
            return
        try:
            records = _records(domain, self.lookups)
        except Failed as error:
            self.failed.append(str(error))
            return
        if len(records) != 1:
            self.empty.append(domain)
            return
        self.walk(domain, parsed(records[0])[0], path)

    def findings(self) -> Iterator[Finding]:
        for domain in dict.fromkeys(self.empty):
            what, cure = (
                f"The record includes {domain}, which has not one SPF record.",
                "Remove that term, or ask who runs it.",
            )
            yield Finding(SUBJECT, Level.ERROR, what, "The whole record is worth nothing then.", cure)
        for domain in dict.fromkeys(self.looped):
            cure = "Remove that term."
            yield Finding(SUBJECT, Level.ERROR, f"{domain} is included by itself.", "It has no end.", cure)
        for text in dict.fromkeys(self.failed):
            yield Finding(SUBJECT, Level.WARNING, text, "Mail waits while it can't be told.", "Try again later.")
        if self.number > MOST:
            number = f"{self.number} or more" if self.number >= _ENOUGH else str(self.number)
            why = "After ten, servers stop and take the record for broken (RFC 7208, 4.6.4)."
            cure = "Remove includes of services that send no mail for you, or name their servers by ip4: and ip6:."
            yield Finding(SUBJECT, Level.ERROR, f"The record needs {number} lookups.", why, cure)
