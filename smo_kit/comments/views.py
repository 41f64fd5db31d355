"""Answers to readers: the page of a comment."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from smo_kit.comments.models import Entry
from smo_kit.comments.pages import card_of


@require_safe
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to a comment, on whatever page it stands."""
    entry = Entry.objects.placed().select_related("discussion").filter(pk=pk).first()
    card = card_of(entry.discussion.key, language=entry.language, request=request) if entry else None
    if card is None:
        raise Http404("comment")
    return HttpResponseRedirect(f"{card.url}#c{pk}")
