"""What load balancers and schedulers ask: is the process alive, can it serve?"""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from django.db.transaction import non_atomic_requests
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from smo_kit.core.answers import unstored
from smo_kit.core.readiness import missing_needs

LIVES: Final = {"status": "ok"}


@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Answer 200: this process takes requests. It asks nobody else, so that nothing else gets it killed."""
    answer = JsonResponse(LIVES)
    unstored(answer)
    return answer


@non_atomic_requests
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Answer 200 when all is there that pages need, else 503 with the names of what is missing."""
    missing = missing_needs()
    found = {"status": "missing" if missing else "ok", "missing": missing}
    answer = JsonResponse(found, status=HTTPStatus.SERVICE_UNAVAILABLE if missing else HTTPStatus.OK)
    unstored(answer)
    return answer
