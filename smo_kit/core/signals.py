"""News that goes up."""

from django.dispatch import Signal

# A visitor did something for the site: viewed, shared, followed, …
# Arguments: kind: str, subject: Key, network: str, facet: str, n: int, visitor: Visitor | None.
# Sent by smo_kit.engagement.services.record().
engaged = Signal()

# Somebody has shown that he reads an address: by a link in a mail to it, or by his account. Told on commit.
# Arguments: address: str, language: str, browser: str (what stands for the browser in which he had given it, or "").
address_proved = Signal()
