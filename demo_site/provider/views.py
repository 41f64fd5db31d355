"""Pages of the demo's own network: who are you today?"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth import login
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_safe

from demo_site.environment import address
from demo_site.provider.people import BY_ID, PEOPLE, Person
from demo_site.provider.portraits import portrait as drawn
from demo_site.provider.posts import LETTERS, Unread, preview_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    """Let the visitor be one of the people, and go on to what asks who he is (``next``)."""
    data = request.POST if request.method == "POST" else request.GET
    then = data.get("next", "")
    if not url_has_allowed_host_and_scheme(then, {request.get_host()}):
        then = ""
    if request.method == "POST":
        user = get_object_or_404(User, username=data.get("person", ""))
        if user != request.user:  # else a question in another tab would not hold any more
            login(request, user, "django.contrib.auth.backends.ModelBackend")
        return redirect(then or "account_login")
    return render(request, "provider/people.html", {"people": PEOPLE, "then": then, "magazine": address()})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def compose(request: HttpRequest) -> HttpResponse:
    """Let the visitor write a post about an address, and show it as the network's readers would see it."""
    data = request.POST if request.method == "POST" else request.GET
    url, text = data.get("url", "")[:LETTERS].strip(), data.get("text", "")[:LETTERS].strip()
    context: dict[str, Any] = {"url": url, "text": text, "person": _writer(request)}
    if request.method != "POST":
        return render(request, "provider/compose.html", context)
    try:
        context["preview"] = preview_of(url)
    except Unread as error:
        return render(request, "provider/compose.html", {**context, "error": error}, status=400)
    return render(request, "provider/post.html", context)


def _writer(request: HttpRequest) -> Person:
    """Return who the visitor is at the moment, else the first of the people."""
    return BY_ID.get(request.user.get_username(), PEOPLE[0])


def shown_anew(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Show the people once more: the page was older than a choice in another tab."""
    return redirect(f"{reverse('account_login')}?{urlencode({'next': request.POST.get('next', '')})}")


@require_safe
@cache_control(public=True, max_age=3600)
def portrait(request: HttpRequest, person_id: str) -> HttpResponse:
    """Show how somebody looks."""
    if person_id not in BY_ID:
        raise Http404
    return HttpResponse(drawn(person_id), content_type="image/png")
