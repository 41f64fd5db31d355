"""What a form is about: a page that takes comments, or doesn't just now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from smo_kit.comments.conf import CommentsConf
from smo_kit.comments.discussions import conf_of, discussion_of, is_open
from smo_kit.comments.listing import Wanted
from smo_kit.comments.models import Discussion, Entry
from smo_kit.comments.rendering import Place
from smo_kit.comments.stock import is_stock, key_in
from smo_kit.core.addresses import base_url
from smo_kit.core.answers import language_of
from smo_kit.core.cards import Card
from smo_kit.core.refusals import Reason, Refused
from smo_kit.core.shown import card_of
from smo_kit.core.subjects import ForgedKey, Key
from smo_kit.core.way_back import GO_ON, way_back


@dataclass(frozen=True, slots=True)
class Target:
    """A page, its discussion and what this reader may do there."""

    discussion: Discussion
    card: Card
    conf: CommentsConf
    language: str

    @property
    def closed(self) -> Any:
        """Why nobody may write here; "" if he may."""
        return "" if is_open(self.discussion, self.card.published) else _("This discussion is closed.")

    def place(self, request: HttpRequest) -> Place:
        """Return how its comments are shown."""
        wanted = Wanted(discussion=self.discussion, view=self.conf.view, sort=self.conf.sort, size=self.conf.page_size)
        return Place(wanted, self.conf, self.card, self.discussion.key, not self.closed, base_url(request))


def target_of_form(request: HttpRequest, data: Mapping[str, str]) -> Target:
    """Return what a form is about that is opened or sent. Raises Refused."""
    if is_stock(data):
        return _target(request, key_in(data), language_of(data.get("l", "")))
    try:
        key = Key.unsign(data.get("o", ""))
    except ForgedKey as error:
        sentence = _("This address is not whole, or was not made here. Go back to the page and press the button again.")
        raise Refused(sentence, reason=Reason.FORGED) from error
    return _target(request, key, language_of(data.get("l", "")))


def target_of_entry(request: HttpRequest, entry: Entry) -> Target:
    """Return the page on which a comment stands. Raises Refused if this reader may not see it."""
    return _target(request, entry.discussion.key, language_of(entry.language))


def back_from(request: HttpRequest, target: Target) -> tuple[str, Any]:
    """Return where a reader goes on who has done something for a page, and what the link says."""
    then = way_back(request)
    return (then, GO_ON) if then else (f"{target.card.url}#comments", _("Back to the page"))


def _target(request: HttpRequest, key: Key, language: str) -> Target:
    card = card_of(key, language=language, request=request)
    if card is None:
        raise Refused(_("This page is not there any more."), status=HTTPStatus.NOT_FOUND)
    discussion = discussion_of(key, key.language or language)
    return Target(discussion, card, conf_of(discussion), language)
