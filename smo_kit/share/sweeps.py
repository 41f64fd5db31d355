"""What ``smo_sync`` brings up to date of personal links, and what it throws away when it is old."""

from smo_kit.share import ageing

__all__ = ["ageing"]
