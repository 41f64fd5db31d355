"""The demo's mails in the browser: for everybody while neither they nor the demo leave this machine, else for staff."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from smo_kit.core.long_lists import FirstPaginator
from smo_kit.mail.models import Mail

ON_LIST = 30
POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
"""A mail brings its own style, and may fetch nothing."""

View = Callable[..., HttpResponse]


def readers_only(view: View) -> View:
    """Show mails to nobody who could not have got them."""

    @wraps(view)
    def shown(request: HttpRequest, **parts: int) -> HttpResponse:
        if not settings.SMO_DEMO_SHOWS_MAIL and not request.user.is_staff:
            return redirect_to_login(request.path)
        return view(request, **parts)

    return require_safe(never_cache(shown))


@readers_only
def outbox(request: HttpRequest) -> HttpResponse:
    page = FirstPaginator(Mail.objects.order_by("-pk"), ON_LIST).get_page(request.GET.get("page"))
    return render(request, "mail/list.html", {"page": page, "is_kept": settings.SMO_DEMO_KEEPS_MAIL})


@readers_only
def mail(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "mail/mail.html", {"mail": get_object_or_404(Mail, pk=pk)})


@readers_only
def html(request: HttpRequest, pk: int) -> HttpResponse:
    mail = get_object_or_404(Mail, pk=pk)
    if not mail.html:
        raise Http404("This mail is plain text.")
    return HttpResponse(mail.html, headers={"Content-Security-Policy": POLICY, "X-Robots-Tag": "noindex"})
