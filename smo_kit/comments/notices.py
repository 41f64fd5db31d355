"""Mails about comments: to a guest, whether it was he who wrote; to moderators, that something waits for them."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from smo_kit.comments.conf import comments_settings
from smo_kit.comments.drafts import Draft
from smo_kit.comments.models import Entry
from smo_kit.comments.seen_text import mark_of
from smo_kit.comments.states import State
from smo_kit.core import tokens
from smo_kit.core.shown import card_of
from smo_kit.mail.kinds import Kind, register_kind
from smo_kit.mail.letters import letter_from_templates
from smo_kit.mail.links import action_url
from smo_kit.mail.models import Mail
from smo_kit.mail.services import post

CONFIRM: Final = "comments.confirm"
MODERATE: Final = "comments.moderate"
VERDICTS: Final = ("publish", "remove", "spam")
"""What a moderator can do from a mail."""


def _is_pending(mail: Mail) -> bool:
    return _in_state(mail, State.PENDING)


def _is_held(mail: Mail) -> bool:
    return _in_state(mail, State.HELD)


def _in_state(mail: Mail, state: State) -> bool:
    return Entry.objects.filter(pk=(mail.key or "").split(":")[1], state=state).exists()


TO_CONFIRM: Final = register_kind(
    Kind(
        id="comment-confirm",
        label=_("Confirmation of a comment"),
        can_unsubscribe=False,
        heeds_all=True,
        bounce_suppresses=True,
        still_wanted=_is_pending,
    )
)
TO_MODERATE: Final = register_kind(
    Kind(
        id="comment-held",
        label=_("A comment waits for a moderator"),
        can_unsubscribe=False,
        heeds_all=False,
        bounce_suppresses=False,
        still_wanted=_is_held,
    )
)


def mails_of(pk: int) -> str:
    """Return what the keys of all mails about a comment begin with: such as can be recalled with it."""
    return f"comment:{pk}:"


def ask_to_confirm(entry: Entry, draft: Draft) -> None:
    """Send a guest the link that confirms his comment. Nothing of what was written is in the mail."""
    hours = comments_settings().confirm_hours
    link = action_url("smo_comments:confirm", tokens.sign(CONFIRM, str(entry.pk)), language=draft.language)
    with override(draft.language or None):
        reason = gettext("Somebody gave this address under a comment.")
    post(
        letter_from_templates(
            "smo_kit/comments/mail/confirm",
            {"link": link, "hours": hours},
            to=draft.email,
            kind=TO_CONFIRM.id,
            language=draft.language,
            key=f"{mails_of(entry.pk)}confirm",
            reason=reason,
        )
    )


def tell_of_held(entry: Entry) -> None:
    """Tell the moderators that a comment waits for them, with links to decide; anew each time that it is held."""
    moderators = comments_settings().moderators
    if not moderators:
        return
    card = card_of(entry.discussion.key, language=entry.language)
    links = {verdict: moderation_link(entry, verdict) for verdict in VERDICTS}
    key = f"{mails_of(entry.pk)}held:{entry.actions.count()}"
    with override(entry.language or None):
        reason = gettext("You are named as a moderator in the settings of comments.")
        why = entry.why
    for number, address in enumerate(moderators):
        post(
            letter_from_templates(
                "smo_kit/comments/mail/held",
                {"entry": entry, "comment": entry.comment, "card": card, "links": links, "reasons": why},
                to=address,
                kind=TO_MODERATE.id,
                language=entry.language,
                key=f"{key}:{number}",
                reason=reason,
            )
        )


def moderation_link(entry: Entry, verdict: str) -> str:
    """Return the address of the page on which a moderator presses the button for a verdict, in the mail's language."""
    return action_url("smo_comments:decide", moderation_token(entry, verdict), language=entry.language)


def moderation_token(entry: Entry, verdict: str) -> str:
    """Return what the link says: the comment, the verdict, and a mark of the text that stands in the mail."""
    return tokens.sign(MODERATE, str(entry.pk), verdict, mark_of(entry.comment.comment))
