"""What ``smo_sync`` does for best materials."""

from smo_kit.best.due import sweep_orders
from smo_kit.core.sweeps import register_sweep

register_sweep("orders of related pages", sweep_orders)
