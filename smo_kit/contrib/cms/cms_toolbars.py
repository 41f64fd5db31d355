"""The menu "Sharing" in the toolbar of a page."""

from __future__ import annotations

from cms.extensions.toolbar import ExtensionToolbar
from cms.models import PageContent
from cms.toolbar_pool import toolbar_pool
from cms.utils.page_permissions import user_can_change_page
from django.apps import apps
from django.urls import NoReverseMatch
from django.utils.translation import gettext_lazy as _

from smo_kit.contrib.cms.admin import may_edit
from smo_kit.contrib.cms.models import PageCard
from smo_kit.meta.preview.addresses import preview_address

MENU = "smo-sharing"


@toolbar_pool.register
class SharingToolbar(ExtensionToolbar):
    """What networks show of the page in this language."""

    model = PageCard

    def populate(self) -> None:
        """Add the menu for who may change the page. The settings of a version that is closed can only be read."""
        page = self._get_page()
        if not page or not self.page_content or not user_can_change_page(self.request.user, page=page):
            return
        menu = self.toolbar.get_or_create_menu(MENU, _("Sharing"))
        card, url = self.get_page_content_extension_admin()
        if may_edit(self.request, self.page_content):
            menu.add_modal_item(_("Share settings"), url=url, disabled=not url)
        elif card is not None:
            menu.add_modal_item(_("Share settings (read only)"), url=url, disabled=not url, on_close=None)
        else:
            menu.add_modal_item(_("Share settings: make a new draft first"), url="", disabled=True)
        if preview := _preview(self.page_content):
            menu.add_modal_item(_("Preview in networks"), url=preview, on_close=None)


def _preview(content: PageContent) -> str:
    """Return where it is shown how networks show the page; "" without meta or its address."""
    try:
        return preview_address(content, content.language) if apps.is_installed("smo_kit.meta") else ""
    except NoReverseMatch:
        return ""
