"""What providers tell through django-anymail's webhooks, which it has made sure come from them.

https://anymail.dev/en/stable/sending/tracking/
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from anymail.signals import AnymailTrackingEvent, EventType, RejectReason, tracking
from django.dispatch import receiver
from django.utils import timezone

from smo_kit.core.emails import BadAddress, normalised
from smo_kit.core.events import event, event_logger
from smo_kit.mail.addresses import mark
from smo_kit.mail.bounces import Outcome, heard
from smo_kit.mail.failures import Trouble, codes_in, trouble_of
from smo_kit.mail.models import Mail, State, Suppression
from smo_kit.mail.reports import one_line
from smo_kit.mail.signals import unsubscribed

logger = event_logger(__name__)

_LATE: Final = dt.timedelta(days=7)
"""How long after a mail has gone out a provider still tells of it."""
_FOR_NOW: Final = ("transient", "soft", "temporary", "mailbox full", "mailboxfull")
_BY_EVENT: Final = {EventType.COMPLAINED: Trouble.COMPLAINT, EventType.UNSUBSCRIBED: Trouble.UNSUBSCRIBED}
_BY_REASON: Final = {
    RejectReason.INVALID: Trouble.GONE,
    RejectReason.SPAM: Trouble.COMPLAINT,
    RejectReason.UNSUBSCRIBED: Trouble.UNSUBSCRIBED,
    RejectReason.BOUNCED: Trouble.HARD,
}


def take_in(report: AnymailTrackingEvent) -> None:
    """Take in that a mail bounced, was refused, complained of, or that somebody unsubscribed at the provider."""
    trouble = trouble_in(report)
    if trouble is None:
        return
    said = one_line(report.mta_response or report.description or report.reject_reason or report.event_type)
    try:
        address = normalised(str(report.recipient or ""))
        outcome = heard(address, trouble, said, source=_source(report), mail=_last_mail_to(address))
    except BadAddress as error:
        logger.warning("A provider's %s is of no use: %s", report.event_type, error, extra=event("mail.report_useless"))
        return
    if outcome is Outcome.SUPPRESSED and trouble is Trouble.UNSUBSCRIBED:
        unsubscribed.send_robust(sender=Suppression, mark=mark(address), kind="", undone=False)


@receiver(tracking, dispatch_uid="smo_kit.mail.anymail")
def hear(sender: Any, event: AnymailTrackingEvent, **kwargs: Any) -> None:
    """Hear what a provider tells of a mail."""
    take_in(event)


def trouble_in(event: AnymailTrackingEvent) -> Trouble | None:
    """Return how bad an event is; None if it tells of nothing bad.

    What the recipient's server said goes before the provider's reason: providers call a full mailbox a bounce, too.
    A refusal for the mail's content is not the address's fault, and counts as soft.
    """
    if event.event_type in _BY_EVENT:
        return _BY_EVENT[event.event_type]
    if event.event_type not in {EventType.BOUNCED, EventType.REJECTED}:
        return None
    reason = _BY_REASON.get(event.reject_reason, Trouble.SOFT)
    if event.event_type == EventType.REJECTED:  # by the provider, for what it remembers of the address
        return Trouble.GONE if reason is Trouble.HARD else reason
    words = one_line(f"{event.mta_response or ''}; {event.description or ''}")
    if told := trouble_of(*codes_in(words)):
        return told
    if reason in {Trouble.COMPLAINT, Trouble.UNSUBSCRIBED} or any(word in words.lower() for word in _FOR_NOW):
        return Trouble.SOFT
    return reason


def _source(event: AnymailTrackingEvent) -> str:
    """Return what is the same when a provider tells the same again."""
    return f"{event.event_id or event.message_id or event.timestamp}"


def _last_mail_to(address: str) -> Mail | None:
    """Return the mail that is meant, most likely: providers name it by a number of their own.

    None if it was sent to an address with capital letters, and those are not told.
    """
    sent = Mail.objects.filter(state=State.SENT, due__gt=timezone.now() - _LATE, to__in={address, address.lower()})
    return sent.order_by("-sent").first()
