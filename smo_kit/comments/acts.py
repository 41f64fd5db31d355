"""What a moderator's buttons do, and what he is told of it: each decision with a button that takes it back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from smo_kit.comments.desk import VERBS
from smo_kit.comments.models import Action, Entry
from smo_kit.comments.moderation import PERSON, STATES, decide, judge_person, look_alikes, pin, undo
from smo_kit.comments.seen_text import TextChanged
from smo_kit.comments.states import UNDO, State
from smo_kit.core.converters import id_in
from smo_kit.core.settings import site_id

SAID: Final = {
    "trust": gettext_lazy("The author is trusted from now on."),
    "distrust": gettext_lazy("The author is trusted no more."),
    "ban": gettext_lazy("The author is banned: what he writes goes to spam."),
    "unban": gettext_lazy("The author is banned no more."),
    "pin": gettext_lazy("The comment is pinned: it comes before all others."),
    "unpin": gettext_lazy("The comment is pinned no more."),
}
MEMBERS_ALONE: Final = gettext_lazy("Only members can be trusted: anybody may type the address of a guest.")
EXCERPT: Final = 40


class Desk:
    """One moderator's request. ``alike_url`` gives the address of a comment's look-alikes by its id."""

    def __init__(self, request: HttpRequest, entries: QuerySet[Entry], alike_url: Callable[[int], str]) -> None:
        self.request = request
        self.entries = entries
        self.alike_url = alike_url

    def act(self, value: str) -> None:
        """Do what a button says: ``verb:comment[:state:mark of the text]``, both those that it was pressed for, or
        ``undo:action[-last action]``.
        """
        verb, _colon, rest = value.partition(":")
        if verb == UNDO:
            self._undo(rest)
            return
        pk, state, seen, *_more = f"{rest}::".split(":")
        entry = self.entries.filter(pk=id_in(pk)).first()
        if entry is None or verb not in {*STATES, *SAID}:
            self._say(_("The comment is not there any more."), messages.ERROR)
        elif state and state != entry.state:
            now = State(entry.state).label
            self._say(_("Somebody was faster: the comment is now “%(state)s”.") % {"state": now}, messages.WARNING)
        elif verb in STATES:
            self.decide_all(verb, [entry], {entry.pk: seen})
        else:
            self._say_of(entry, verb)

    def decide_all(self, verdict: str, entries: Iterable[Entry], seen: Mapping[int, str] | None = None) -> None:
        """Carry out a verdict on each comment, and offer to take all back.

        ``seen`` has the marks of the texts that the moderator had before him, by comment: what has another text by now
        is left as it is. What is not named there was chosen unseen.
        """
        asked = [entry for entry in entries if entry.state != STATES[verdict] or verdict == "publish"]
        decided, actions, changed = self._decided(verdict, asked, seen or {})
        if changed:
            text = ngettext(
                "The text has changed since you saw it: nothing was done. Please look at it once more.",
                "%(n)s texts have changed since you saw them: nothing was done there. Please look at them once more.",
                changed,
            )
            self._say(text % {"n": changed}, messages.WARNING)
        if actions:
            self._say_what_was_done(verdict, decided, actions)
        elif not changed:
            self._say(_("Nothing was to be changed."), messages.WARNING)

    def _decided(
        self, verdict: str, entries: list[Entry], seen: Mapping[int, str]
    ) -> tuple[list[Entry], list[Action], int]:
        """Return what was decided, what was written down of it, and how many have another text by now."""
        decided, actions, changed = [], [], 0
        for entry in entries:
            try:
                action = decide(entry, verdict, user=self.request.user, seen=seen.get(entry.pk, ""))
            except TextChanged:
                changed += 1
                continue
            if action:
                decided.append(entry)
                actions.append(action)
        return decided, actions, changed

    def _say_what_was_done(self, verdict: str, decided: list[Entry], actions: list[Action]) -> None:
        text = _about(decided[0], verdict) if len(actions) == 1 else _about_many(len(actions), verdict)
        parts = [format_html("{}", text), _undo_button(f"{actions[0].pk}-{actions[-1].pk}")]
        if verdict == "spam" and (offer := self._offer(decided)):
            parts.append(offer)
        self._say(format_html_join(" ", "{}", ((part,) for part in parts)))

    def judge_authors(self, word: str, entries: Iterable[Entry]) -> None:
        """Trust or ban the author of each comment; who has no account can't be trusted."""
        able = [entry for entry in entries if word != "trust" or entry.comment.user_id is not None]
        if not able:
            self._say(str(MEMBERS_ALONE), messages.ERROR)
            return
        first_of_each = {entry.person or str(entry.pk): entry for entry in reversed(able)}
        for entry in first_of_each.values():
            judge_person(entry, word, user=self.request.user)
        n = len(first_of_each)
        sentence = {
            "trust": ngettext("%(n)s author is trusted from now on.", "%(n)s authors are trusted from now on.", n),
            "ban": ngettext("%(n)s author is banned.", "%(n)s authors are banned.", n),
        }[word]
        self._say(sentence % {"n": n})

    def _say_of(self, entry: Entry, verb: str) -> None:
        if verb == "trust" and entry.comment.user_id is None:
            self._say(str(MEMBERS_ALONE), messages.ERROR)
            return
        if verb in PERSON:
            judge_person(entry, verb, user=self.request.user)
        elif not pin(entry, user=self.request.user, yes=verb == "pin"):
            self._say(_("Only a published comment that answers no other can be pinned."), messages.ERROR)
            return
        self._say(str(SAID[verb]))

    def _undo(self, span: str) -> None:
        first, _dash, last = (id_in(part) for part in span.partition("-"))
        actions = Action.objects.of_site(site_id()).filter(verb__in=STATES)
        if last and last != first:
            actions = actions.filter(pk__range=(first, last), user=self.request.user.pk)
        else:
            actions = actions.filter(pk=first)
        rows = list(actions.select_related("entry__comment__user", "entry__discussion").order_by("-pk"))
        n = sum(undo(action.entry, user=self.request.user, only=action.pk) for action in rows)
        if n:
            self._say(ngettext("%(n)s decision is taken back.", "%(n)s decisions are taken back.", n) % {"n": n})
        else:
            text = _("That can't be taken back any more: something else has happened to the comment since.")
            self._say(text, messages.WARNING)

    def _offer(self, entries: list[Entry]) -> SafeString | None:
        """Return a link to the look-alikes of what was marked as spam, if there are some."""
        for entry in entries:
            if n := len(look_alikes(entry)):
                text = ngettext(
                    "%(n)s comment looks like it: mark it too?", "%(n)s comments look like it: mark them too?", n
                )
                return format_html('<a class="smo-alike" href="{}">{}</a>', self.alike_url(entry.pk), text % {"n": n})
        return None

    def _say(self, text: str, level: int = messages.SUCCESS) -> None:
        messages.add_message(self.request, level, text)


def _about(entry: Entry, verdict: str) -> str:
    words = Truncator(" ".join(entry.comment.comment.split())).chars(EXCERPT)
    said = {"name": entry.author_name, "words": words, "what": VERBS[verdict]}
    return _("%(name)s: “%(words)s” — %(what)s.") % said


def _about_many(n: int, verdict: str) -> str:
    return ngettext("%(n)s comment: %(what)s.", "%(n)s comments: %(what)s.", n) % {"n": n, "what": VERBS[verdict]}


def _undo_button(span: str) -> SafeString:
    return format_html(
        '<button type="submit" form="smo-act" name="smo_do" value="{}:{}" class="smo-undo">{}</button>',
        UNDO,
        span,
        _("Undo"),
    )
