"""The apps of the suite: what each needs and which tags it brings."""

from __future__ import annotations

from django.apps import AppConfig, apps

from smo_kit.core.templatetags.smo import TAGS

from .words import table

HEADS = ("app", "needs", "its tags")


def apps_markdown() -> str:
    """Return a table of the apps in the order in which they can be installed."""
    ours = [one for one in apps.get_app_configs() if one.name.startswith("smo_kit.")]
    ours.sort(key=lambda one: (len(_all_needs(one.name)), one.name))
    return table(HEADS, [_row(one) for one in ours])


def _row(app: AppConfig) -> tuple[str, str, str]:
    page = app.name.rpartition(".")[2]
    needs = ", ".join(f"`{one}`" for one in getattr(app, "needs", ()))
    tags = ", ".join(f"`{{% {one} %}}`" for one in TAGS.get(app.name, ()))
    return f"[`{app.name}`](apps/{page}.md)", needs, tags


def _all_needs(name: str) -> set[str]:
    config = next((one for one in apps.get_app_configs() if one.name == name), None)
    direct = set(getattr(config, "needs", ()))
    return direct.union(*map(_all_needs, direct))
