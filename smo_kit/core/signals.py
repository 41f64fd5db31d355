"""News that goes up."""

from django.dispatch import Signal

# A visitor did something for the site: viewed, shared, followed, …
# Arguments: kind: str, subject: Key, network: str, facet: str, n: int, visitor: Visitor | None.
# Sent by smo_kit.engagement.services.record().
engaged = Signal()
