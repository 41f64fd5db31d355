"""SMO: locks and downloads in the admin. What it shows and asks is in ``desk`` and ``files``."""

from smo_kit.lock.desk.lock_admin import LockAdmin
from smo_kit.lock.files.admin import DownloadAdmin

__all__ = ["DownloadAdmin", "LockAdmin"]
