"""What ``smo_sync`` brings up to date."""

from smo_kit.best.scores import renew_due_scores
from smo_kit.core.sweeps import register_sweep

register_sweep("scores of the best", renew_due_scores)
