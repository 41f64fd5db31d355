"""What best materials do whenever ``smo_sync`` runs."""

from __future__ import annotations

from smo_kit.best.waiting import read_waiting
from smo_kit.core.sweeps import register_sweep

register_sweep("texts read for the index", read_waiting)
