"""What the outbox has of a person: mails to him."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from smo_kit.core.emails import BadAddress, normalised
from smo_kit.core.people import Erasure, Holder, Person, register_holder
from smo_kit.mail.models import Mail
from smo_kit.mail.services import erase as erase_mails

COLUMNS = ("kind", "subject", "text", "language", "reason", "state", "created", "sent")


def export(person: Person) -> dict[str, list[Any]]:
    """Return the mails to his addresses, sent or not."""
    his = Q(pk__in=[])
    for address in _known(person):
        his |= Q(to__iexact=address)
    return {"mails": list(Mail.objects.filter(his).order_by("pk").values(*COLUMNS))}


def erase(person: Person, how: Erasure) -> dict[str, int]:
    """Delete them. That an address wants no mail stays known, by a mark that tells nobody the address."""
    return {"mails": sum(map(erase_mails, _known(person)))}


def _known(person: Person) -> Iterator[str]:
    """Return addresses as they stand in the outbox."""
    for address in person.addresses:
        with suppress(BadAddress):  # nothing was ever sent to it
            yield normalised(address)


register_holder(Holder(id="mail", label=_("Mail"), export=export, erase=erase))
