"""The source ``view``: the page is made once more, and only what the lock hides is kept of it."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest
from django.utils.safestring import SafeString

from smo_kit.core.events import event, event_logger
from smo_kit.lock.again import close_files, run_again
from smo_kit.lock.private_run import token_back
from smo_kit.lock.refs import Ref
from smo_kit.lock.sources import Gone
from smo_kit.lock.wanted import found

logger = event_logger(__name__)

CURE: Final = "hide a field of an object, field=…, or let the view answer as a whole."


def part_of_view(request: HttpRequest, ref: Ref) -> SafeString:
    """Return what the lock hides on its page, as the page is for who asks. Raises Gone, Elsewhere."""
    run, response = run_again(request, ref)
    close_files(response)
    part = found(run)
    if part is None:
        if response.streaming:
            logger.error(
                "%s is streamed, so what its lock %s hides can't be found: %s",
                ref.where,
                ref.name,
                CURE,
                extra=event("lock.source_streamed", lock=ref.name),
            )
        raise Gone(ref.where)
    token_back(run, request)
    return part
