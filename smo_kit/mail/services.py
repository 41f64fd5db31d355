"""Mail starts here: one row in the outbox, written in the transaction of what it tells of. Workers send it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from smo_kit.core.chunks import CHUNK, in_chunks
from smo_kit.core.emails import BadAddress, normalised
from smo_kit.core.settings import site_id
from smo_kit.core.tasks import enqueue_on_commit
from smo_kit.mail.conf import mail_settings
from smo_kit.mail.headers import new_message_id
from smo_kit.mail.letters import Letter, letter_from_templates
from smo_kit.mail.models import Mail, State, Suppression
from smo_kit.mail.outbox import database
from smo_kit.mail.suppression import is_suppressed, lift, suppress
from smo_kit.mail.tasks import send_due
from smo_kit.mail.writing import columns_of

__all__ = [
    "BadAddress",
    "Letter",
    "erase",
    "is_suppressed",
    "letter_from_templates",
    "lift",
    "post",
    "post_many",
    "put_many",
    "recall",
    "suppress",
]


def post(letter: Letter) -> Mail | None:
    """Put a letter into the outbox, in the caller's transaction, and let a worker look there when it has come true.

    Return the mail (of a key that is there already: that one), or None if the address gets no mail of this kind.
    """
    if is_suppressed(letter.to, letter.kind):
        return None
    if letter.key and (known := Mail.objects.filter(site_id=site_id(), key=letter.key).first()):
        return known
    mail = _row(letter)
    try:
        with transaction.atomic(using=database()):
            mail.save(force_insert=True)
    except IntegrityError:
        if not letter.key:
            raise
        return Mail.objects.get(site_id=site_id(), key=letter.key)  # another process was faster
    enqueue_on_commit(send_due, mail_settings().batch, using=database())
    return mail


def post_many(letters: Iterable[Letter]) -> int:
    """Put many letters into the outbox, so many hundreds at once; return how many.

    Those whose address gets no such mail, and those whose key is there already, are left out.
    """
    put = put_many(letters)
    if put:
        enqueue_on_commit(send_due, using=database())
    return put


def put_many(letters: Iterable[Letter]) -> int:
    """Do the same without telling a worker: for a source, which one has asked."""
    return sum(map(_put_chunk, in_chunks(letters)))


def recall(keys: Sequence[str] = (), *, key_prefix: str = "") -> int:
    """Withdraw mails that have not gone out, by their keys or what these begin with; return how many.

    One that a worker holds is recalled too, unless the mail server has it already. Raises ValueError for neither.
    """
    if not keys and not key_prefix:
        raise ValueError("Say which mails: give keys, or key_prefix.")
    wanted = Q(key__in=list(keys))
    if key_prefix:
        wanted |= Q(key__startswith=key_prefix)
    unsent = Mail.objects.filter(wanted, site_id=site_id(), state__in=(State.WAITING, State.CLAIMED))
    return unsent.update(state=State.RECALLED, owner="", claimed_until=None)


def erase(address: str) -> int:
    """Delete every mail to an address, sent or not; return how many. That it wants no mail stays known."""
    return Mail.objects.filter(to__iexact=normalised(address)).delete()[0]


def _put_chunk(letters: Sequence[Letter]) -> int:
    stopped = Suppression.objects.stopping((letter.to, letter.kind) for letter in letters)
    keys = [letter.key for letter in letters if letter.key]
    known = set(Mail.objects.filter(site_id=site_id(), key__in=keys).values_list("key", flat=True)) if keys else set()
    rows: list[Mail] = []
    for letter in letters:
        if (letter.to, letter.kind) in stopped or letter.key in known:
            continue
        if letter.key:
            known.add(letter.key)
        rows.append(_row(letter))
    Mail.objects.bulk_create(rows, batch_size=CHUNK, ignore_conflicts=True)  # another process may be faster
    return len(rows)


def _row(letter: Letter) -> Mail:
    return Mail(
        **columns_of(letter),
        key=letter.key or None,
        message_id=letter.message_id or new_message_id(),
        due=letter.due or timezone.now(),
    )
