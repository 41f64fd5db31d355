"""Pages that links of mails lead to: a guest confirms his comment, a moderator decides on one."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from django.http import HttpRequest
from django.utils.functional import classproperty
from django.utils.translation import gettext as _

from smo_kit.comments.additions import granted
from smo_kit.comments.conf import comments_settings
from smo_kit.comments.history import BY_MAIL
from smo_kit.comments.mentions import permalink
from smo_kit.comments.models import Action, Entry
from smo_kit.comments.moderation import STATES, decide, undo
from smo_kit.comments.notices import CONFIRM, MODERATE
from smo_kit.comments.seen_text import TextChanged, mark_of
from smo_kit.comments.services import confirm
from smo_kit.comments.states import UNDO, VERDICTS, State
from smo_kit.core.converters import id_in
from smo_kit.core.durations import HOUR
from smo_kit.core.shown import card_of
from smo_kit.mail.views import ActionPage, Page

MONTH: Final = 30 * 24 * HOUR
SEEN: Final = "seen"
"""The field of the page with a mark of the text that it shows."""


class Confirm(ActionPage):
    """A guest says that it was he who wrote."""

    purpose = CONFIRM

    @classproperty
    def max_age(cls) -> int:  # noqa: N805
        return comments_settings().confirm_hours * HOUR

    def ask(self, request: HttpRequest, *parts: str) -> Page:
        entry = _entry(parts[0])
        if entry is None or entry.state != State.PENDING:
            return _what_the_guest_hears_of(entry)
        text = _("You have written a comment, and it waits for your word that it was you.")
        return Page(
            title=_("Confirm your comment"),
            text="\n\n".join(filter(None, (text, entry.comment.comment, granted(entry)))),
            button=_("Confirm"),
            on=_page_of(entry),
        )

    def act(self, request: HttpRequest, *parts: str) -> Page:
        entry = _entry(parts[0])
        if entry is not None:
            confirm(entry)
        return _what_the_guest_hears_of(entry)


class Decide(ActionPage):
    """A moderator decides on a comment, without signing in: whoever has the mail has the right."""

    purpose = MODERATE
    max_age = MONTH

    def ask(self, request: HttpRequest, *parts: str) -> Page:
        pk, verdict, seen = parts
        entry = _entry(pk)
        if entry is None:
            return _gone()
        if entry.state == STATES[verdict] or not entry.comment.comment:
            return _what_became_of(entry)
        words = {"publish": _("Publish the comment"), "remove": _("Remove the comment"), "spam": _("It is spam")}
        title, comment, now = words[verdict], entry.comment, mark_of(entry.comment.comment)
        lines = [f"{entry.author_name}: {comment.comment}"]
        if request.POST.get(SEEN, seen) != now:
            lines.insert(0, _("The text has changed since you saw it. Now it is this one."))
        if entry.state != State.HELD:
            lines.insert(0, _("Now the comment is in this state: %(state)s.") % {"state": State(entry.state).label})
        return Page(title=title, text="\n\n".join(lines), button=title, fields={SEEN: now})

    def act(self, request: HttpRequest, *parts: str) -> Page:
        pk, verdict, seen = parts
        entry = _entry(pk)
        if entry is None:
            return _gone()
        if UNDO in request.POST:
            undo(entry, note=BY_MAIL, only=id_in(request.POST[UNDO]))
            return _what_became_of(entry)
        try:
            action = decide(entry, verdict, note=BY_MAIL, seen=request.POST.get(SEEN, seen))
        except TextChanged:
            return self.ask(request, *parts)
        page = _what_became_of(entry)
        return replace(page, button=_("Undo"), fields={UNDO: str(action.pk)}) if action else page


def _entry(pk: str) -> Entry | None:
    return Entry.objects.select_related("comment", "discussion").filter(pk=pk).first()


def _page_of(entry: Entry) -> tuple[str, str] | None:
    """Return address and title of the page of a comment; None where nobody can read it."""
    card = card_of(entry.discussion.key, language=entry.language)
    return (card.url, card.title) if card else None


def _gone() -> Page:
    return Page(title=_("The comment is gone"), text=_("It was deleted meanwhile."), status=404)


def _what_became_of(entry: Entry | None) -> Page:
    if entry is None:
        return _gone()
    if entry.state == State.PUBLISHED:
        link = (permalink(entry.pk), _("Go to the comment"))
        return Page(title=_("The comment is published"), text=_("Everybody can read it now."), link=link)
    if entry.state in {State.HELD, State.PENDING}:
        return _waits()
    return Page(title=_("The comment is not published"), text=_why_not(entry))


def _what_the_guest_hears_of(entry: Entry | None) -> Page:
    """Return the same for who has written it: that the rules take it for spam is for moderators."""
    if entry is None:
        return _gone()
    is_spam_by_rule = entry.state == State.SPAM and _verb_of(entry) not in VERDICTS
    return replace(_waits() if is_spam_by_rule else _what_became_of(entry), on=_page_of(entry))


def _waits() -> Page:
    text = _("A moderator looks at it before readers do.")
    return Page(title=_("The comment waits for a moderator"), text=text)


def _why_not(entry: Entry) -> str:
    verb = _verb_of(entry)
    if verb in {*VERDICTS, UNDO}:
        return _("A moderator has decided so.")
    if verb == "taken back":
        return _("Its author has taken it back.")
    if verb == "erased":
        return _("What its author had written is erased.")
    return _("The rules take it for spam.") if entry.state == State.SPAM else _("It was removed.")


def _verb_of(entry: Entry) -> str:
    """Return by what a comment came into its state; "" if it was written into it."""
    moved = Action.objects.filter(entry=entry, after=entry.state).exclude(before=entry.state)
    return moved.order_by("-pk").values_list("verb", flat=True).first() or ""
