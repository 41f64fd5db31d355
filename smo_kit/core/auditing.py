"""Audits pages, or the whole site: reads each page in this process, lets every rule look, counts.

The mark of a rule on a page is 1, 0.5 after a warning, 0 after an error; over the site it is the mean of the pages that
it applies to. A step's score is the weighted mean of its rules' marks, the whole the weighted mean of the steps,
each of 100. What applies nowhere is left out.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.shortcuts import resolve_url

from smo_kit.core.addresses import base_url, joined
from smo_kit.core.audit import Finding, ReadPage, ReadSite, Rule, Seen, all_rules
from smo_kit.core.audit_links import Links
from smo_kit.core.audit_report import Tally
from smo_kit.core.audits import graph, media, state, talk, text, titles  # noqa: F401  # they add their rules
from smo_kit.core.discovery import load_modules
from smo_kit.core.encodings import decoded
from smo_kit.core.events import event, event_logger
from smo_kit.core.http import Refused
from smo_kit.core.inside import is_inside, read
from smo_kit.core.markup import Markup, read_markup
from smo_kit.core.mending import text_place
from smo_kit.core.models import CardRow

logger = event_logger(__name__)

SIZE: Final = 2_000_000
"""Bytes that are read of a page."""
BROKEN_OFF: Final = 500
"""Stands for the status of a page that ends in the middle."""
CHUNK: Final = 200
"""Snapshots that are read by one query."""
TITLES: Final = 100_000
"""Titles that one run remembers."""


@dataclass(frozen=True, slots=True)
class Target:
    """A page to audit: its address, and its snapshot if it has one."""

    url: str
    row: CardRow | None = None
    is_asked_for: bool = False
    """True when somebody named it: it is not left out, whatever it says."""


@dataclass(slots=True)
class Progress:
    """How far an audit has come; ``report`` is there at the end: JSON (see ``audit_report``)."""

    total: int
    done: int = 0
    report: dict[str, Any] | None = None


def public_pages(limit: int | None = None) -> Iterator[Target]:
    """Yield every page that has a snapshot, the newest first; rows are read in chunks, each whole."""
    rows = CardRow.objects.order_by("-pk")
    seen: set[str] = set()
    left = limit
    chunk = list(rows[:CHUNK])
    while chunk and (left is None or left > 0):
        for row in chunk[:left]:
            if row.url and row.url not in seen:
                seen.add(row.url)
                yield Target(row.url, row)
        left = None if left is None else left - len(chunk)
        chunk = list(rows.filter(pk__lt=chunk[-1].pk)[:CHUNK])


def pages_at(paths: Iterable[str], home: str) -> list[Target]:
    """Return the pages at these paths or addresses. Raises Refused for an address of another site."""
    found = []
    for path in paths:
        url = joined(f"{home}/", path)
        if not is_inside(url, home):
            raise Refused(f"{path} is no address of this site, {home}.")
        short = url.removeprefix(home)
        row = CardRow.objects.filter(url__in={short, url}).order_by("pk").first()
        found.append(Target(url, row, is_asked_for=True))
    return found


def audit_site(
    *, limit: int | None = None, seconds: float | None = None, home: str = "", worst: int = 20
) -> Iterator[Progress]:
    """Audit all public pages, and what is true of the site; stop looking after so many seconds.

    ``home`` says where the site is known to answer: scheme and host; default: as ``base_url`` says without a request.
    """
    there = CardRow.objects.count()
    run = _Run(public_pages(limit), there if limit is None else min(limit, there), of=there, worst=worst)
    return run.progress(home or base_url(), all_rules_loaded(), seconds)


def audit_pages(paths: Iterable[str], *, seconds: float | None = None, home: str = "") -> Iterator[Progress]:
    """Audit these pages and what they link to. Raises Refused for an address of another site."""
    home = home or base_url()
    targets = pages_at(paths, home)
    rules = tuple(one for one in all_rules_loaded() if one.page or one.step == "state")
    return _Run(targets, len(targets), of=len(targets), worst=len(targets)).progress(home, rules, seconds)


@dataclass(slots=True)
class _Run:
    """One audit under way."""

    targets: Iterable[Target]
    total: int
    of: int
    worst: int
    site: ReadSite = field(default_factory=ReadSite)
    is_cut: bool = False
    """True when its time ran out."""

    def progress(self, home: str, rules: tuple[Rule, ...], seconds: float | None) -> Iterator[Progress]:
        """Read and judge; the last progress has the report."""
        started = time.monotonic()
        end = started + seconds if seconds is not None else float("inf")
        tally, links, progress = Tally(rules, self.worst), Links(home), Progress(self.total + 1)
        yield from self._pages(home, rules, tally, links, progress, end)
        yield from self._links(links, progress, end)
        tally.add_site([(rule, rule.site, self.site) for rule in rules if rule.site], _asked)
        is_complete = not self.is_cut and self.total == self.of and not links.forgotten
        spent = time.monotonic() - started
        progress.report = tally.report(of=self.of, seconds=spent, links=links.checked, is_complete=is_complete)
        progress.done = progress.total
        yield progress

    def _pages(
        self, home: str, rules: tuple[Rule, ...], tally: Tally, links: Links, progress: Progress, end: float
    ) -> Iterator[Progress]:
        for target in self.targets:
            if self._is_over(end):
                return
            page = read_page(target, home)
            if page is None:
                tally.skipped += 1
            else:
                tally.add_page(page, _looked_at(page, rules))
                _gather(page, self.site, links)
            progress.done = min(progress.done + 1, self.total)
            progress.total = self.total + links.left + 1
            yield progress

    def _links(self, links: Links, progress: Progress, end: float) -> Iterator[Progress]:
        progress.done = self.total
        for broken in links.broken():
            if broken:
                self.site.broken.append(broken)
            self.site.checked = links.checked
            progress.done += 1
            yield progress
            if self._is_over(end):
                return

    def _is_over(self, end: float) -> bool:
        self.is_cut = self.is_cut or time.monotonic() > end
        return self.is_cut


def read_page(target: Target, home: str) -> ReadPage | None:
    """Read a page; None for what is no page of this site, no HTML, or not for robots, unless somebody asked for it.

    Raises Refused when somebody asked for what is no HTML.
    """
    try:
        answer = read(target.url, home=home, size=SIZE)
    except Refused:
        return None
    except Exception:  # the site's own code, in the middle of a page that it streams
        logger.info("%s breaks off.", target.url, exc_info=True, extra=event("core.page_broke_off"))
        return ReadPage(target.url.removeprefix(home), home, BROKEN_OFF, Markup(), target.row)
    content_type = answer.headers.get("content-type", "")
    is_html = "html" in content_type
    if not is_html and answer.status == 200 and target.is_asked_for:
        raise Refused(f"{target.url} is no HTML page.")
    markup = read_markup(decoded(answer.body, content_type)) if is_html and answer.status == 200 else Markup()
    path = urljoin(f"{home}/", target.url).removeprefix(home) or "/"
    is_left_out = answer.status == 200 and (not is_html or markup.is_hidden or _is_login(path))
    if is_left_out and not target.is_asked_for:
        return None
    kind = target.row.kind if target.row else markup.metas.get("og:type", "website")
    return ReadPage(path, home, answer.status, markup, target.row, answer.way, answer.cut, kind)


def all_rules_loaded() -> tuple[Rule, ...]:
    """Return the rules of the core and of every installed app of the suite; sites add theirs in ``smo.py``."""
    load_modules("audit")
    return all_rules()


def _looked_at(page: ReadPage, rules: tuple[Rule, ...]) -> list[tuple[Rule, list[Finding]]]:
    answers = page.status == 200
    asked = [rule for rule in rules if rule.page and (answers or rule.id == "state.answers")]
    found = ((rule, _asked(rule, rule.page, page)) for rule in asked)
    return [(rule, findings) for rule, findings in found if findings is not None]


def _asked(rule: Rule, look: Any, thing: ReadPage | ReadSite) -> list[Finding] | None:
    """Return what a rule says; None too when it breaks, so that one bad rule spoils no audit."""
    try:
        findings = look(thing)
    except Exception:
        logger.exception(
            "The audit's rule %s breaks on %s, and is left out there.",
            rule.id,
            getattr(thing, "path", ""),
            extra=event("core.rule_broke", rule=rule.id),
        )
        return None
    return None if findings is None else list(findings)


def _gather(page: ReadPage, site: ReadSite, links: Links) -> None:
    where = text_place(page)
    site.pages += 1
    links.note(page, where)
    title = titles.shared_title(page)
    key = (page.markup.language, title)
    if title and (key in site.titles or len(site.titles) < TITLES):
        site.titles.setdefault(key, Seen(page.path, where)).pages += 1


def _is_login(path: str) -> bool:
    return urlsplit(path).path == urlsplit(resolve_url(settings.LOGIN_URL)).path
