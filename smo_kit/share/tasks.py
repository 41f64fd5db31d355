"""The task that says "look there": whose are the addresses from which links were fetched?"""

from __future__ import annotations

from smo_kit.core.tasks import task
from smo_kit.share.verifying import verify_waiting


@task
def verify_fetches() -> int:
    """Verify what waits; return how many verdicts there were."""
    return verify_waiting()
