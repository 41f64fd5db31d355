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
from smo_kit.comments.models import Discussion, Entry
from smo_kit.comments.pages import card_of
from smo_kit.core.addresses import absolute, base_url
from smo_kit.core.cards import Card
from smo_kit.core.text import cut, one_line, plain
from smo_kit.mail.headers import new_message_id
from smo_kit.mail.kinds import Kind, register_kind
from smo_kit.mail.letters import Letter, letter_from_templates
from smo_kit.mail.models import Mail
from smo_kit.notify import kinds
from smo_kit.notify.collecting import left_part
from smo_kit.notify.conf import notify_settings
from smo_kit.notify.kinds import Why
from smo_kit.notify.links import end_url, manage_url
from smo_kit.notify.models import Delivery, Subscriber
from smo_kit.notify.telling import note_told, rows_to_tell

TEMPLATES: Final = "smo_kit/notify/mail/news"
TITLE_LENGTH: Final = 80
"""Letters of a page's title in a List-Id."""


@dataclass(frozen=True, slots=True)
class Item:
    """A comment as a mail shows it."""

    entry: Entry
    url: str
    why: str
    """A sentence: why the recipient hears of it."""


@dataclass(frozen=True, slots=True)
class Section:
    """Comments of one page."""

    card: Card
    url: str
    items: list[Item]


def compose(mails: Sequence[Mail]) -> dict[int, Letter]:
    """Return the letters of mails that still have something to tell."""
    by_key, writer = rows_to_tell(mails), _Writer()
    letters = {mail.pk: writer.letter(mail, by_key[mail.key]) for mail in mails if mail.key in by_key}
    return {pk: letter for pk, letter in letters.items() if letter is not None}


class _Writer:
    """Writes letters; what many of them have in common is found, and written, once."""

    def __init__(self) -> None:
        self._cards: dict[tuple[int, str], Card | None] = {}
        self._models: dict[Hashable, Letter] = {}
        self._base = base_url()
        secret = token_hex(16)  # no comment can hold it
        self._manage, self._end = (f"https://{name}.invalid/{secret}" for name in ("manage", "end"))

    def letter(self, mail: Mail, rows: Sequence[Delivery]) -> Letter | None:
        subscriber = rows[0].subscriber
        language = subscriber.language or settings.LANGUAGE_CODE
        with override(language):
            sections = self._sections(rows, language)
            if not sections:
                return None
            return self._written(mail, subscriber, rows, sections)

    def _sections(self, rows: Sequence[Delivery], language: str) -> list[Section]:
        most = notify_settings().digest_items
        by_discussion: dict[int, list[Delivery]] = defaultdict(list)
        for row in rows[:most]:
            by_discussion[row.discussion_id].append(row)
        sections = []
        for some in by_discussion.values():
            card = self._card(some[0].discussion, language)
            if card is not None:
                items = [Item(row.entry, self._full(permalink(row.entry_id)), str(Why(row.why).label)) for row in some]
                sections.append(Section(card, absolute(card.url), items))
        return sections

    def _written(self, mail: Mail, subscriber: Subscriber, rows: Sequence[Delivery], sections: list[Section]) -> Letter:
        single = rows[0].discussion if len(sections) == 1 else None
        model = self._model(subscriber.language, rows, sections)
        end = end_url(subscriber, single.pk if single else None)
        own = {self._manage: manage_url(subscriber), self._end: end}
        return replace(
            model,
            to=mail.to,
            text=_filled(model.text, own),
            html=_filled(model.html, own),
            unsubscribe=end,
            tells=tuple(row.pk for row in rows),
            **(self._threading(subscriber, single, rows, sections) if single else {}),
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

    def _threading(
        self, subscriber: Subscriber, discussion: Discussion, rows: Sequence[Delivery], sections: list[Section]
    ) -> dict[str, Any]:
        """Return what lets mail programs show a discussion together, and filters find it (RFC 5322, RFC 2919)."""
        host = urlsplit(self._base).hostname or "localhost"
        title = plain(one_line(sections[0].card.title)).replace('"', "'").replace("\\", "/")
        parent = rows[-1].entry.parent_id
        return {
            "thread": new_message_id(f"discussion.{discussion.pk}"),
            "in_reply_to": new_message_id(left_part(parent, subscriber)) if parent else "",
            "list_id": f'"{cut(title, TITLE_LENGTH)}" <discussion-{discussion.pk}.comments.{host}>',
            "headers": {"List-Archive": f"<{sections[0].url}>"},
        }

    def _subject(self, sections: list[Section]) -> str:
        titles = ", ".join(section.card.title for section in sections)
        if len(sections) == 1:
            return gettext("Re: %(title)s") % {"title": titles}
        return gettext("New comments: %(titles)s") % {"titles": titles}

    def _card(self, discussion: Discussion, language: str) -> Card | None:
        key = (discussion.pk, language)
        if key not in self._cards:
            self._cards[key] = card_of(discussion.key, language=discussion.language or language)
        return self._cards[key]

    def _full(self, path: str) -> str:
        return absolute(path)


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
