"""News of personal links."""

from django.dispatch import Signal

# Somebody went to a network by a button with a personal link. Sent before the answer; nothing is written yet but the
# link itself. Arguments: link: PersonalLink, visitor: Visitor, request: HttpRequest (a GET of smo_share:out).
went_out = Signal()

# A link has come to a rung on which it was not since its sharer last went out. Sent on commit.
# Arguments: link: PersonalLink, rung: Rung.
rung_reached = Signal()
