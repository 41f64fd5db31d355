"""What the core hears: a saved object renews its card, saved settings are read at once."""

from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save

from smo_kit.core.cards import cached_cards
from smo_kit.core.models import Place, Settings
from smo_kit.core.registrations import registration_of
from smo_kit.core.rows import renew_by_id, sources_of
from smo_kit.core.settings import forget_settings
from smo_kit.core.subjects import place_cache_key
from smo_kit.core.tasks import enqueue_on_commit


def on_change(sender: Any, instance: Any, raw: bool = False, using: str | None = None, **kwargs: object) -> None:
    """Renew, on commit, what an object's change may have changed."""
    if not raw:
        changed(instance, using)


def on_m2m(
    sender: Any, instance: Any, action: str, model: Any, pk_set: Any, using: str | None, **kwargs: object
) -> None:
    """Renew both sides of what was joined or parted: either may be the one with the card."""
    if action.startswith("post_"):
        others = model._base_manager.using(using).filter(pk__in=pk_set or ()) if registration_of(model) else ()
        for one in (instance, *others):
            changed(one, using)


def changed(obj: Model, using: str | None) -> None:
    """Renew, on commit, the cards that show an object. Its keys are taken now: a deleted one has none then."""
    if registration_of(type(obj)) is not None:
        keys = cached_cards(obj)
        transaction.on_commit(lambda: cache.delete_many(keys), using=using, robust=True)
    for source in sources_of(obj):
        enqueue_on_commit(renew_by_id, *source, using=using)


def on_settings(sender: Any, **kwargs: object) -> None:
    """Read settings anew in the process that saved them; others follow within seconds."""
    forget_settings()
    transaction.on_commit(forget_settings, robust=True)  # another thread may have read the old ones meanwhile


def on_place(sender: Any, instance: Place, update_fields: Any = None, **kwargs: object) -> None:
    """Let the next reader of the page find its Place, or find it gone."""
    if update_fields and "path" not in update_fields:
        return
    key = place_cache_key(instance.site_id, instance.path)
    cache.delete(key)
    transaction.on_commit(lambda: cache.delete(key), robust=True)


m2m_changed.connect(on_m2m, dispatch_uid="smo_kit.core.m2m")
for signal in (post_save, post_delete):
    signal.connect(on_change, dispatch_uid=f"smo_kit.core.change.{id(signal)}")
    signal.connect(on_place, sender=Place, dispatch_uid=f"smo_kit.core.place.{id(signal)}")
    signal.connect(on_settings, sender=Settings, dispatch_uid=f"smo_kit.core.settings.{id(signal)}")
