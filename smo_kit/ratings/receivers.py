"""What ratings hear: a deleted subject takes its ratings with it."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete

from smo_kit.core.registrations import registration_of
from smo_kit.core.rows import subject_models
from smo_kit.core.subjects import source_of
from smo_kit.ratings.models import Rating, Summary


def on_delete(sender: Any, instance: Any, **kwargs: object) -> None:
    """Delete the ratings of a deleted subject.

    The counted rows go first: who rates at this moment holds one of them, so that his rating is there when it is free.
    """
    if registration_of(type(instance)) is None and type(instance) not in subject_models():
        return
    content_type, pk = source_of(instance)
    for model in (Summary, Rating):
        model._default_manager.filter(content_type_id=content_type, object_pk=pk).delete()


post_delete.connect(on_delete, dispatch_uid="smo_kit.ratings.deleted")
