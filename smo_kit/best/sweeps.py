"""What best materials throw away when it is old."""

from smo_kit.best.old_weeks import forget_old_weeks
from smo_kit.core.sweeps import register_sweep

register_sweep("weeks of readers' choices", forget_old_weeks)
