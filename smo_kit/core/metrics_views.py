"""``/smo/metrics/``: off until the site says who may read it."""

from __future__ import annotations

import ipaddress

from django.db.transaction import non_atomic_requests
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe

from smo_kit.core import metrics as figures
from smo_kit.core.answers import unstored
from smo_kit.core.conf import core_settings
from smo_kit.core.limits import client_address


@non_atomic_requests
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer with the site's figures; 404 to all who may not read them, and where their package is missing."""
    if not figures.HAS_CLIENT or not _may_read(request):
        raise Http404
    body, kind = figures.rendered()
    answer = HttpResponse(body, content_type=kind)
    unstored(answer)
    return answer


def _may_read(request: HttpRequest) -> bool:
    conf = core_settings()
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if conf.metrics_token and scheme.lower() == "bearer" and constant_time_compare(token, conf.metrics_token):
        return True
    address = client_address(request)
    return bool(address) and any(
        ipaddress.ip_address(address) in ipaddress.ip_network(one, strict=False) for one in conf.metrics_addresses
    )
