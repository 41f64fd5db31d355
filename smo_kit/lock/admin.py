"""Locks and downloads in the admin."""

from __future__ import annotations

from smo_kit.lock.files.admin import DownloadAdmin  # noqa: F401  # its page
