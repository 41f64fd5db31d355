"""What the bridge hears: a page was published, withdrawn, moved or its share settings changed."""

from __future__ import annotations

from typing import Any

from cms.cache import invalidate_cms_page_cache
from cms.models import Page, PageContent, PagePermission, PageUrl, Placeholder
from cms.signals import post_obj_operation, post_placeholder_operation
from django.apps import apps
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.utils.module_loading import import_string

from smo_kit.contrib.cms.models import PageCard
from smo_kit.contrib.cms.pages import contents_of
from smo_kit.core.receivers import changed
from smo_kit.core.tables import is_migrated


def renew(*pages: Page, using: str | None = None) -> None:
    """Renew the cards of all languages of pages: each names the addresses of the others."""
    for content in contents_of(pages):
        changed(content, using)


def on_version(sender: Any, obj: Any = None, **kwargs: object) -> None:
    """Hear djangocms-versioning: which version the public sees changes without a save of its content."""
    content = getattr(obj, "content", None)
    if isinstance(content, PageContent):
        renew(content.page)


def on_operation(sender: Any, **kwargs: object) -> None:
    """Hear django CMS: a page that is moved takes those below it along."""
    pages = [one for one in kwargs.values() if isinstance(one, Page)]
    for page in pages:
        fresh = Page.objects.filter(pk=page.pk).first()
        if fresh is not None:
            renew(fresh, *fresh.get_descendant_pages())


def on_placeholder(sender: Any, **kwargs: object) -> None:
    """Hear django CMS: what a page says was changed, so that it may begin with other words."""
    for one in kwargs.values():
        if isinstance(one, Placeholder) and isinstance(one.source, PageContent):
            changed(one.source, None)


def on_url(sender: Any, instance: PageUrl, raw: bool = False, using: str | None = None, **kwargs: object) -> None:
    """A page has another address, or none in a language any more."""
    if not raw and is_migrated(PageCard):
        renew(*Page.objects.filter(pk=instance.page_id), using=using)


def on_card(sender: Any, instance: PageCard, raw: bool = False, using: str | None = None, **kwargs: object) -> None:
    """The share settings changed: pages and blocks that were kept say the old ones."""
    content = PageContent.admin_manager.filter(pk=instance.extended_object_id).first()
    if raw or content is None:
        return
    changed(content, using)
    transaction.on_commit(lambda: _forget(content), using=using, robust=True)


def _forget(content: PageContent) -> None:
    for placeholder in content.get_placeholders():
        placeholder.clear_cache(content.language)
    invalidate_cms_page_cache()


def on_permission(sender: Any, instance: PagePermission, raw: bool = False, **kwargs: object) -> None:
    """Who may see a page changed."""
    if not raw and instance.page_id and instance.can_view:
        renew(instance.page, *instance.page.get_descendant_pages())


for signal in (post_save, post_delete):
    signal.connect(on_card, sender=PageCard, dispatch_uid=f"smo_kit.cms.card.{id(signal)}")
    signal.connect(on_url, sender=PageUrl, dispatch_uid=f"smo_kit.cms.url.{id(signal)}")
    signal.connect(on_permission, sender=PagePermission, dispatch_uid=f"smo_kit.cms.permission.{id(signal)}")
post_obj_operation.connect(on_operation, dispatch_uid="smo_kit.cms.operation")
post_placeholder_operation.connect(on_placeholder, dispatch_uid="smo_kit.cms.placeholder")
if apps.is_installed("djangocms_versioning"):
    import_string("djangocms_versioning.signals.post_version_operation").connect(
        on_version, dispatch_uid="smo_kit.cms.version"
    )
