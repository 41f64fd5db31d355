"""To whom a lock is open, and how it comes to be."""

from __future__ import annotations

from django.http import HttpRequest

from smo_kit.lock.audited import is_audit
from smo_kit.lock.refs import Ref
from smo_kit.lock.terms import Terms


def is_open(request: HttpRequest, ref: Ref, terms: Terms) -> bool:
    """Say whether who asks may read what a lock hides: it is off, he is one of those for whom it is open, or he has
    opened it.
    """
    return is_audit(request) or not terms.is_closed()
