"""Answers to readers: the page of a comment, and what is this reader's own."""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from smo_kit.comments.answers import message, readable
from smo_kit.comments.claiming import claim
from smo_kit.comments.discussions import conf_of
from smo_kit.comments.listing import start_of_page_with
from smo_kit.comments.models import Discussion, Entry
from smo_kit.comments.people import author_mark
from smo_kit.comments.targets import target_of_entry
from smo_kit.comments.votes import given_by
from smo_kit.core.addresses import sign_in_url
from smo_kit.core.answers import ELSEWHERE, SeeOther, reader_of, unstored
from smo_kit.core.converters import id_in
from smo_kit.core.origin import is_own_form
from smo_kit.core.refusals import Reason, Refused, note_refusal
from smo_kit.core.settings import site_id
from smo_kit.core.subjects import ForgedKey, Key
from smo_kit.core.visitors import Visitor


@require_safe
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to a comment, on whatever page it stands."""
    entry = Entry.objects.placed().select_related("discussion", "comment").filter(pk=pk).first()
    try:
        if entry is None:
            raise Http404("comment")
        place = target_of_entry(request, entry).place(request)
    except Refused as refused:
        raise Http404("comment") from refused
    start = start_of_page_with(place.wanted, entry)
    return HttpResponseRedirect(place.address(after=start.pk if start else None, anchor=f"c{pk}"))


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Return what in a discussion is this reader's own: comments that he may change, and his votes."""
    try:
        key = Key.unsign(request.GET.get("o", ""))
    except ForgedKey:
        return unstored(HttpResponse(_("This page is not known here. Please load it again."), status=400))
    discussion = Discussion.objects.filter(site_id=site_id(), language=key.language, **key.fields).first()
    visitor = reader_of(request)
    if discussion is None or visitor is None:
        return unstored(JsonResponse({"own": [], "votes": {}}))
    votes = given_by(visitor, entry__discussion=discussion)
    return unstored(JsonResponse({"own": _changeable(discussion, visitor), "votes": votes}))


@csrf_exempt  # is_own_form() asks for the same
@require_POST
@readable
def claim_own(request: HttpRequest) -> HttpResponse:
    """Make what a member has written as a guest his own: what he has ticked (``c``), or ``all``."""
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = "/"
    if not request.user.is_authenticated:
        return unstored(SeeOther(sign_in_url(back)))
    language = get_language() or ""
    links = ((back, _("Back")),)
    if not is_own_form(request):
        note_refusal(Reason.CSRF, HTTPStatus.FORBIDDEN)
        return message(request, ELSEWHERE, language=language, links=links, status=HTTPStatus.FORBIDDEN)
    ticked = [id_in(pk) for pk in request.POST.getlist("c")]
    n = claim(request.user, None if "all" in request.POST else ticked)
    if not n:
        return message(request, _("Nothing was taken."), _("Tick what is yours."), language=language, links=links)
    title = ngettext("%(n)s comment is yours now.", "%(n)s comments are yours now.", n) % {"n": n}
    return message(request, title, language=language, links=links)


def _changeable(discussion: Discussion, visitor: Visitor) -> list[int]:
    since = timezone.now() - dt.timedelta(minutes=conf_of(discussion).edit_minutes)
    who = Q(author_mark=author_mark(visitor)) if visitor.key else Q()
    if visitor.user_id is not None:
        who |= Q(comment__user_id=visitor.user_id)
    rows = Entry.objects.published().filter(who, discussion=discussion, comment__submit_date__gt=since)
    return list(rows.values_list("pk", flat=True))
