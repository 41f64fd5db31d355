"""The audit's point of contact: an app says in ``audit.py`` what it looks at, a site in its ``smo.py``.

A rule of a page yields what is wrong; it returns None where it does not apply::

    @audits("text.walls", _("No walls of text"), weight=3)
    def walls(page: ReadPage) -> Verdict:
        if not page.is_article:
            return None
        return [Finding(_("…"), cure=_("…"), where=text_place(page))]

The part of the id before the dot names the step. Docs: ``docs/apps/core.md``, "Audit".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from smo_kit.core.markup import Markup
from smo_kit.core.models import CardRow

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Severity = Literal["error", "warning", "info"]
Media = Literal["", "picture", "recording"]
"""What a page takes a target for: "" for a link."""

MARKS: Final[dict[str, float]] = {"error": 0.0, "warning": 0.5, "info": 1.0}
"""What is left of a rule's mark after the worst finding."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step of social media optimization; its weight is its part of the whole score."""

    id: str
    label: str | _StrPromise
    weight: int


STEPS: Final = (
    Step("title", _("A title that says something"), 2),
    Step("graph", _("Open Graph complete"), 3),
    Step("text", _("Structured text"), 2),
    Step("media", _("Pictures and video"), 2),
    Step("buttons", _("Share buttons"), 2),
    Step("accounts", _("Official accounts"), 1),
    Step("talk", _("Comments and subscriptions"), 2),
    Step("entry", _("Sign-in"), 1),
    Step("state", _("Nothing stale or broken"), 3),
)


@dataclass(frozen=True, slots=True)
class Where:
    """The place where something is mended: its name, and its address in the admin if it has one."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something to mend. ``info`` is worth knowing and costs nothing."""

    text: str
    cure: str
    where: Where
    severity: Severity = "warning"


Verdict: TypeAlias = Sequence[Finding] | None
"""What a rule found; empty: all is well; None: it does not apply."""


@dataclass(frozen=True, slots=True, eq=False)
class ReadPage:
    """A page as an anonymous reader gets it. ``path`` is its address without the host; ``row`` its snapshot."""

    path: str
    home: str
    """Where the site answers: scheme and host."""
    status: int
    markup: Markup
    row: CardRow | None = None
    way: tuple[str, ...] = ()
    """Addresses that led here."""
    cut: bool = False
    """True when the page is longer than what was read."""
    kind: str = "website"

    @property
    def is_article(self) -> bool:
        """Whether it is something to read, not a list or a profile."""
        return self.kind == "article"


@dataclass(slots=True)
class Seen:
    """Something that stands on several pages, and the first of them."""

    first: str
    where: Where
    """Where the first is mended."""
    pages: int = 0


@dataclass(frozen=True, slots=True)
class Broken:
    """A target inside the site that does not answer as it should; ``why`` is a sentence for a person."""

    path: str
    why: str
    seen: Seen
    media: Media = ""


@dataclass(slots=True)
class ReadSite:
    """What all pages said together; the rules of the site look at it, and at settings and installed apps."""

    pages: int = 0
    titles: dict[tuple[str, str], Seen] = field(default_factory=dict)
    """Pages by (language, title)."""
    checked: int = 0
    """Links, pictures and recordings inside the site that were looked at."""
    broken: list[Broken] = field(default_factory=list)


PageLook: TypeAlias = Callable[[ReadPage], Verdict]
SiteLook: TypeAlias = Callable[[ReadSite], Verdict]


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that is looked at. Exactly one of ``page`` and ``site`` is there."""

    id: str
    label: str | _StrPromise
    weight: int
    module: str
    page: PageLook | None = None
    site: SiteLook | None = None

    @property
    def step(self) -> str:
        """Id of the step that it belongs to."""
        return self.id.partition(".")[0]

    @property
    def is_on(self) -> bool:
        """Whether its app is installed."""
        return not self.module.startswith("smo_kit.") or apps.get_containing_app_config(self.module) is not None


_rules: Final[dict[str, Rule]] = {}


def audits(id_: str, label: str | _StrPromise, *, weight: int = 1) -> Callable[[PageLook], PageLook]:
    """Add a rule that looks at each page; one with the id of ours takes its place."""

    def add(look: PageLook) -> PageLook:
        _add(Rule(id_, label, weight, look.__module__, page=look))
        return look

    return add


def audits_site(id_: str, label: str | _StrPromise, *, weight: int = 1) -> Callable[[SiteLook], SiteLook]:
    """Add a rule that looks at the site as a whole, after its pages."""

    def add(look: SiteLook) -> SiteLook:
        _add(Rule(id_, label, weight, look.__module__, site=look))
        return look

    return add


def _add(rule: Rule) -> None:
    if rule.step not in {step.id for step in STEPS}:
        raise ValueError(f"The rule {rule.id!r} belongs to no step. There are: {', '.join(one.id for one in STEPS)}.")
    _rules[rule.id] = rule


def all_rules() -> tuple[Rule, ...]:
    """Return the rules of installed apps, in the order of the steps."""
    places = {step.id: place for place, step in enumerate(STEPS)}
    return tuple(sorted((one for one in _rules.values() if one.is_on), key=lambda one: places[one.step]))


def mark_of(findings: Sequence[Finding]) -> float:
    """Return the mark of a rule, 0 to 1: that of its worst finding."""
    return min((MARKS[one.severity] for one in findings), default=1.0)
