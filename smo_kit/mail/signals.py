"""What mail tells of itself."""

from __future__ import annotations

from typing import Final

from django.dispatch import Signal

# Somebody wants no more mail of a kind, or wants it again. Arguments: mark: str (smo_kit.mail.addresses.mark() of the
# address), kind: str (id of the kind), undone: bool (he wants it again).
unsubscribed: Final = Signal()
