"""The contents of CMS pages: what anybody may read of them, where they are, and which one a request shows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

from cms.apphook_pool import apphook_pool
from cms.models import Page, PageContent, PagePermission, PageUrl
from cms.utils.conf import get_cms_setting
from cms.utils.i18n import get_public_languages
from cms.utils.page_permissions import user_can_change_page
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from smo_kit.core.pages import finds_subject
from smo_kit.core.settings import site_id

Contents: TypeAlias = Any
"""A QuerySet of PageContents. django CMS has no types."""


def public_contents() -> Contents:
    """Return what anonymous readers may see of this site: published, with an address, in a public language."""
    contents = PageContent.objects.filter(
        Q(redirect="") | Q(redirect__isnull=True),
        Exists(PageUrl.objects.filter(page=OuterRef("page"), language=OuterRef("language"), path__isnull=False)),
        page__site_id=site_id(),
        page__login_required=False,
        language__in=get_public_languages(site_id=site_id()),
    )
    if get_cms_setting("PUBLIC_FOR") != "all":
        return contents.none()
    return contents.exclude(page__in=_restricted_pages()).select_related("page", "pagecard").order_by("pk")


def _restricted_pages() -> set[int]:
    """Return the pages that only some users may see."""
    if not get_cms_setting("PERMISSION"):
        return set()
    found: set[int] = set()
    for one in PagePermission.objects.filter(can_view=True).select_related("page"):
        found.update(Page.objects.filter(pk__in=one._get_page_ids()).values_list("pk", flat=True))
    return found


def addresses(page: Page) -> dict[str, str]:
    """Return the address of a page in each language in which anybody may read it."""
    codes = public_contents().filter(page=page).values_list("language", flat=True)
    found = {code: page.get_absolute_url(code, fallback=False) for code in codes}
    return {code: url for code, url in found.items() if url}


def contents_of(pages: Iterable[Page]) -> Contents:
    """Return all versions of the contents of pages, in every language."""
    return PageContent.admin_manager.filter(page__in=list(pages))


def may_change(user: Any, content: PageContent) -> bool:
    """Say whether a user may change the page of a content: django CMS knows, whatever permissions it uses."""
    return bool(user.is_authenticated and user.is_staff and user_can_change_page(user, content.page))


@finds_subject
def shown_content(request: HttpRequest) -> PageContent | None:
    """Return the content that a CMS page shows, a draft where an editor looks at one; None on any other page.

    ``current_page`` of a page of an app that is hooked into the CMS is the page of its hook: only the first of its
    pages is that one.
    """
    page = request.__dict__.get("current_page")
    if isinstance(page, SimpleLazyObject):  # no view of the CMS has answered: to ask would cost each page a query
        page = page._wrapped if apphook_pool.get_apphooks() and page else None
    if not isinstance(page, Page):
        return None
    shown = request.toolbar.get_object() if hasattr(request, "toolbar") else None
    if isinstance(shown, PageContent):
        return shown
    language = get_language()
    if shown is not None or page.get_absolute_url(language, fallback=False) != request.path:
        return None
    return page.get_content_obj(language, fallback=False) or None
