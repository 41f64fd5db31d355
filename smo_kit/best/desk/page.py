"""What an editor sees of one page: what is offered beside it now and why, and what is chosen by hand."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from smo_kit.best.conf import best_settings
from smo_kit.best.desk.address_field import titles_of
from smo_kit.best.models import SCALE, Choice, Curation, Neighbour, Offer, Pair, Text
from smo_kit.best.suggestions import Suggestion
from smo_kit.best.tag_names import folded
from smo_kit.core.models import CardRow
from smo_kit.core.settings import site_id
from smo_kit.core.subjects import Key


@dataclass(frozen=True, slots=True)
class Button:
    """Something that an editor can do: ``value`` is what the button sends."""

    value: str
    label: str
    kind: str


@dataclass(frozen=True, slots=True)
class Beside:
    """A page beside another, as an editor sees it."""

    page: CardRow
    verb: str = ""
    """Of the editor's choice, if there is one."""
    why: str = ""
    similarity: float = 0
    """Of the two texts, in per cent; 0: it is not known."""
    both: tuple[str, ...] = ()
    """Tags and words that both have."""
    read_together: int = 0
    shown: int = 0
    clicked: int = 0
    note: str = ""
    """Why blocks leave it out all the same."""
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True)
class Missing:
    """A choice that is not offered now, and why."""

    name: str
    address: str
    why: str
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """All that is offered beside a page, in order, and what the editor has decided."""

    row: CardRow
    text: Text | None
    curation: Curation | None = None
    offered: list[Beside] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)
    hidden: list[Missing] = field(default_factory=list)
    verbs: dict[Key, str] = field(default_factory=dict)
    """What is chosen by hand, by the subject."""

    @property
    def only(self) -> bool:
        """Whether nothing but the pinned pages is offered."""
        return bool(self.curation and self.curation.only)


def desk_of(row: CardRow) -> Desk:
    """Return what stands beside a page, in a fixed number of queries."""
    curation = Curation.objects.filter(site_id=site_id(), **row.key.fields).first()
    choices = list(Choice.objects.filter(curation=curation)) if curation else []
    verbs = {one.key: one.verb for one in choices}
    pins = [one.key for one in choices if one.verb == Choice.Verb.PIN]
    text = Text.objects.filter(card=row.pk).defer("bag").first()
    offered = _offered(row, text, verbs, pins)
    rest = [key for key in verbs if key not in {one.page.key.speaking("") for one in offered}]
    known = titles_of(rest, row.language)
    texts = Text.objects.only("offered").in_bulk([one.pk for one in known.values()])
    missing = [_missing(key, known.get(key), row, texts, pins) for key in rest if key in pins]
    hidden = [_missing(key, known.get(key), row, texts, pins) for key in rest if key not in pins]
    return Desk(row, text, curation, offered, missing, hidden, verbs)


def _offered(row: CardRow, text: Text | None, verbs: dict[Key, str], pins: list[Key]) -> list[Beside]:
    neighbours = Neighbour.objects.beside(row.key, row.language).select_related("other__smo_text")
    read, clicks = _read_together(row.key), _clicks(row.key)
    locked = best_settings().locked
    offered = []
    for one in neighbours.defer("other__smo_text__bag"):
        key = one.other.key.speaking("")
        shown, clicked = clicks.get(key, (0, 0))
        offered.append(
            Beside(
                page=one.other,
                verb=verbs.get(key, ""),
                why=Suggestion(one.other.key, one.other.as_card(), one.reason, one.detail).why,
                similarity=100 * one.similarity / SCALE,
                both=_both(row, text, one.other),
                read_together=read.get(key, 0),
                shown=shown,
                clicked=clicked,
                note="" if one.other.free or locked else _("Locked: blocks leave it out, as the settings say."),
                buttons=_buttons(key, verbs.get(key, ""), pins),
            )
        )
    return offered


def value_of(verb: str, key: Key) -> str:
    """Return what the button of a verb sends."""
    return f"{verb}:{key.content_type_id}:{key.object_pk}"


def _buttons(key: Key, verb: str, pins: list[Key]) -> tuple[Button, ...]:
    words = {"back": _("Take back")} if verb else {"pin": _("Pin"), "hide": _("Never here")}
    if verb == Choice.Verb.PIN:
        if key != pins[-1]:
            words = {"down": _("Down"), **words}
        if key != pins[0]:
            words = {"up": _("Up"), **words}
    return tuple(Button(value_of(kind, key), label, kind) for kind, label in words.items())


def _missing(key: Key, page: CardRow | None, row: CardRow, texts: dict[Any, Text], pins: list[Key]) -> Missing:
    verb = Choice.Verb.PIN if key in pins else Choice.Verb.HIDE
    buttons = _buttons(key, verb, pins)
    if page is None:
        why = _("It is not public now, or gone. It stands again where it stood as soon as it is public.")
        return Missing(_("Page %(number)s") % {"number": key.object_pk}, "", why, buttons)
    return Missing(str(page), page.url, _why_missing(page, row, texts.get(page.pk)), buttons)


def _why_missing(page: CardRow, row: CardRow, text: Text | None) -> str:
    if page.language != row.language:
        return _("It has no page in the language of this one (%(language)s).") % {"language": row.language}
    if text and not text.offered:
        return _("It is offered nowhere: see the editors' picks.")
    return _("It waits to be put in order. “manage.py smo_sync” does that.")


def _both(row: CardRow, text: Text | None, other: CardRow) -> tuple[str, ...]:
    """Return the tags, then the words that two pages have in common."""
    tags = set(map(folded, other.tags))
    common = [tag for tag in row.tags if folded(tag) in tags]
    theirs: Collection[str] = getattr(getattr(other, "smo_text", None), "words", ())
    words = [word for word in (text.words if text else ()) if word in theirs]
    return tuple(dict.fromkeys(common + words))


def _read_together(key: Key) -> dict[Key, int]:
    """Return how often each page was read before or after a subject in one tab."""
    first = Q(first_type_id=key.content_type_id, first_pk=key.object_pk)
    second = Q(second_type_id=key.content_type_id, second_pk=key.object_pk)
    rows = Pair.objects.filter(first | second, site_id=site_id())
    names = ("first_type_id", "first_pk", "second_type_id", "second_pk")
    own, found = (key.content_type_id, key.object_pk), {}
    for *both, n in rows.values_list(*names).annotate(n=Sum("n")).order_by():
        other = both[2:] if tuple(both[:2]) == own else both[:2]
        found[Key(*other)] = n
    return found


def _clicks(key: Key) -> dict[Key, tuple[int, int]]:
    """Return how often each page was (shown, followed) beside a subject."""
    rows = Offer.objects.filter(site_id=site_id(), page_type_id=key.content_type_id, page_pk=key.object_pk)
    sums = rows.values_list("shown_type_id", "shown_pk").annotate(Sum("shown"), Sum("clicked")).order_by()
    return {Key(type_id, pk): (shown, clicked) for type_id, pk, shown, clicked in sums}
