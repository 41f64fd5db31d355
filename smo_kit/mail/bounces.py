"""What becomes of an address whose mails come back, or who complains of them.

An address that does not exist gets no more mail at once, and neither does who complains. Other failures count: one
point for a soft one, two for a hard one, and four within a month are too many.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from enum import Enum
from typing import Final

from django.db import router, transaction
from django.utils import timezone

from smo_kit.core.emails import folded
from smo_kit.mail.addresses import mark, marks
from smo_kit.mail.failures import Trouble
from smo_kit.mail.models import Bounce, Mail, Suppression
from smo_kit.mail.reports import Report
from smo_kit.mail.suppression import suppress

POINTS: Final = {Trouble.SOFT: 1, Trouble.HARD: 2}
TOO_MANY: Final = 4
MEMORY: Final = dt.timedelta(days=30)
"""How long a bounce counts."""
REASONS: Final = {Trouble.COMPLAINT: "complaint", Trouble.UNSUBSCRIBED: "unsubscribed"}
"""What the list of suppressed addresses says; of all others "bounce"."""
_SAME_ID: Final = 10


class Outcome(Enum):
    """What a report has led to."""

    SUPPRESSED = "suppressed"
    COUNTED = "counted"
    KNOWN = "known"
    """It was told before, or the address gets no mail already."""
    UNKNOWN = "unknown"
    """No such mail went to that address from here: a forged report, or another program's mail."""


def mail_of(report: Report) -> Mail | None:
    """Return our mail that a report tells of: of this Message-ID, and to this very address; else None."""
    if not report.message_id:
        return None
    told = set(filter(None, map(folded, report.addresses)))
    found = Mail.objects.filter(message_id=report.message_id).only("to")[:_SAME_ID]
    return next((mail for mail in found if folded(mail.to) in told), None)


def take(report: Report, *, is_dry: bool = False) -> Outcome:
    """Draw the consequences of a report, once however often it is taken; say what they are (``is_dry``: would be)."""
    mail = mail_of(report)
    if mail is None:
        return Outcome.UNKNOWN
    if is_dry:
        return _would_be(mail.to, report)
    return heard(mail.to, report.trouble, report.said, source=report.message_id, mail=mail)


def heard(address: str, trouble: Trouble, said: str, *, source: str, mail: Mail | None = None) -> Outcome:
    """Take in what is told of an address by somebody who may. ``source`` is the same when the same is told again.

    ``mail`` says in the admin what was told of it. Raises BadAddress.
    """
    with transaction.atomic(using=router.db_for_write(Bounce)):
        if mail is not None:
            Mail.objects.filter(pk=mail.pk).update(last_error=f"{trouble.value}: {said}")
        if _gets_none(address):
            return Outcome.KNOWN
        if trouble in POINTS:
            _row, is_new = Bounce.objects.get_or_create(
                source=_source(source, address),
                defaults={"mark": mark(address), "is_hard": trouble is Trouble.HARD},
            )
            if not is_new:
                return Outcome.KNOWN
            if points(address) < TOO_MANY:
                return Outcome.COUNTED
        suppress(address, reason=REASONS.get(trouble, "bounce"))
        Bounce.objects.filter(mark__in=marks(address)).delete()
        return Outcome.SUPPRESSED


def points(address: str) -> int:
    """Return the points that an address has by now. Raises BadAddress."""
    recent = Bounce.objects.filter(mark__in=marks(address), at__gt=timezone.now() - MEMORY)
    return sum(
        POINTS[Trouble.HARD if is_hard else Trouble.SOFT] for is_hard in recent.values_list("is_hard", flat=True)
    )


def sweep_bounces() -> int:
    """Delete bounces that no longer count; return how many."""
    return Bounce.objects.filter(at__lte=timezone.now() - MEMORY).delete()[0]


def _would_be(address: str, report: Report) -> Outcome:
    if _gets_none(address) or Bounce.objects.filter(source=_source(report.message_id, address)).exists():
        return Outcome.KNOWN
    if report.trouble not in POINTS or points(address) + POINTS[report.trouble] >= TOO_MANY:
        return Outcome.SUPPRESSED
    return Outcome.COUNTED


def _gets_none(address: str) -> bool:
    return Suppression.objects.of(address).filter(kind="").exists()


def _source(text: str, address: str) -> str:
    return hashlib.sha256(f"{text}\n{mark(address)}".encode()).hexdigest()[
        : Bounce._meta.get_field("source").max_length
    ]
