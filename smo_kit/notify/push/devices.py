"""The devices on which a member wants to see his notifications."""

from __future__ import annotations

from hashlib import sha256
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from smo_kit.core.http import Refused, must_be_callable
from smo_kit.core.settings import site_id
from smo_kit.notify.base64url import from_base64url
from smo_kit.notify.conf import PUBLIC_KEY
from smo_kit.notify.models import ENDPOINT_LENGTH, PushDevice
from smo_kit.notify.subscribers import subscriber_of

MOST: Final = 10
"""Devices of one member; the oldest makes room."""
SECRET: Final = 16
"""Bytes of a browser's secret (RFC 8291)."""
UNCOMPRESSED: Final = 4
"""What a public key begins with."""


class BadDevice(ValueError):
    """The browser has given what no push service could be told; the message says so to a person."""


def add_device(user: Any, *, endpoint: str, p256dh: str, auth: str, language: str = "") -> PushDevice:
    """Show a member's notifications on a device from now on, and those of nobody else there. Raises BadDevice."""
    _must_be_right(endpoint, p256dh, auth)
    with transaction.atomic():
        subscriber = subscriber_of(user, language=language)
        columns = {
            "subscriber": subscriber,
            "endpoint": endpoint,
            "p256dh": p256dh,
            "auth": auth,
            "language": language,
            "last_error": "",
        }
        device, _is_new = PushDevice.objects.update_or_create(mark=_mark(endpoint), defaults=columns)
        kept = PushDevice.objects.filter(subscriber=subscriber).order_by("-created", "-pk").values_list("pk", flat=True)
        PushDevice.objects.filter(pk__in=list(kept[MOST : 2 * MOST])).delete()
    return device


def remove_device(user: Any, endpoint: str) -> None:
    """Show a member nothing more on a device of his."""
    of_his = PushDevice.objects.filter(subscriber__user=user, subscriber__site_id=site_id())
    of_his.filter(mark=_mark(endpoint)).delete()


def _must_be_right(endpoint: str, p256dh: str, auth: str) -> None:
    try:
        if len(endpoint) > ENDPOINT_LENGTH:
            raise ValueError(len(endpoint))
        must_be_callable(endpoint)
        point, secret = from_base64url(p256dh), from_base64url(auth)
    except (Refused, ValueError) as error:
        raise BadDevice(_("This browser's push service can't be used here.")) from error
    if len(point) != PUBLIC_KEY or point[0] != UNCOMPRESSED or len(secret) != SECRET:
        raise BadDevice(_("This browser's push service can't be used here."))


def _mark(endpoint: str) -> str:
    return sha256(endpoint.encode("utf-8", "replace")).hexdigest()
