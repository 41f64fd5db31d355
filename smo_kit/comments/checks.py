"""Faults of comments that ``manage.py check`` finds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.apps import AppConfig, apps
from django.conf import settings
from django.core import checks
from django.urls import NoReverseMatch, Resolver404, resolve, reverse

Messages = list[checks.CheckMessage]

STORAGE: Final = "django_comments_xtd"
MODEL: Final = "django_comments_xtd.models.XtdComment"


@checks.register("smo_kit")
def storage_is_stock(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> Messages:
    """E401: COMMENTS_APP is another one; E402: comments have a model of the site's own; E403: wrong order."""
    found: Messages = []
    if getattr(settings, "COMMENTS_APP", "") != STORAGE:
        hint = f"Add COMMENTS_APP = {STORAGE!r} to your settings."
        found.append(checks.Error("COMMENTS_APP does not name django-comments-xtd.", hint=hint, id="smo_kit.E401"))
    if getattr(settings, "COMMENTS_XTD_MODEL", MODEL) != MODEL:
        hint = "Remove COMMENTS_XTD_MODEL: what the suite knows of a comment stands in a table of its own beside it."
        found.append(checks.Error("COMMENTS_XTD_MODEL names another model.", hint=hint, id="smo_kit.E402"))
    if not _is_after(STORAGE, "smo_kit.comments"):
        hint = f"Put {STORAGE!r} before 'smo_kit.comments' in INSTALLED_APPS."
        text = "django-comments-xtd is made ready after smo_kit.comments, and would publish what is held."
        found.append(checks.Error(text, hint=hint, id="smo_kit.E403"))
    return found


@checks.register("smo_kit")
def addresses_are_ours(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> Messages:
    """W401: the site includes the URLs of django-comments, whose views know nothing of spam, states and limits."""
    if not getattr(settings, "ROOT_URLCONF", None):
        return []
    try:
        view = resolve(reverse("comments-post-comment")).func
    except (NoReverseMatch, Resolver404):
        return []
    if view.__module__.partition(".")[0] not in {"django_comments", STORAGE}:
        return []
    hint = 'Put include("smo_kit.comments.stock_urls") in the place of include("django_comments_xtd.urls").'
    return [checks.Warning("Comments can be posted past the suite.", hint=hint, id="smo_kit.W401")]


def _is_after(first: str, second: str) -> bool:
    names = [config.name for config in apps.get_app_configs()]
    return first not in names or second not in names or names.index(first) < names.index(second)
