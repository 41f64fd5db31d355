"""What the spam app throws away when it is old."""

from smo_kit.core.sweeps import register_sweep
from smo_kit.spam.repeats import sweep

register_sweep("fingerprints of texts", sweep)
