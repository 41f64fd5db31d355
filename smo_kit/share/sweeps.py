"""What ``smo_sync`` does for personal links: it verifies what no task has, and throws away what is old."""

from smo_kit.core.sweeps import register_sweep
from smo_kit.share import ageing
from smo_kit.share.verifying import verify_waiting

__all__ = ["ageing"]

register_sweep("fetches of personal links", verify_waiting)
