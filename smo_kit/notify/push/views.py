"""What the button "Show notifications on this device" speaks to."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST, require_safe

from smo_kit.core.answers import language_of, unstored
from smo_kit.notify.push.devices import BadDevice, add_device, remove_device
from smo_kit.notify.push.keys import is_ready

WORKER_SECONDS = 3600
"""For how long a browser believes that the service worker has not changed."""


@require_POST
@csrf_protect
@login_required
def device(request: HttpRequest) -> HttpResponse:
    """Show the member's notifications on this device, or (``end``) no more."""
    if not is_ready():
        raise Http404("push")
    given = {name: request.POST.get(name, "").replace("\0", "") for name in ("endpoint", "p256dh", "auth")}
    if "end" in request.POST:
        remove_device(request.user, given["endpoint"])
    else:
        try:
            add_device(request.user, language=language_of(request.POST.get("language", "")), **given)
        except BadDevice as error:
            text = HttpResponse(str(error), status=HTTPStatus.BAD_REQUEST, content_type="text/plain; charset=utf-8")
            return unstored(text)
    return unstored(HttpResponse(status=HTTPStatus.NO_CONTENT))


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Return the service worker. Its scope is the folder that it lies in: no page of the site but the list itself."""
    response = render(request, "smo_kit/notify/worker.js", content_type="text/javascript; charset=utf-8")
    patch_cache_control(response, public=True, max_age=WORKER_SECONDS)
    return response
