"""What ``smo_sync`` brings up to date of best materials, and what it throws away when it is old."""

from __future__ import annotations

from smo_kit.best.due import sweep_orders
from smo_kit.best.old_weeks import forget_old_weeks
from smo_kit.best.scores import renew_due_scores
from smo_kit.best.waiting import read_waiting
from smo_kit.core.sweeps import register_sweep

register_sweep("orders of related pages", sweep_orders)
register_sweep("weeks of readers' choices", forget_old_weeks)
register_sweep("scores of the best", renew_due_scores)
register_sweep("texts read for the index", read_waiting)
