"""SMO: locks in the admin. What it shows and asks is in ``desk``."""

from smo_kit.lock.desk.lock_admin import LockAdmin

__all__ = ["LockAdmin"]
