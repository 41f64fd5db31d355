"""Who moderates: whoever has django-comments' own permission for it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from smo_kit.comments.conf import MODERATE
from smo_kit.core.long_lists import LongListAdmin


class ModeratorsOnly(LongListAdmin):
    """What moderators see and change, and nobody adds or deletes here."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(MODERATE)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(MODERATE)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
