"""Who has lost the link to his page asks for another: nothing that a stranger can see, or time, tells whose it is."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import get_language, gettext, override

from smo_kit.core.tasks import run_elsewhere
from smo_kit.mail.kinds import Kind, register_kind
from smo_kit.mail.letters import Letter
from smo_kit.mail.models import Mail
from smo_kit.mail.services import post, put_many
from smo_kit.notify.kinds import LINK, LINK_LABEL
from smo_kit.notify.letters import letter_to
from smo_kit.notify.links import manage_url
from smo_kit.notify.models import Subscriber


def ask_for_link(address: str) -> None:
    """Put the same row into the outbox whatever is known of an address; a worker finds out whether there is a page.

    It is not sent within the request: how long a mail server takes would tell. Raises BadAddress.
    """
    letter = Letter(to=address, kind=LINK, subject="…", language=get_language() or "")
    if run_elsewhere():
        post(letter)
    else:
        put_many([letter])


def compose(mails: Sequence[Mail]) -> dict[int, Letter]:
    """Return letters to those who have proved their address; the others get nothing."""
    letters = {}
    for mail in mails:
        subscriber = Subscriber.objects.at(mail.to).filter(confirmed_at__isnull=False).first()
        if subscriber is not None:
            with override(subscriber.language or None):
                reason = gettext(
                    "Somebody asked for this link on the site. If it was not you, do nothing: nothing changes."
                )
            letters[mail.pk] = letter_to(subscriber, "link", LINK, {"link": manage_url(subscriber)}, reason=reason)
    return letters


register_kind(Kind(id=LINK, label=LINK_LABEL, compose=compose))
