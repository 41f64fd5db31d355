"""News that goes up."""

from django.dispatch import Signal

# A visitor did something for the site: viewed, shared, followed, …
# Arguments: kind: str, subject: Key, network: str, facet: str, n: int, visitor: Visitor | None.
# Sent by smo_kit.engagement.services.record().
engaged = Signal()

# Snapshots of cards were written: those that are new or changed, and others that stayed as they were.
# Argument: cards: list[tuple[Key, Card]], each key with its language; the card has its text.
# Sent by smo_kit.core.rows.renew(), within its transaction.
cards_renewed = Signal()
