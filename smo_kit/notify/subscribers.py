"""Finding the one person behind an account and an address."""

from __future__ import annotations

from typing import Any, Final

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from smo_kit.core.emails import BadAddress, in_small, normalised
from smo_kit.core.settings import site_id
from smo_kit.notify.kinds import Frequency
from smo_kit.notify.models import Delivery, Subscriber, Subscription

_ADDRESSES: Final = ("account", "EmailAddress")
BROWSERS: Final = 8
"""So many browsers are remembered, the last ones."""


def folded_or_nothing(address: str) -> str:
    """Return an address as it is compared; "" for what is none."""
    try:
        return in_small(address)
    except BadAddress:
        return ""


def is_proved(user: Any) -> bool:
    """Say whether a member's address is his, as django-allauth has found out."""
    if not apps.is_installed("allauth.account") or not user.email:
        return False
    addresses: Any = apps.get_model(*_ADDRESSES)
    return bool(addresses.objects.filter(user=user, email__iexact=user.email, verified=True).exists())


def subscriber_of(user: Any, *, language: str = "") -> Subscriber:
    """Return a member's row, made when it is first asked for: he reads on the site what he does not get by mail."""
    known = Subscriber.objects.here().filter(user=user).first()
    if known is not None:
        return known
    with transaction.atomic():
        made, _is_new = Subscriber.objects.get_or_create(
            site_id=site_id(),
            user=user,
            defaults={"frequency": Frequency.NEVER, "language": language, "address": _address_of(user)},
        )
        return prove(made) if made.address and is_proved(user) else made


def subscribers_of(user_ids: set[Any], *, language: str = "") -> list[Subscriber]:
    """Return the rows of several members."""
    rows = {row.user_id: row for row in Subscriber.objects.here().filter(user__in=user_ids)}
    missing = get_user_model()._default_manager.filter(pk__in=user_ids - rows.keys(), is_active=True)
    return [*rows.values(), *(subscriber_of(user, language=language) for user in missing)]


def at_address(address: str, *, language: str = "") -> Subscriber:
    """Return the row of an address, a new one that nobody has proved yet if there is none. Raises BadAddress."""
    found, _is_new = Subscriber.objects.get_or_create(
        site_id=site_id(),
        folded=in_small(address),
        defaults={"address": normalised(address), "language": language},
    )
    return found


def prove(subscriber: Subscriber, *, browser: str = "") -> Subscriber:
    """Take it that the address is the subscriber's; a row that the address had by itself becomes one with a member's.

    Return the row that is left.
    """
    with transaction.atomic():
        own = in_small(subscriber.address)
        other = Subscriber.objects.select_for_update().at(own).exclude(pk=subscriber.pk).first()
        if other is not None:
            subscriber = _joined(subscriber, other)
        subscriber.folded = own
        subscriber.confirmed_at = subscriber.confirmed_at or timezone.now()
        subscriber.browsers = [*(one for one in subscriber.browsers if one != browser), *filter(None, [browser])]
        subscriber.browsers = subscriber.browsers[-BROWSERS:]
        subscriber.save()
    return subscriber


def address_changed(user: Any) -> None:
    """Follow a member who has another address now: it gets no mail until it is proved."""
    row = Subscriber.objects.here().filter(user=user).first()
    address = _address_of(user)
    if row is None or row.address == address:
        return
    row.address, row.folded, row.confirmed_at, row.browsers = address, None, None, []
    row.save(update_fields=["address", "folded", "confirmed_at", "browsers"])
    if address and is_proved(user):
        prove(row)


def _address_of(user: Any) -> str:
    try:
        return normalised(user.email or "")
    except BadAddress:
        return ""


def _joined(one: Subscriber, other: Subscriber) -> Subscriber:
    """Make two rows of the same address one, the member's; what he has set for himself counts."""
    kept, gone = (one, other) if one.user_id is not None else (other, one)
    if kept.frequency == Frequency.NEVER:
        kept.frequency = gone.frequency
    for model, what in ((Subscription, "discussion"), (Delivery, "entry")):
        known = model.objects.filter(subscriber=kept).values(what)
        model.objects.filter(subscriber=gone).exclude(
            **{f"{what}__in": list(known.values_list(what, flat=True))}
        ).update(subscriber=kept)
    kept.browsers = [*gone.browsers, *kept.browsers]
    kept.confirmed_at = kept.confirmed_at or gone.confirmed_at
    gone.delete()
    return kept
