"""What the core hears: a saved object renews its card, saved settings are read at once."""

from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save

from smo_kit.core.cards import forget_card
from smo_kit.core.models import Place, Settings
from smo_kit.core.registrations import registration_of
from smo_kit.core.rows import renew_by_id, sources_of
from smo_kit.core.settings import forget_settings
from smo_kit.core.subjects import place_cache_key
from smo_kit.core.tasks import enqueue_on_commit


def on_change(sender: Any, instance: Any, raw: bool = False, **kwargs: object) -> None:
    """Renew, on commit, what an object's change may have changed."""
    if raw or not isinstance(instance, Model):
        return
    registration = registration_of(type(instance))
    if registration is not None:
        languages = registration.languages_of(instance)
        transaction.on_commit(lambda: forget_card(instance, languages), robust=True)
    for source in sources_of(instance):
        enqueue_on_commit(renew_by_id, *source)


def on_settings(sender: Any, **kwargs: object) -> None:
    """Read settings anew in the process that saved them; others follow within seconds."""
    forget_settings()


def on_place(sender: Any, instance: Place, **kwargs: object) -> None:
    """Let the next reader of the page find its Place, or find it gone."""
    cache.delete(place_cache_key(instance.site_id, instance.path))


for signal in (post_save, post_delete, m2m_changed):
    signal.connect(on_change, dispatch_uid=f"smo_kit.core.change.{id(signal)}")
for signal in (post_save, post_delete):
    signal.connect(on_place, sender=Place, dispatch_uid=f"smo_kit.core.place.{id(signal)}")
    signal.connect(on_settings, sender=Settings, dispatch_uid=f"smo_kit.core.settings.{id(signal)}")
