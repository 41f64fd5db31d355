"""Whose visits count: those of readers, not of robots nor of those who make the page."""

from __future__ import annotations

from typing import Any, Final

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest

from smo_kit.core.subjects import Key
from smo_kit.engagement.robots import is_early, is_robot

AGENT_LENGTH: Final = 512
"""Letters of a User-Agent that are looked at, and remembered for a while."""


def is_visit(request: HttpRequest, key: Key | None) -> bool:
    """Say whether what is asked for counts as a reader's act for this subject; None: for a page without one."""
    user_agent = request.headers.get("User-Agent", "")[:AGENT_LENGTH]
    return not (is_robot(user_agent) or is_early(request) or _is_own(request, key))


def _is_own(request: HttpRequest, key: Key | None) -> bool:
    """Say whether an editor or the page's owner asks. Whoever has no session is asked for none."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    user: Any = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return False
    if getattr(user, "is_staff", False):
        return True
    return key is not None and (_may_change(user, key) or _owns(user, key))


def _may_change(user: Any, key: Key) -> bool:
    try:
        content_type = ContentType.objects.get_for_id(key.content_type_id)
    except ContentType.DoesNotExist:
        return False
    return bool(user.has_perm(f"{content_type.app_label}.change_{content_type.model}"))


def _owns(user: Any, key: Key) -> bool:
    return bool(apps.get_model("smo_core", "CardRow").objects.filter(**key.fields, owner_id=user.pk).exists())
