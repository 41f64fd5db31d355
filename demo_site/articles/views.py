"""Pages of the magazine. Every reader gets the same bytes, so a cache in front of the site may keep them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.static import serve

from demo_site.articles.addresses import addresses_of, in_every_language, in_language
from demo_site.articles.models import Author, Tag, Translation
from demo_site.articles.querysets import TranslationQuerySet
from demo_site.articles.texts import cached_html, keys_in
from smo_kit.core.cards import Card
from smo_kit.core.long_lists import FirstPaginator

ON_LIST = 12


class Newest(FirstPaginator):
    """Pages of the newest articles. Who looks for an older one has tags, authors, related articles and the sitemap."""

    most = 50 * ON_LIST


for_caches = cache_control(public=True, max_age=0, s_maxage=60)
"""A browser asks whether the page has changed; a cache that many readers share may keep it for a minute."""
for_ever = cache_control(public=True, max_age=31_536_000, immutable=True)
"""For files whose name changes with what is in them."""


@require_safe
@for_caches
def article_list(request: HttpRequest) -> HttpResponse:
    context = {
        "title": _("Articles"),
        "summary": _("All articles of the magazine, the newest first."),
        "in_languages": in_every_language("articles"),
    }
    return _list(request, Translation.objects.newest(request.LANGUAGE_CODE), context)


@require_safe
@for_caches
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    tag = get_object_or_404(Tag, slug=slug)
    languages = Tag.objects.filter(pk=tag.pk).languages().get(slug, [])
    if request.LANGUAGE_CODE not in languages:
        raise Http404
    context = {
        "title": tag.name,
        "summary": _("All articles of the magazine about “%(tag)s”.") % {"tag": tag.name},
        "kicker": _("Tag"),
        "in_languages": {code: in_language(code, "tag", slug) for code in languages},
    }
    return _list(request, Translation.objects.newest(request.LANGUAGE_CODE).filter(article__tags=tag), context)


def _list(request: HttpRequest, articles: TranslationQuerySet, context: dict[str, Any]) -> HttpResponse:
    page = Newest(articles, ON_LIST).get_page(request.GET.get("page"))
    is_first = page.number == 1
    title = context["title"]
    card = Card(
        url=request.path if is_first else f"{request.path}?page={page.number}",
        title=title if is_first else _("%(title)s, page %(number)d") % {"title": title, "number": page.number},
        summary=context["summary"],
        kind="website",
        alternates=context["in_languages"] if is_first else {},
    )
    return render(request, "articles/list.html", {"card": card, "page": page, **context})


@require_safe
@for_caches
def article(request: HttpRequest, slug: str) -> HttpResponse:
    language = request.LANGUAGE_CODE
    translation = get_object_or_404(Translation.objects.public(), language=language, slug=slug)
    body = cached_html(translation.body, language, lambda: addresses_of(keys_in(translation.body), language))
    context = {"object": translation, "body": body, "in_languages": translation.article.addresses}
    return render(request, "articles/article.html", context)


@require_safe
@for_caches
def author(request: HttpRequest, slug: str) -> HttpResponse:
    author = get_object_or_404(Author.objects.public(), slug=slug)
    articles = Translation.objects.newest(request.LANGUAGE_CODE).filter(article__author=author)
    page = Newest(articles, ON_LIST).get_page(request.GET.get("page"))
    context = {"object": author, "page": page, "in_languages": in_every_language("author", slug)}
    return render(request, "articles/author.html", context)


@require_safe
@for_caches
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", "Disallow: /smo/out/", "", f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@for_ever
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serve what was uploaded. A site with more readers leaves this to its web server."""
    return serve(request, path, document_root=str(settings.MEDIA_ROOT))


@for_caches
def favicon(request: HttpRequest) -> HttpResponse:
    """Where programs look that read no page."""
    return redirect(static("demo/favicon.svg"))
