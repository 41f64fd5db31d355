"""What meta hears: words of an editor were saved, or the object that they were for is gone."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.db.models.signals import post_delete, post_save

from smo_kit.core.registrations import registration_of
from smo_kit.core.rows import subject_models
from smo_kit.core.tables import is_migrated
from smo_kit.meta.models import Override
from smo_kit.meta.overrides import renew_page


def on_override(sender: Any, instance: Override, raw: bool = False, **kwargs: object) -> None:
    """Show the page with its new words."""
    if not raw:
        renew_page(instance.key)


def on_delete(sender: Any, instance: Any, **kwargs: object) -> None:
    """Drop the words for an object that is gone."""
    model = type(instance)
    if not isinstance(instance, Model) or not (registration_of(model) or model in subject_models()):
        return
    if is_migrated(Override):
        content_type = ContentType.objects.get_for_model(instance)
        Override.objects.filter(content_type=content_type, object_pk=str(instance.pk)).delete()


for signal in (post_save, post_delete):
    signal.connect(on_override, sender=Override, dispatch_uid=f"smo_kit.meta.override.{id(signal)}")
post_delete.connect(on_delete, dispatch_uid="smo_kit.meta.deleted")
