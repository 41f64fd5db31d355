"""Faults of downloads that ``manage.py check`` finds, each with its cure."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks

from smo_kit.lock.files.giving import front_backend, has_package
from smo_kit.lock.storage import STORAGE, files_root, is_named, public_problem

Messages = list[checks.CheckMessage]


@checks.register("smo_kit")
def files_are_private(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> Messages:
    """E811: the folder of private files is a public one."""
    problem = public_problem() if files_root() else ""
    if not problem:
        return []
    hint = f"Set SMO_KIT['LOCK']['files_root'] to a folder outside, or name a storage {STORAGE!r} in STORAGES."
    return [checks.Error(problem, hint=hint, id="smo_kit.E811")]


@checks.register("smo_kit")
def the_web_server_finds_files(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> Messages:
    """W811: SENDFILE_BACKEND is set without its package; W812: SENDFILE_ROOT is another folder."""
    if getattr(settings, "SENDFILE_BACKEND", "") and not has_package():
        text, hint = "SENDFILE_BACKEND is set, but files are sent by Django.", "Run pip install 'smo-kit[downloads]'."
        return [checks.Warning(text, hint=hint, id="smo_kit.W811")]
    if not front_backend() or is_named() or _has_files(str(getattr(settings, "SENDFILE_ROOT", ""))):
        return []
    text = f"SENDFILE_ROOT has not the folder of private files, {files_root()}, so they are sent by Django."
    return [checks.Warning(text, hint=f"SENDFILE_ROOT = {files_root()!r}", id="smo_kit.W812")]


def _has_files(root: str) -> bool:
    return bool(root) and Path(files_root()).is_relative_to(root)
