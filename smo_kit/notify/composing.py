"""The text of a mail, written when it goes out: a comment is told as it is then, and not if it is gone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from secrets import token_hex
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext, override

from smo_kit.comments.mentions import permalink
from smo_kit.core.addresses import absolute, base_url
from smo_kit.core.cards import Card
from smo_kit.mail.kinds import Kind, register_kind
from smo_kit.mail.letters import Letter, letter_from_templates
from smo_kit.mail.models import Mail
from smo_kit.notify import kinds
from smo_kit.notify.conf import notify_settings
from smo_kit.notify.excerpts import Excerpt, excerpt_of
from smo_kit.notify.kinds import Why
from smo_kit.notify.links import end_url, manage_url
from smo_kit.notify.mail_contents import note_told, put_off, rows_to_tell
from smo_kit.notify.mail_queue import is_digest
from smo_kit.notify.models import Delivery, Subscriber
from smo_kit.notify.page_cards import cards_of
from smo_kit.notify.thread_headers import earlier_mails, list_id, threading_of

TEMPLATES: Final = "smo_kit/notify/mail/news"


@dataclass(frozen=True, slots=True)
class Item:
    """A comment in a mail."""

    excerpt: Excerpt
    url: str
    why: str
    """A sentence: why the recipient hears of it; "" where it is that he follows the discussion."""


@dataclass(frozen=True, slots=True)
class Section:
    """Comments of one page."""

    card: Card
    url: str
    items: list[Item]
    last: Delivery
    """The one that tells of the newest comment."""


def compose(mails: Sequence[Mail]) -> dict[int, Letter]:
    """Return the letters of mails that still have something to tell.

    What nobody may see now, since its page is hidden, is left for another mail.
    """
    by_key = rows_to_tell(mails)
    writer = _Writer([row for rows in by_key.values() for row in rows])
    put_off(writer.hidden)
    letters = {mail.pk: writer.letter(mail, by_key[mail.key]) for mail in mails if mail.key in by_key}
    return {pk: letter for pk, letter in letters.items() if letter is not None}


class _Writer:
    """Writes letters; what many of them have in common is found, and written, once."""

    def __init__(self, rows: Sequence[Delivery]) -> None:
        self._earlier = earlier_mails(rows)
        self._cards = cards_of((row.discussion, _language_of(row.subscriber)) for row in rows)
        self.hidden = [row for row in rows if self._card(row) is None]
        self._items: dict[tuple[int, str, str], Item] = {}
        self._models: dict[Hashable, Letter] = {}
        self._host = urlsplit(base_url()).hostname or "localhost"
        secret = token_hex(16)  # no comment can hold it
        self._manage, self._end = (f"https://{name}.invalid/{secret}" for name in ("manage", "end"))

    def letter(self, mail: Mail, rows: Sequence[Delivery]) -> Letter | None:
        subscriber = rows[0].subscriber
        language = _language_of(subscriber)
        shown = [row for row in rows if self._card(row) is not None]
        if not shown:
            return None
        with override(language):
            return self._written(mail, subscriber, shown, self._sections(shown, language))

    def _sections(self, rows: Sequence[Delivery], language: str) -> list[Section]:
        by_discussion: dict[int, list[Delivery]] = defaultdict(list)
        for row in rows[: notify_settings().digest_items]:
            by_discussion[row.discussion_id].append(row)
        sections = []
        for some in by_discussion.values():
            if card := self._card(some[0]):
                url = absolute(card.url)
                sections.append(Section(card, url, [self._item(row, url, language) for row in some], some[-1]))
        return sections

    def _written(self, mail: Mail, subscriber: Subscriber, rows: Sequence[Delivery], sections: list[Section]) -> Letter:
        model = self._model(subscriber.language, rows, sections)
        is_about_all = is_digest(mail.key or "")
        end = end_url(subscriber, None if is_about_all else rows[0].discussion_id)
        own = {self._manage: manage_url(subscriber), self._end: end}
        return replace(
            model,
            to=mail.to,
            text=_filled(model.text, own),
            html=_filled(model.html, own),
            unsubscribe=end,
            tells=tuple(row.pk for row in rows),
            **self._threading(sections, is_about_all=is_about_all),
        )

    def _model(self, language: str, rows: Sequence[Delivery], sections: list[Section]) -> Letter:
        """Return the letter of all who are told the same; two addresses stand in it for each one's own."""
        key = (language, tuple((row.entry_id, row.why) for row in rows))
        if key not in self._models:
            context = {
                "sections": sections,
                "more": max(0, len(rows) - notify_settings().digest_items),
                "manage_url": self._manage,
                "subject": self._subject(sections),
            }
            about: dict[str, Any] = {
                "kind": kinds.NEWS,
                "language": language,
                "reason": _reason(rows),
                "unsubscribe": self._end,
            }
            self._models[key] = letter_from_templates(TEMPLATES, context, to=rows[0].subscriber.address, **about)
        return self._models[key]

    def _threading(self, sections: list[Section], *, is_about_all: bool) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        if len(sections) == 1:
            one = sections[0]
            fields = threading_of(one.last, one.card.title, one.url, self._host, self._earlier)
        if is_about_all:
            fields["list_id"] = list_id(str(kinds.NEWS_LABEL), None, self._host)
        return fields

    def _item(self, row: Delivery, page: str, language: str) -> Item:
        key = (row.entry_id, row.why, language)
        if key not in self._items:
            why = "" if row.why == Why.DISCUSSION else str(Why(row.why).label)
            self._items[key] = Item(excerpt_of(row.entry, page), absolute(permalink(row.entry_id)), why)
        return self._items[key]

    def _subject(self, sections: list[Section]) -> str:
        titles = ", ".join(section.card.title for section in sections)
        if len(sections) == 1:
            return gettext("Re: %(title)s") % {"title": titles}
        return gettext("New comments: %(titles)s") % {"titles": titles}

    def _card(self, row: Delivery) -> Card | None:
        return self._cards[row.discussion_id, _language_of(row.subscriber)]


def _language_of(subscriber: Subscriber) -> str:
    return subscriber.language or settings.LANGUAGE_CODE


def _filled(text: str, own: Mapping[str, str]) -> str:
    for stands_for, url in own.items():
        text = text.replace(stands_for, url)
    return text


def _reason(rows: Sequence[Delivery]) -> str:
    strongest = min((row.why for row in rows), key=list(Why.values).index)
    if len({row.discussion_id for row in rows}) > 1:
        return gettext("You get this because you have asked for news of comments.")
    return {
        Why.REPLY: gettext("You get this because somebody has answered you."),
        Why.MENTION: gettext("You get this because somebody speaks to you by name."),
        Why.OWN_PAGE: gettext("You get this because it is a page of yours."),
        Why.DISCUSSION: gettext("You get this because you follow this discussion."),
    }[Why(strongest)]


register_kind(
    Kind(
        id=kinds.NEWS,
        label=kinds.NEWS_LABEL,
        bounce_suppresses=True,
        compose=compose,
        note_sent=note_told,
    )
)
