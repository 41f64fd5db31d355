"""The permissions of Django that the suite's tables bring along."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import AppConfig, apps
from django.contrib.auth import get_permission_codename
from django.utils.translation import override

from .words import table

HEADS = ("permission", "of what", "what it lets somebody do")
VERBS = {"add": "add", "change": "change", "delete": "delete", "view": "see"}


def permissions_markdown() -> str:
    """Return a table for each app whose tables have permissions."""
    with override("en"):
        ours = [one for one in apps.get_app_configs() if one.name.startswith("smo_kit.")]
        parts = [(one.name, list(_rows(one))) for one in sorted(ours, key=lambda one: one.name)]
        return "\n\n".join(f"## `{name}`\n\n{table(HEADS, rows)}" for name, rows in parts if rows)


def _rows(app: AppConfig) -> Iterator[tuple[str, str, str]]:
    for model in app.get_models(include_auto_created=False):
        meta = model._meta
        for action in () if meta.proxy and not meta.default_permissions else meta.default_permissions:
            code = get_permission_codename(action, meta)
            yield f"`{app.label}.{code}`", str(meta.verbose_name), VERBS.get(action, action)
        for code, name in meta.permissions:
            yield f"`{app.label}.{code}`", str(meta.verbose_name), str(name)
