"""What ``smo_sync`` does for best materials, in the order of the names."""

from smo_kit.best.due import sweep_orders
from smo_kit.best.waiting import read_waiting
from smo_kit.core.sweeps import register_sweep

register_sweep("changed texts", read_waiting)
register_sweep("orders of related pages", sweep_orders)
