"""What ``smo_sync`` does for personal links: it verifies what no task has, and forgets old fetches."""

from smo_kit.core.sweeps import register_sweep
from smo_kit.share.verifying import forget_old, verify_waiting

register_sweep("fetches of personal links", verify_waiting)
register_sweep("old fetches of personal links", forget_old)
