"""Pages of the CMS for tests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cms.api import add_plugin, create_page, create_page_content
from cms.models import Page, PageContent
from django.db import transaction
from django.utils.text import slugify

from smo_kit.contrib.cms.models import PageCard


@dataclass
class Pages:
    """Makes pages in the name of a user."""

    user: Any

    def make(
        self, title: str, *languages: str, card: dict[str, Any] | None = None, draft: bool = False, **blocks: Any
    ) -> Page:
        """Make a page in languages ("en" if none), with a card and plugins: ``share={…}``, ``text="<p>…"``."""
        first, *others = languages or ("en",)
        with transaction.atomic():
            page = create_page(title, "cms_page.html", first, created_by=self.user, slug=slugify(title))
            for code in others:
                create_page_content(
                    code, f"{title} {code}", page, created_by=self.user, slug=f"{slugify(title)}-{code}"
                )
            for content in all_contents(page):
                self.fill(content, card, blocks)
                if not draft:
                    publish(content, self.user)
        return Page.objects.get(pk=page.pk)

    def fill(self, content: PageContent, card: dict[str, Any] | None, blocks: dict[str, Any]) -> None:
        """Put a card and plugins on a page."""
        content.rescan_placeholders()
        slot = content.get_placeholders().get(slot="content")
        if card is not None:
            PageCard.objects.create(extended_object=content, **card)
        for name, options in blocks.items():
            if name == "text":
                add_plugin(slot, "TextPlugin", content.language, body=options)
            else:
                add_plugin(slot, f"Smo{name.title()}Plugin", content.language, options=options)


def all_contents(page: Page) -> list[PageContent]:
    """Return the contents of a page in all languages, drafts too."""
    return list(PageContent.admin_manager.filter(page=page).order_by("pk"))


def publish(content: PageContent, user: Any) -> None:
    """Publish a version."""
    content.versions.first().publish(user)


def new_draft(content: PageContent, user: Any) -> PageContent:
    """Return the content of a new draft of a version."""
    return content.versions.first().copy(user).content
