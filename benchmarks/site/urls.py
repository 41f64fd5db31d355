from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from benchmarks.site.models import Article


def article(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an article with our tags."""
    return render(request, "site/ours.html", {"article": get_object_or_404(Article, slug=slug)})


@csrf_exempt
def empty(request: HttpRequest) -> HttpResponse:
    """Do nothing: what remains is the work of Django."""
    return HttpResponse(status=204)


urlpatterns = [
    path("empty/", empty),
    path("articles/<slug:slug>/", article),
    path("smo/", include("smo_kit.urls")),
    path("hitcount/", include("hitcount.urls")),
]
