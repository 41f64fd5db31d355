"""Tables of the bridge: one for all blocks that editors place, one for what they say of a page."""

from __future__ import annotations

from cms.extensions import PageContentExtension, extension_pool
from cms.models import CMSPlugin
from django.db import models
from django.utils.translation import gettext_lazy as _

from smo_kit.contrib.cms.options import in_words
from smo_kit.core.cards import ALT_LENGTH, TITLE_LENGTH


class BlockPlugin(CMSPlugin):
    """A block on a page. Which one says ``plugin_type``; nothing else is in the table, so that it copies by itself."""

    options = models.JSONField(_("options"), default=dict, blank=True)

    class Meta:
        verbose_name = _("block")
        verbose_name_plural = _("blocks")

    def __str__(self) -> str:
        block = getattr(self.get_plugin_class(), "block", None)
        return in_words(block, self.options) if block else ""


@extension_pool.register
class PageCard(PageContentExtension):
    """What networks show of one language of one version of a page, where that is not what the page says of itself."""

    title = models.CharField(
        _("title"),
        max_length=TITLE_LENGTH,
        blank=True,
        help_text=_("Empty: the title of the page."),
    )
    description = models.TextField(
        _("description"),
        blank=True,
        help_text=_("One or two sentences. Empty: the description of the page, else how its text begins."),
    )
    image = models.ImageField(
        _("picture"),
        upload_to="smo/pages/",
        blank=True,
        help_text=_("1200 × 630 pixels or more. Empty: the page's first picture, else one that is drawn."),
    )
    image_alt = models.CharField(
        _("what the picture shows"),
        max_length=ALT_LENGTH,
        blank=True,
        help_text=_("For readers who can't see it."),
    )
    template = models.CharField(
        _("template of the card image"),
        max_length=64,
        blank=True,
        help_text=_("For the picture that is drawn when the page has none."),
    )
    shareable = models.BooleanField(
        _("networks may show it"),
        default=True,
        help_text=_("If not: no share buttons, and networks get only its title and address."),
    )

    class Meta:
        verbose_name = _("share settings of a page")
        verbose_name_plural = _("share settings of pages")
        default_permissions = ()  # who may change the page may change them

    def __str__(self) -> str:
        return self.title or str(self.extended_object)
