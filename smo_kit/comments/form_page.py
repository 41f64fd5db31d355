"""The page of a form for a comment: what was typed, what is wrong with it, a preview."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString, mark_safe

from smo_kit.comments.answers import message
from smo_kit.comments.drafts import right_text
from smo_kit.comments.forms import FormShown, typed_in
from smo_kit.comments.markup import to_html
from smo_kit.comments.mentions import mentioned, participants
from smo_kit.comments.targets import Target
from smo_kit.core.answers import answer
from smo_kit.core.refusals import Refused


def form_page(request: HttpRequest, shown: FormShown, refused: Refused | None, language: str) -> HttpResponse:
    """Return the form, with the status of what is refused."""
    status = refused.status if refused else HTTPStatus.OK
    response = answer(request, "smo_kit/comments/form_page.html", {"form": shown}, language=language, status=status)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        response.headers["Retry-After"] = "600"
    return response


def preview_of(data: Mapping[str, str], target: Target) -> SafeString:
    """Return what was typed as readers would see it. Raises Refused for a text that can't be a comment."""
    text = right_text(data.get("comment", ""), target.conf)
    return mark_safe(to_html(text, mentioned(participants(target.discussion, text))))  # sanitised there


def refused_without_page(request: HttpRequest, refused: Refused, data: Mapping[str, str]) -> HttpResponse:
    """Say what is wrong with a form that is about no page, and show what was typed, so that it can be saved."""
    return message(
        request,
        refused.sentence,
        typed_in(data)["comment"] if request.method == "POST" else "",
        language=data.get("l", ""),
        status=refused.status,
    )
