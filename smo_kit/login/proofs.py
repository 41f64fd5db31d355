"""Which addresses are a member's: django-allauth has found out."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress

from smo_kit.core.members import register_proof


def proved(user: Any) -> list[str]:
    """Return a member's verified addresses."""
    return list(EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True))


register_proof(proved)
