"""What an editor may put on a page beside the blocks of smo-kit: lists of the magazine's own."""

from __future__ import annotations

from typing import Any

from cms.plugin_base import CMSPluginBase
from cms.plugin_pool import plugin_pool
from django.utils.translation import gettext_lazy as _

from demo_site.articles.models import Tag, Translation

ARTICLES = 7
TAGS = 60


class ListPlugin(CMSPluginBase):
    """Never kept: an article is there as soon as it is published."""

    module = _("Magazine")
    cache = False
    show_add_form = False


@plugin_pool.register_plugin
class LatestArticlesPlugin(ListPlugin):
    name = _("Latest articles")
    render_template = "articles/latest.html"

    def render(self, context: Any, instance: Any, placeholder: Any) -> Any:
        articles = list(Translation.objects.newest(instance.language)[:ARTICLES])
        context = super().render(context, instance, placeholder)
        context["lead"], context["articles"] = articles[:1], articles[1:]
        return context


@plugin_pool.register_plugin
class TopicsPlugin(ListPlugin):
    name = _("Topics")
    render_template = "articles/topics.html"

    def render(self, context: Any, instance: Any, placeholder: Any) -> Any:
        context = super().render(context, instance, placeholder)
        context["tags"] = Tag.objects.most_used(instance.language)[:TAGS]
        return context
