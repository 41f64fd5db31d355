"""A small site with a lock, that leaks where a test says so."""

from __future__ import annotations

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template import engines
from django.urls import include, path
from django.utils.safestring import SafeString

from smo_kit.core.cards import Card
from smo_kit.core.pages import page_for
from smo_kit.lock.pages import locked
from smo_kit.lock.refs import Ref
from smo_kit.lock.rendering import lock_html
from smo_kit.lock.sources import Gone, register_source
from smo_kit.lock.terms import terms_of
from tests.blog.models import Post

SECRET = "The treasure lies below the third oak behind the old mill"
LEAD = "Three old trees stand in the field where nobody goes at night"
WHOLE = "Who digs where the seven paths cross finds a chest of old iron"
TITLE = "A title of more than eight words that everybody may read"
leaks: set[str] = set()


def planted(request: HttpRequest, ref: Ref) -> SafeString:
    """The source of this site's locks."""
    if ref.where == "staff" and not request.user.is_staff:
        raise Gone(ref.where)
    if ref.where in {"gone", "broken"}:
        raise Gone(ref.where) if ref.where == "gone" else RuntimeError("out of order")
    return SafeString({"short": "<p>yes</p>", "empty": "<hr>"}.get(ref.where, f"<p>{SECRET}.</p>"))


register_source("planted", planted)


def front(request: HttpRequest) -> HttpResponse:
    return HttpResponse('<link rel="alternate" href="/feed/"><a href="/about/?a=1">A</a><a href="/admin/">no</a>')


def robots(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Sitemap: https://testserver/map.xml", content_type="text/plain")


def sitemap(request: HttpRequest) -> HttpResponse:
    return HttpResponse(
        "<urlset><loc>https://testserver/only-mapped/?a=1&amp;b=2</loc></urlset>", content_type="text/xml"
    )


def only_mapped(request: HttpRequest) -> HttpResponse:
    return HttpResponse(SECRET if "mapped" in leaks and request.GET.get("b") == "2" else "Nothing")


def feed(request: HttpRequest) -> HttpResponse:
    body = f"<item>&lt;p&gt;{SECRET}&lt;/p&gt;</item>" if "feed" in leaks else ""
    return HttpResponse(f"<rss>{body}<link>https://testserver/api/</link></rss>", content_type="application/rss+xml")


def api(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"posts": [{"html": f"<p>{SECRET}</p>"}] if "api" in leaks else []})


def post(request: HttpRequest, slug: str) -> HttpResponse:
    obj = Post.objects.get(slug=slug)
    page = page_for({"request": request}, obj)
    if page.key is None:
        raise Http404
    where = slug if slug in {"short", "empty", "staff", "gone", "broken"} else "text"
    ref = Ref(page.key.speaking("en"), "main", "planted", where, request.path)
    comment = f"<!-- {SECRET} -->" if "comment" in leaks else ""
    template = engines["django"].from_string("{% load smo %}<head>{% smo_head object %}</head>")
    head = template.render({"object": obj}, request)
    lock = lock_html(ref, terms_of(ref, {}))
    links = f'<a href="/print/{slug}/" rel="nofollow">Print</a><a rel="next" href="/away/">Next</a>'
    links += '<a href="/torn/">Torn</a>' if "torn" in leaks else ""
    return HttpResponse(f"<html>{head}<body>{lock}{comment}{links}</body></html>")


def printed(request: HttpRequest, slug: str) -> HttpResponse:
    return HttpResponse(f"<p>{SECRET}</p>" if "print" in leaks else "<p>Nothing</p>")


def away(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect("https://elsewhere.example/")


def torn(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("torn")


@locked(subject=lambda request: Card(url="/about/", title=TITLE, free=False))
def whole(request: HttpRequest) -> HttpResponse:
    return HttpResponse(
        f"<header>Frame</header><main><h1>{TITLE}</h1><p data-smo-public>{LEAD}</p><p>{WHOLE}</p></main>"
    )


urlpatterns = [
    path("", front, name="front"),
    path("admin/", admin.site.urls),
    path("robots.txt", robots),
    path("map.xml", sitemap),
    path("only-mapped/", only_mapped),
    path("feed/", feed),
    path("api/", api),
    path("about/", whole, name="about"),
    path("posts/<slug:slug>/", post, name="post"),
    path("print/<slug:slug>/", printed),
    path("away/", away),
    path("torn/", torn),
    path("smo/", include("smo_kit.urls")),
]
