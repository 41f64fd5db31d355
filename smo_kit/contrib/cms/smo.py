"""What the world sees of a CMS page: what the page says of itself, and over it what an editor set for networks."""

from __future__ import annotations

from collections.abc import Iterable

from cms.models import Page, PageContent

from smo_kit.contrib.cms.models import PageCard
from smo_kit.contrib.cms.pages import addresses, may_change, public_contents
from smo_kit.contrib.cms.words import first_picture, first_words
from smo_kit.core.cards import Card, register


def _page(content: PageContent) -> Page:
    return content.page


def _language(content: PageContent) -> Iterable[str]:
    return [content.language]


@register(PageContent, public=public_contents, subject=_page, languages=_language, may_change=may_change)
def page_card(content: PageContent) -> Card:
    """Return the card of one language of a page."""
    own = getattr(content, "pagecard", None) or PageCard()
    urls = addresses(content.page)
    image = own.image or first_picture(content)
    return Card(
        url=urls.get(content.language) or content.page.get_absolute_url(content.language, fallback=False) or "",
        title=own.title or content.page_title or content.title,
        summary=own.description or content.meta_description or first_words(content),
        image=image,
        image_alt=own.image_alt if own.image else "",
        modified=content.changed_date,
        language=content.language,
        alternates=urls,
        kind="website",
        template=own.template,
        shareable=own.shareable,
    )
