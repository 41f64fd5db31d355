"""Who may give a page words of his own: whoever may change the object, or has meta's own permission for all."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q

from smo_kit.core.models import CardRow

User = Any
"""``request.user``: whatever the site's user model is, or an anonymous one."""


def sees_all_pages(user: User) -> bool:
    """Say whether the user has a permission of the suite itself, whatever objects he may change."""
    return any(map(user.has_perm, ("smo_meta.change_override", "smo_meta.view_override", "smo_core.view_cardrow")))


def pages_of(user: User) -> Q:
    """Return the condition for the rows whose objects the user may see in the admin."""
    used = ContentType.objects.filter(
        Q(pk__in=CardRow.objects.values("source_type")) | Q(pk__in=CardRow.objects.values("content_type"))
    )
    known = [one for one in used if (model := one.model_class()) and _may(user, ("change", "view"), model)]
    return Q(source_type__in=known) | Q(content_type__in=known)


def may_see_page(user: User, row: CardRow) -> bool:
    """Say whether the user may look at a page in the admin."""
    return sees_all_pages(user) or _may_one_of(user, ("change", "view"), row)


def may_change_page(user: User, row: CardRow) -> bool:
    """Say whether the user may change what is said of a page."""
    return bool(user.has_perm("smo_meta.change_override")) or _may_one_of(user, ("change",), row)


def _may_one_of(user: User, actions: tuple[str, ...], row: CardRow) -> bool:
    """The object whose card it is, or its subject; for the whole model, or for the object itself."""
    for content_type, pk in ((row.source_type, row.source_pk), (row.content_type, row.object_pk)):
        model = content_type.model_class()
        if model is None:
            continue
        if _may(user, actions, model) or _may(user, actions, model, model._base_manager.filter(pk=pk).first()):
            return True
    return False


def _may(user: User, actions: tuple[str, ...], model: type[Model], obj: Model | None = None) -> bool:
    names = (f"{model._meta.app_label}.{action}_{model._meta.model_name}" for action in actions)
    return any(user.has_perm(name, obj) for name in names)
