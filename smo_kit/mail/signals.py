"""What mail tells of itself."""

from __future__ import annotations

from typing import Final

from django.dispatch import Signal

# mark (str: smo_kit.mail.addresses.mark() of the address), kind (str: id of the kind), undone (bool: wants it again)
unsubscribed: Final = Signal()
