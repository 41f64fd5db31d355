"""Subjects that are deleted: what hung on them can go. One that merely is not public now is there."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import Model

from smo_kit.core.models import CardRow


def lost(content_type: ContentType, pks: Collection[str]) -> set[str]:
    """Return those of some subjects (some hundred) that are in the database no more; none of a model not installed."""
    model = content_type.model_class()
    if model is None:
        return set()
    able = [pk for pk in pks if "\0" not in pk]  # PostgreSQL takes no other
    public = CardRow.objects.filter(content_type=content_type, object_pk__in=able).values_list("object_pk", flat=True)
    left = set(pks).difference(public)
    fitting = [pk for pk in left.intersection(able) if _may_be(model, pk)]
    return left.difference(map(str, model._base_manager.filter(pk__in=fitting).values_list("pk", flat=True)))


def _may_be(model: type[Model], pk: str) -> bool:
    """Say whether the model's key can be this."""
    field = model._meta.pk
    try:
        field.run_validators(field.to_python(pk))
    except ValidationError:
        return False
    return True
