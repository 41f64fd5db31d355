"""What of a site's own hangs on an account and would be deleted with it: then the account is emptied instead."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.apps import apps
from django.db import models, router
from django.db.models.deletion import Collector, ProtectedError, RestrictedError

OURS: Final = ("smo_kit.", "allauth.", "django_comments")
"""Where rows that are about an account alone come from; what they say of the member is erased before. What somebody has
done in the admin is the site's record."""


def holds_something(user: Any) -> bool:
    """Say whether rows of the site's would go with an account, or keep it from going."""
    return _is_left_to_the_database(user) or _would_take_along(user)


def forget_ways_in(user: Any) -> None:
    """Delete what django-allauth has of an account that stays: second factors, sessions, whatever it is made of."""
    for rows in rows_of_allauth(user):
        rows.delete()


def rows_of_allauth(user: Any) -> Iterator[models.QuerySet[Any]]:
    """Yield what django-allauth has of an account, table by table."""
    for relation in _pointing_to(user):
        if apps.get_app_config(relation.related_model._meta.app_label).name.startswith("allauth."):
            yield _rows(relation, user)


def _would_take_along(user: Any) -> bool:
    collector = Collector(using=router.db_for_write(type(user), instance=user), origin=user)
    try:
        collector.collect([user])
    except (ProtectedError, RestrictedError):
        return True
    rows = [model for model, instances in collector.data.items() if instances]
    quick: list[Any] = [one.model for one in collector.fast_deletes if not _is_ours(one.model, user) and one.exists()]
    return any(not _is_ours(model, user) for model in [*rows, *quick])


def _is_left_to_the_database(user: Any) -> bool:
    """Say whether rows point to the account that Django leaves alone: the database deletes them, or refuses."""
    alone = (models.DO_NOTHING, getattr(models, "DB_CASCADE", models.DO_NOTHING))
    return any(one.on_delete in alone and _rows(one, user).exists() for one in _pointing_to(user))


def _pointing_to(user: Any) -> list[Any]:
    fields = user._meta.get_fields(include_hidden=True)
    return [one for one in fields if one.auto_created and not one.concrete and (one.one_to_many or one.one_to_one)]


def _rows(relation: Any, user: Any) -> models.QuerySet[Any]:
    rows: models.QuerySet[Any] = relation.related_model._base_manager.filter(**{relation.field.name: user})
    return rows


def _is_ours(model: Any, user: Any) -> bool:
    """Say whether a table's rows may go: the account's own, links of many to many, and what is about it alone."""
    if model in {type(user), *type(user)._meta.get_parent_list()} or model._meta.auto_created:
        return True
    return apps.get_app_config(model._meta.app_label).name.startswith(OURS)
