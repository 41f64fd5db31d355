"""What a process's life has to do with the hits that it holds."""

from __future__ import annotations

import atexit
import os

from django.core.signals import setting_changed

from smo_kit.engagement.robots import is_robot
from smo_kit.engagement.services import buffer


def _forget_robots(*, setting: str, **kwargs: object) -> None:
    if setting == "SMO_KIT":  # it may name networks, whose crawlers are robots
        is_robot.cache_clear()


atexit.register(buffer.close)
if hasattr(os, "register_at_fork"):  # not on Windows
    os.register_at_fork(after_in_child=buffer.renew)
setting_changed.connect(_forget_robots, dispatch_uid="smo_kit.engagement.robots")
