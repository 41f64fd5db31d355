"""What ``smo_sync`` brings up to date of best materials, and what it throws away when it is old; by their names."""

from smo_kit.best.deleted_pages import forget_choices_of_gone
from smo_kit.best.index.waiting import read_waiting
from smo_kit.best.order.due import sweep_orders
from smo_kit.best.scores.renewing import renew_due_scores
from smo_kit.best.told.old_weeks import forget_old_weeks
from smo_kit.core.sweeps import register_sweep

register_sweep("changed texts", read_waiting)
register_sweep("editors' choices of deleted pages", forget_choices_of_gone)
register_sweep("orders of related pages", sweep_orders)
register_sweep("scores of the best", renew_due_scores)
register_sweep("weeks of readers' choices", forget_old_weeks)
