"""What ``smo_sync`` does of counts: it keeps old ones by the month."""

from __future__ import annotations

from smo_kit.core.sweeps import register_sweep
from smo_kit.engagement.conf import engagement_settings
from smo_kit.engagement.folding import fold_share


def fold_old() -> int:
    """Keep counts that are older than ``daily_days`` by the month, a share at a time; return how many were folded."""
    return fold_share(engagement_settings().daily_days)


register_sweep("old counts by the day", fold_old)
