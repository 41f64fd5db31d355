"""Where what an audit finds is mended: an address in the admin, else the name of a view, template or setting."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final
from urllib.parse import unquote

from django.contrib.contenttypes.models import ContentType
from django.core.signals import setting_changed
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.translation import get_language, get_language_from_path, override

from smo_kit.core.audit import ReadPage, Where
from smo_kit.core.models import Place
from smo_kit.core.own_urls import address_if_any
from smo_kit.core.sayings import gettext as _
from smo_kit.core.sayings import said
from smo_kit.core.settings import AppSettings

SETTINGS_FILE: Final = "settings.py"


def admin_address(view: str, *args: object) -> str:
    """Return the address of a view of the admin; "" where the site does not have it."""
    return address_if_any(f"admin:{view}", *args)


def words_place(page: ReadPage) -> Where:
    """Return where title, description and picture of a page are changed."""
    url = admin_address("smo_core_cardrow_change", page.row.pk) if page.row else ""
    return Where(_("SMO → Pages"), url) if url else text_place(page)


def text_place(page: ReadPage) -> Where:
    """Return the form of the page's object, or of the object that it is a part of; else the view."""
    if page.row is not None:
        both = ((page.row.source_type_id, page.row.source_pk), (page.row.content_type_id, page.row.object_pk))
        for type_id, pk in both:
            model = ContentType.objects.get_for_id(type_id).model_class()
            if model and model is not Place:
                url = admin_address(f"{model._meta.app_label}_{model._meta.model_name}_change", pk)
                if url:
                    return Where(said(model._meta.verbose_name or ""), url)
    return view_place(page)


def view_place(page: ReadPage) -> Where:
    """Return the name of the view behind a page: its template is near."""
    match = match_of(page.path)
    if match is None:
        return Where("urls.py")
    found = getattr(match.func, "view_class", match.func)
    return Where(_("template of %(view)s") % {"view": f"{found.__module__}.{found.__qualname__}"})


def match_of(path: str) -> ResolverMatch | None:
    """Return what the site's URLs say of a path, in the language that it begins with; None if they don't know it."""
    bare = unquote(path.partition("?")[0])
    return _match(bare, get_language_from_path(bare) or get_language() or "")


@lru_cache(maxsize=1024)
def _match(path: str, language: str) -> ResolverMatch | None:
    with override(language or None):
        try:
            return resolve(path)
        except Resolver404:
            return None


def _forget(*, setting: str, **kwargs: object) -> None:
    if setting == "ROOT_URLCONF":
        _match.cache_clear()


setting_changed.connect(_forget, dispatch_uid="smo_kit.core.mending")


def settings_place(app: AppSettings[Any]) -> Where:
    """Return the tab of an app's settings."""
    url = admin_address("smo_core_settings_tab", app.name.lower()) if app.editable else ""
    return Where(_("SMO → Settings → %(tab)s") % {"tab": app.label}, url) if url else Where(SETTINGS_FILE)


def code_place(text: str = "") -> Where:
    """Return a place in the site's code: INSTALLED_APPS and the like are in settings.py."""
    return Where(text or SETTINGS_FILE)
