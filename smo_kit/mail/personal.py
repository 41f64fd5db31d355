"""What the outbox has of a person: mails to him."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from smo_kit.core.emails import BadAddress, normalised
from smo_kit.core.people import Erasure, Holder, Person, register_holder
from smo_kit.mail.models import Mail
from smo_kit.mail.services import erase as erase_mails

COLUMNS = ("kind", "subject", "text", "language", "reason", "state", "created", "sent")


def export(person: Person) -> dict[str, list[Any]]:
    """Return the mails to the address, sent or not."""
    try:
        address = normalised(person.address)
    except BadAddress:
        return {"mails": []}
    return {"mails": list(Mail.objects.filter(to__iexact=address).order_by("pk").values(*COLUMNS))}


def erase(person: Person, how: Erasure) -> dict[str, int]:
    """Delete them. That the address wants no mail stays known, by a mark that tells nobody the address."""
    try:
        return {"mails": erase_mails(person.address)}
    except BadAddress:
        return {"mails": 0}


register_holder(Holder(id="mail", label=_("Mail"), export=export, erase=erase))
