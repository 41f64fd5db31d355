"""What of mail grows old: bounces that no longer count."""

from smo_kit.core.sweeps import register_sweep
from smo_kit.mail.bounces import sweep_bounces

register_sweep("bounces", sweep_bounces)
