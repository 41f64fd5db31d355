"""A plugin of each block of the suite, whether its app is installed or not: a page that has one must stay whole."""

from __future__ import annotations

from typing import Any

from cms.models import Placeholder
from cms.plugin_base import CMSPluginBase
from cms.plugin_pool import plugin_pool
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from smo_kit.contrib.cms.forms import form_for
from smo_kit.contrib.cms.holding import Front, front_of
from smo_kit.contrib.cms.models import BlockPlugin
from smo_kit.contrib.cms.options import option_names, plugin_name
from smo_kit.core.blocks import Block, all_blocks, render_block
from smo_kit.core.conf import core_settings
from smo_kit.core.options import field_name
from smo_kit.core.registrations import registration_of


class SmoPlugin(CMSPluginBase):
    """What the plugins of all blocks have in common."""

    block: Block
    model = BlockPlugin
    module = _("Sharing")
    render_template = "smo_kit/cms/block.html"
    allow_children = False
    text_enabled = False

    def render(self, context: Any, instance: BlockPlugin, placeholder: Placeholder) -> Any:
        """Show what the tag shows. An editor is told when that is nothing."""
        context = super().render(context, instance, placeholder)
        context["html"] = render_block(self.block, instance.options, context, within=instance.placeholder_id)
        context["label"] = self.block.label
        context["is_edited"] = _is_edited(context.get("request"))
        return context

    def get_fieldsets(self, request: HttpRequest, obj: BlockPlugin | None = None) -> list[tuple[Any, dict[str, Any]]]:
        """Say above the form what the block is; fold what few change, unless somebody has changed it."""
        names, rare = option_names(self.block), self.block.rare
        usual = [field_name(name) for name in names if name not in rare]
        folded = [field_name(name) for name in names if name in rare]
        parts: list[tuple[Any, dict[str, Any]]] = [(None, {"fields": usual, "description": self.block.help})]
        if folded:
            is_used = any(name in rare and name != self.block.drawn for name in (obj.options if obj else {}))
            parts.append((_("More"), {"fields": folded, "classes": [] if is_used else ["collapse"]}))
        return parts

    def get_cache_expiration(self, request: HttpRequest, instance: BlockPlugin, placeholder: Placeholder) -> int | None:
        """Keep nothing of a placeholder that many pages show: a block speaks of the page that it is on."""
        source = placeholder.source
        return None if source is not None and registration_of(type(source)) else 0

    def get_vary_cache_on(self, request: HttpRequest, instance: BlockPlugin, placeholder: Placeholder) -> list[str]:
        """Keep one for each host where addresses are those of the request."""
        return [] if core_settings().base_url else ["Host"]


class HoldingPlugin(SmoPlugin):
    """A block in which others stand: a page has them only where its app says so, and where an editor looks at it."""

    render_template = "smo_kit/cms/holding.html"
    allow_children = True

    def render(self, context: Any, instance: BlockPlugin, placeholder: Placeholder) -> Any:
        """Show what stands for it; to an editor, what it holds."""
        context = super(SmoPlugin, self).render(context, instance, placeholder)
        request = context.get("request")
        is_edited = _is_edited(request) or _is_previewed(request)
        front = Front() if is_edited else front_of(self.block, request, instance)
        context["html"] = front.html
        context["label"] = self.block.label
        context["words"] = str(instance) if is_edited else ""
        context["is_edited"] = is_edited
        context["shows_inside"] = is_edited or front.is_open
        return context

    def get_cache_expiration(self, request: HttpRequest, instance: BlockPlugin, placeholder: Placeholder) -> int | None:
        """Keep it no longer than it looks as it does."""
        seconds = super().get_cache_expiration(request, instance, placeholder)
        return front_of(self.block, request, instance).seconds if seconds is None else seconds


def _is_edited(request: HttpRequest | None) -> bool:
    toolbar = getattr(request, "toolbar", None)
    return bool(toolbar and toolbar.edit_mode_active)


def _is_previewed(request: HttpRequest | None) -> bool:
    toolbar = getattr(request, "toolbar", None)
    return bool(toolbar and toolbar.preview_mode_active)


def plugin_for(block: Block) -> type[SmoPlugin]:
    """Return the plugin of a block; nobody is offered one whose app is not installed."""
    attributes: dict[str, Any] = {
        "__module__": __name__,
        "block": block,
        "name": block.label,
        "form": form_for(block),
    }
    if not block.is_on:
        attributes["allowed_slots"] = []
    return type(plugin_name(block), (HoldingPlugin if block.holds else SmoPlugin,), attributes)


for _block in all_blocks().values():
    plugin_pool.register_plugin(plugin_for(_block))
