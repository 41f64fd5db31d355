"""The share settings of a page, for who may change that page, while that version may be changed."""

from __future__ import annotations

from typing import Any, Final

from cms.cache import invalidate_cms_page_cache
from cms.extensions import PageContentExtensionAdmin
from cms.models import PageContent
from django.contrib import admin
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from smo_kit.contrib.cms.forms import PageCardForm
from smo_kit.contrib.cms.models import PageCard
from smo_kit.contrib.cms.pages import may_change

CLOSE: Final = "admin/cms/page/close_frame.html"
"""With it django CMS closes the window of its toolbar, and does what the entry of the menu says."""
FORM: Final = "admin/smo_cms/pagecard/change_form.html"


def may_edit(request: HttpRequest, content: PageContent) -> bool:
    """Say whether a user may change what this version of a page says: a published one is closed."""
    return may_change(request.user, content) and bool(content.is_editable(request))


@admin.register(PageCard)
class PageCardAdmin(PageContentExtensionAdmin):
    """Reached from the toolbar of the page. The page's own permissions decide: the table has none to give away."""

    form = PageCardForm
    change_form_template = add_form_template = FORM
    fieldsets = [
        (None, {"fields": ["title", "description", "image", "image_alt", "template"]}),
        (None, {"fields": ["shareable"]}),
    ]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        content = _asked_content(request)
        return content is not None and may_edit(request, content)

    def has_view_permission(self, request: HttpRequest, obj: PageCard | None = None) -> bool:
        return obj is not None and may_change(request.user, _content(obj))

    def has_change_permission(self, request: HttpRequest, obj: PageCard | None = None) -> bool:
        return obj is not None and may_edit(request, _content(obj))

    def has_delete_permission(self, request: HttpRequest, obj: PageCard | None = None) -> bool:
        return self.has_change_permission(request, obj)

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        content = _asked_content(request)
        if content is None or not may_change(request.user, content):
            raise PermissionDenied
        answer: HttpResponse = super().add_view(request, form_url, extra_context)
        return answer

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        card = self.get_object(request, object_id)
        closed = "" if card is None or self.has_change_permission(request, card) else why_closed()
        answer: HttpResponse = super().change_view(
            request, object_id, form_url, {**(extra_context or {}), "closed": closed}
        )
        return answer

    def response_add(self, request: HttpRequest, obj: PageCard, post_url_continue: str | None = None) -> HttpResponse:
        answer: HttpResponse = _closing(request) or super().response_add(request, obj, post_url_continue)
        return answer

    def response_change(self, request: HttpRequest, obj: PageCard) -> HttpResponse:
        answer: HttpResponse = _closing(request) or super().response_change(request, obj)
        return answer

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: int) -> HttpResponse:
        answer: HttpResponse = _closing(request) or super().response_delete(request, obj_display, obj_id)
        return answer

    def save_model(self, request: HttpRequest, obj: PageCard, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        invalidate_cms_page_cache()


def why_closed() -> str:
    """Return what an editor is told whose version of the page is closed."""
    return _("This version of the page is closed: its share settings can be read. To change them, make a new draft.")


def _closing(request: HttpRequest) -> HttpResponse | None:
    """Return the answer that closes the window of the toolbar; None outside of it.

    Django's own answer to a popup looks for a window that has opened it, and there is none.
    """
    return TemplateResponse(request, CLOSE, {"is_popup": True}) if IS_POPUP_VAR in request.POST else None


def _asked_content(request: HttpRequest) -> PageContent | None:
    pk = request.GET.get("extended_object", "")
    return PageContent.admin_manager.filter(pk=pk).first() if pk.isdecimal() else None


def _content(card: PageCard) -> PageContent:
    return PageContent.admin_manager.select_related("page").get(pk=card.extended_object_id)
