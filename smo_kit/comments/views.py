"""Answers to readers: the page of a comment, votes, reports, and what is this reader's own."""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus
from typing import Any, Final

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from smo_kit.comments import votes
from smo_kit.comments.answers import Acting, SeeOther, answer, is_for_script, language_of, message, readable, unstored
from smo_kit.comments.conf import HOUR, comments_settings
from smo_kit.comments.discussions import conf_of
from smo_kit.comments.faults import Refused
from smo_kit.comments.listing import start_of_page_with
from smo_kit.comments.mentions import permalink
from smo_kit.comments.models import Discussion, Entry, Vote
from smo_kit.comments.people import author_mark, newcomer_mark, voter_of
from smo_kit.comments.rendering import rows_of
from smo_kit.comments.states import State
from smo_kit.comments.targets import target_of_entry
from smo_kit.core.limits import daily_mark, within
from smo_kit.core.origin import is_from_here, is_own_form
from smo_kit.core.settings import site_id
from smo_kit.core.subjects import ForgedKey, Key
from smo_kit.core.visitors import Visitor, visitor_of

VALUES: Final = {"1": 1, "0": 0, "-1": -1}


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
    visitor = visitor_of(request) or (Visitor("", request.user.pk) if request.user.is_authenticated else None)
    if discussion is None or visitor is None:
        return unstored(JsonResponse({"own": [], "votes": {}}))
    given = Vote.objects.filter(entry__discussion=discussion, voter=voter_of(visitor))
    return unstored(
        JsonResponse({"own": _changeable(discussion, visitor), "votes": dict(given.values_list("entry_id", "value"))})
    )


def _changeable(discussion: Discussion, visitor: Visitor) -> list[int]:
    since = timezone.now() - dt.timedelta(minutes=conf_of(discussion).edit_minutes)
    who = Q(author_mark=author_mark(visitor)) if visitor.key else Q()
    if visitor.user_id is not None:
        who |= Q(comment__user_id=visitor.user_id)
    rows = Entry.objects.published().filter(who, discussion=discussion, comment__submit_date__gt=since)
    return list(rows.values_list("pk", flat=True))


@csrf_exempt  # the page is cached, so it has no token: is_from_here() is the proof
@require_POST
def vote(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a reader's like, dislike or the taking back of one."""
    entry = _published(pk)
    with override(language_of(entry.language)):
        try:
            if not is_from_here(request):
                raise Refused(_("Only a page of this site may do this."), status=HTTPStatus.FORBIDDEN)
            value = VALUES.get(request.POST.get("value", ""))
            if value is None:
                raise Refused(_("That can't be said of a comment here."))
            _must_be_few(request, "votes", comments_settings().votes_an_hour)
            if visitor_of(request) is None and not request.user.is_authenticated:
                _must_be_few(request, f"votes:{pk}", comments_settings().newcomers_votes_an_hour)
            acting = Acting(request)
            votes.vote(entry, value, acting.visitor)
        except Refused as refused:
            if is_for_script(request):
                return unstored(JsonResponse({"error": str(refused.sentence)}, status=refused.status))
            return message(request, refused.sentence, language=entry.language, status=refused.status, links=_to(entry))
    if is_for_script(request):
        counts = {"likes": entry.likes, "dislikes": entry.dislikes, "own": value}
        return acting.marked(unstored(JsonResponse(counts)))
    return acting.marked(unstored(SeeOther(permalink(pk))))


@csrf_exempt  # is_own_form() asks for the same
@require_http_methods(["GET", "HEAD", "POST"])
@readable
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason of a report; take it."""
    entry = _published(pk)
    try:
        place = target_of_entry(request, entry).place(request)
    except Refused as refused:
        raise Http404("comment") from refused
    refused_for: Refused | None = None
    with override(language_of(entry.language)):
        if request.method == "POST":
            try:
                return _reported(request, entry)
            except Refused as refused:
                refused_for = refused
        context: dict[str, Any] = {
            "action": f"{permalink(pk)}report/",
            "back": permalink(pk),
            "row": rows_of([entry], place)[0],
            "error": refused_for.sentence if refused_for else "",
            "reason": request.POST.get("reason", ""),
        }
        status = refused_for.status if refused_for else HTTPStatus.OK
        return answer(request, "report", context, language=entry.language, status=status)


def _reported(request: HttpRequest, entry: Entry) -> HttpResponse:
    if not is_own_form(request):
        sentence = _("This form was not sent from a page of this site. Please press the button once more.")
        raise Refused(sentence, status=HTTPStatus.FORBIDDEN)
    _must_be_few(request, "reports", comments_settings().reports_an_hour)
    acting = Acting(request)
    is_newcomer = acting.visitor.user_id is None and not acting.is_known
    newcomer = newcomer_mark(daily_mark(request)) if is_newcomer else ""
    votes.report(entry, acting.visitor, request.POST.get("reason", "").replace("\0", ""), newcomer=newcomer)
    links = () if is_for_script(request) else _to(entry)
    text = _("A moderator will look at this comment.")
    return acting.marked(message(request, _("Thank you"), text, language=entry.language, links=links))


def _published(pk: int) -> Entry:
    rows = Entry.objects.select_related("comment", "discussion").filter(pk=pk, state=State.PUBLISHED)
    entry = rows.first()
    if entry is None:
        raise Http404("comment")
    return entry


def _to(entry: Entry) -> tuple[tuple[str, Any], ...]:
    return ((permalink(entry.pk), _("Back to the comment")),)


def _must_be_few(request: HttpRequest, what: str, limit: int) -> None:
    if not within(f"comments:{what}", daily_mark(request), limit=limit, seconds=HOUR):
        raise Refused(_("That was too much for one hour. Please try again later."), status=HTTPStatus.TOO_MANY_REQUESTS)
