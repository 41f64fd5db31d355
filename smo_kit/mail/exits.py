"""Mails that wait in the outbox, and those that have gone out."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from smo_kit.core.exits import register_exit, rows_of
from smo_kit.mail.models import Mail

CURE: Final = _("The template of these mails, or the card that they show, says it. Recall those that still wait.")

register_exit("mail", lambda: rows_of(Mail.objects.all(), "subject", "text", "html"), cure=CURE)
