"""What the spam app throws away when it is old."""

from smo_kit.core.sweeps import register_sweep
from smo_kit.spam.repeats import sweep_prints
from smo_kit.spam.services import sweep_decisions

register_sweep("fingerprints of texts", sweep_prints)
register_sweep("decisions on texts", sweep_decisions)
