"""Finding the one person behind an account and an address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from smo_kit.core import members
from smo_kit.core.emails import BadAddress, folded, in_small, normalised
from smo_kit.core.settings import site_id
from smo_kit.core.text import cut, one_line
from smo_kit.mail.addresses import mark
from smo_kit.notify.kinds import Frequency
from smo_kit.notify.models import Delivery, Subscriber, Subscription

BROWSERS: Final = 8
"""So many browsers are remembered, the last ones."""
NAME_LENGTH: Final = 40
"""Letters of an account's name that are shown."""
ON_THE_SITE: Final[Mapping[str, Any]] = {"frequency": Frequency.NEVER, "replies": True}
"""How a member begins: he finds in his list who has answered him, and gets no mail that he has not asked for."""


def is_proved(user: Any) -> bool:
    """Say whether the address of a member's account is his."""
    return members.is_proved(user, members.email_of(user))


def subscriber_of(user: Any, *, language: str = "") -> Subscriber:
    """Return a member's row, made when it is first asked for: he reads on the site what he does not get by mail."""
    known = Subscriber.objects.here().filter(user=user).first()
    if known is not None:
        return known
    with transaction.atomic():
        made, _is_new = Subscriber.objects.get_or_create(
            site_id=site_id(),
            user=user,
            defaults={**ON_THE_SITE, "language": language, "address": address_of(user)},
        )
        return prove(made) if made.address and is_proved(user) else made


def row_of(user: Any) -> Subscriber:
    """Return a member's row, or what it would be: looking at a page makes none."""
    known = Subscriber.objects.here().filter(user=user).first()
    if known is not None:
        return known
    proved = timezone.now() if is_proved(user) else None
    return Subscriber(user=user, **ON_THE_SITE, address=address_of(user), confirmed_at=proved)


def subscribers_of(user_ids: set[Any], *, language: str = "") -> list[Subscriber]:
    """Return the rows of several members; those whose account is closed hear of nothing."""
    known = Subscriber.objects.here().filter(user__in=user_ids, user__is_active=True)
    rows = {row.user_id: row for row in known}
    missing = get_user_model()._default_manager.filter(pk__in=user_ids - rows.keys(), is_active=True)
    return [*rows.values(), *(subscriber_of(user, language=language) for user in missing)]


def at_address(address: str, *, language: str = "") -> Subscriber:
    """Return the row of an address, a new one that nobody has proved yet if there is none. Raises BadAddress.

    While nobody has proved it, the language of the last one who gave it counts: it may have been a stranger before.
    """
    found, is_new = Subscriber.objects.get_or_create(
        site_id=site_id(),
        folded=in_small(address),
        defaults={"address": normalised(address), "mark": mark(address), "language": language},
    )
    if language and not is_new and found.confirmed_at is None and found.language != language:
        found.language = language
        Subscriber.objects.filter(pk=found.pk, confirmed_at__isnull=True).update(language=language)
    return found


def ended_by(pk: str, known: str) -> Subscriber | None:
    """Return whose mails a link ends: the subscriber it was made for, or who has the address of that mark by now."""
    here = Subscriber.objects.here()
    return here.filter(pk=pk).first() or (here.filter(mark=known).first() if known else None)


def account_of(subscriber: Subscriber) -> str:
    """Return the name of the account that waits for the proof of its address; "" if none does."""
    if subscriber.user is None or subscriber.confirmed_at is not None:
        return ""
    return cut(one_line(subscriber.user.get_username()), NAME_LENGTH)


def prove(subscriber: Subscriber, *, browser: str = "") -> Subscriber:
    """Take it that the address is the subscriber's; a row that the address had by itself becomes one with a member's.

    Return the row that is left. Raises Subscriber.DoesNotExist if none has the address any more.
    """
    with transaction.atomic():
        subscriber = _the_one_of(subscriber.pk, in_small(subscriber.address))
        subscriber.confirmed_at = subscriber.confirmed_at or timezone.now()
        subscriber.browsers = [*(one for one in subscriber.browsers if one != browser), *filter(None, [browser])]
        subscriber.browsers = subscriber.browsers[-BROWSERS:]
        subscriber.save()
    return subscriber


def _the_one_of(pk: int, own: str) -> Subscriber:
    """Return, locked, whose address this is: the row that claims it, with what the address had by itself."""
    both = Subscriber.objects.select_for_update().here().filter(Q(pk=pk) | Q(folded=own)).order_by("pk")
    rows = {row.pk: row for row in both}
    mine = rows.pop(pk, None)
    other = next(iter(rows.values()), None)
    if mine is None or folded(mine.address) != own:
        if other is None:
            raise Subscriber.DoesNotExist
        return other
    if other is not None and None not in {mine.user_id, other.user_id}:
        other.folded = other.confirmed_at = None  # another member's, who had it before
        other.mark, other.generation = "", other.generation + 1
        other.save(update_fields=["folded", "confirmed_at", "mark", "generation"])
    elif other is not None:
        mine = _joined(mine, other)
    mine.folded, mine.mark = own, mark(own)
    return mine


def address_of(user: Any) -> str:
    """Return the address of a member's account; "" if it is none."""
    try:
        return normalised(members.email_of(user))
    except BadAddress:
        return ""


def _joined(one: Subscriber, other: Subscriber) -> Subscriber:
    """Make two rows of the same address one, the member's; what he has set for himself counts."""
    kept, gone = (one, other) if one.user_id is not None else (other, one)
    if kept.frequency == Frequency.NEVER and gone.confirmed_at is not None:  # else anybody may have asked for it
        kept.frequency, kept.paused_until, kept.ended_at = gone.frequency, gone.paused_until, gone.ended_at
    for model, what in ((Subscription, "discussion"), (Delivery, "entry")):
        known = model.objects.filter(subscriber=kept).values(what)
        model.objects.filter(subscriber=gone).exclude(
            **{f"{what}__in": list(known.values_list(what, flat=True))}
        ).update(subscriber=kept)
    kept.browsers = [*gone.browsers, *kept.browsers]
    kept.confirmed_at = kept.confirmed_at or gone.confirmed_at
    gone.delete()
    return kept
