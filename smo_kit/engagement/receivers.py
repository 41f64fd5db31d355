"""What a process's life has to do with the hits that it holds."""

from __future__ import annotations

import atexit
import os

from django.core.signals import setting_changed

from smo_kit.engagement.buffer import close_all, renew_all
from smo_kit.engagement.robots import is_robot


def _forget_robots(*, setting: str, **kwargs: object) -> None:
    if setting == "SMO_KIT":  # it may name networks, whose crawlers are robots
        is_robot.cache_clear()


atexit.register(close_all)
if hasattr(os, "register_at_fork"):  # not on Windows
    os.register_at_fork(after_in_child=renew_all)
setting_changed.connect(_forget_robots, dispatch_uid="smo_kit.engagement.robots")
