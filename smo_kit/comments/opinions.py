"""Answers to who votes on a comment or reports it."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from smo_kit.comments import votes
from smo_kit.comments.answers import message, readable
from smo_kit.comments.conf import comments_settings
from smo_kit.comments.mentions import permalink
from smo_kit.comments.models import Entry
from smo_kit.comments.people import newcomer_mark
from smo_kit.comments.rendering import Row, rows_of
from smo_kit.comments.states import State
from smo_kit.comments.targets import target_of_entry
from smo_kit.comments.votes import given_by
from smo_kit.core.answers import Acting, SeeOther, answer, is_for_script, language_of, reader_of, unstored
from smo_kit.core.durations import DAY, HOUR
from smo_kit.core.limits import client_within, daily_mark
from smo_kit.core.origin import is_own_form, is_unsaid
from smo_kit.core.refusals import Reason, Refused

VALUES: Final = {"1": 1, "0": 0, "-1": -1}
ASKED: Final = {
    1: (gettext_lazy("Do you like this comment?"), gettext_lazy("Like")),
    -1: (gettext_lazy("Do you dislike this comment?"), gettext_lazy("Dislike")),
}
"""What the page of a vote asks, and what its button says, by the vote that it offers."""
GIVEN: Final = {
    1: gettext_lazy("You like this comment already."),
    -1: gettext_lazy("You dislike this comment already."),
}


@csrf_exempt  # the discussion is cached, so its form has no token; is_own_form() asks for another proof
@require_http_methods(["GET", "HEAD", "POST"])
@readable
def vote(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a reader's like, dislike or the taking back of one.

    Without script, the same vote once more leads to a page whose button takes it back; so does a vote of a browser that
    doesn't say where its form stood to one that asks once more.
    """
    entry = _published(pk)
    with override(language_of(entry.language)):
        if request.method != "POST":
            return _vote_page(request, entry)
        value = VALUES.get(request.POST.get("value", ""))
        if value is not None and not is_for_script(request) and _must_ask(request, entry, value):
            return unstored(SeeOther(f"{permalink(pk)}vote/?value={value}"))
        return _voted(request, entry, value)


def _voted(request: HttpRequest, entry: Entry, value: int | None) -> HttpResponse:
    try:
        if not is_own_form(request):
            raise Refused(_("Only a page of this site may do this."), status=HTTPStatus.FORBIDDEN, reason=Reason.CSRF)
        if value is None:
            raise Refused(_("That can't be said of a comment here."))
        _must_be_few(request, "votes", comments_settings().votes_an_hour)
        if value:
            _guests_must_be_few(request, entry)
        acting = Acting(request)
        votes.vote(entry, value, acting.visitor)
    except Refused as refused:
        if is_for_script(request):
            return unstored(JsonResponse({"error": str(refused.sentence)}, status=refused.status))
        return message(request, refused.sentence, language=entry.language, status=refused.status, links=_to(entry))
    if is_for_script(request):
        counts = {"likes": entry.likes, "dislikes": entry.dislikes, "own": value}
        return acting.marked(unstored(JsonResponse(counts)))
    return acting.marked(unstored(SeeOther(permalink(entry.pk))))


def _vote_page(request: HttpRequest, entry: Entry) -> HttpResponse:
    """Say what this reader's vote is, and offer to take it back; else the vote that the address names."""
    if not comments_settings().likes:
        raise Http404("votes")
    row = _row(request, entry)
    own = _vote_of(request, entry)
    asked = VALUES.get(request.GET.get("value", ""), 0) or own or 1
    title, label = (GIVEN[own], _("Take it back")) if asked == own else ASKED[asked]
    context = {
        "title": title,
        "value": 0 if asked == own else asked,
        "label": label,
        "action": f"{permalink(entry.pk)}vote/",
        "back": permalink(entry.pk),
        "row": row,
    }
    return answer(request, "smo_kit/comments/vote.html", context, language=entry.language)


def _vote_of(request: HttpRequest, entry: Entry) -> int:
    reader = reader_of(request)
    if reader is None:
        return 0
    return given_by(reader, entry=entry).get(entry.pk, 0)


def _must_ask(request: HttpRequest, entry: Entry, value: int) -> bool:
    """Say whether a vote is not one yet: it is there already, or it has no proof that it comes from this site."""
    if is_own_form(request):
        return value != 0 and value == _vote_of(request, entry)
    return is_unsaid(request)


@csrf_exempt  # is_own_form() asks for the same
@require_http_methods(["GET", "HEAD", "POST"])
@readable
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason of a report; take it."""
    entry = _published(pk)
    row = _row(request, entry)
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
            "row": row,
            "error": refused_for.sentence if refused_for else "",
            "reason": request.POST.get("reason", ""),
        }
        status = refused_for.status if refused_for else HTTPStatus.OK
        return answer(request, "smo_kit/comments/report.html", context, language=entry.language, status=status)


def _reported(request: HttpRequest, entry: Entry) -> HttpResponse:
    if not is_own_form(request):
        sentence = _("This form was not sent from a page of this site. Please press the button once more.")
        raise Refused(sentence, status=HTTPStatus.FORBIDDEN, reason=Reason.CSRF)
    _must_be_few(request, "reports", comments_settings().reports_an_hour)
    acting = Acting(request)
    is_newcomer = acting.visitor.user_id is None and not acting.is_known
    newcomer = newcomer_mark(daily_mark(request)) if is_newcomer else ""
    votes.report(entry, acting.visitor, request.POST.get("reason", "").replace("\0", ""), newcomer=newcomer)
    links = () if is_for_script(request) else _to(entry)
    text = _("A moderator will look at this comment.")
    return acting.marked(message(request, _("Thank you"), text, language=entry.language, links=links))


def _row(request: HttpRequest, entry: Entry) -> Row:
    """Return the comment as it is quoted, to a reader who may see its page."""
    try:
        place = target_of_entry(request, entry).place(request)
    except Refused as refused:
        raise Http404("comment") from refused
    return rows_of([entry], place)[0]


def _published(pk: int) -> Entry:
    rows = Entry.objects.select_related("comment", "discussion").filter(pk=pk, state=State.PUBLISHED)
    entry = rows.first()
    if entry is None:
        raise Http404("comment")
    return entry


def _to(entry: Entry) -> tuple[tuple[str, Any], ...]:
    return ((permalink(entry.pk), _("Back to the comment")),)


def _must_be_few(request: HttpRequest, what: str, limit: int) -> None:
    if not client_within(request, f"comments:{what}", limit=limit, seconds=HOUR):
        raise Refused(_("That was too much for one hour. Please try again later."), status=HTTPStatus.TOO_MANY_REQUESTS)


def _guests_must_be_few(request: HttpRequest, entry: Entry) -> None:
    """Count a guest who has no vote on this comment yet, wherever his cookie is from. Raises Refused."""
    reader, limit = reader_of(request), comments_settings().newcomers_votes_a_day
    if reader and (reader.user_id is not None or _vote_of(request, entry)):
        return
    if not client_within(request, f"comments:votes:{entry.pk}", limit=limit, seconds=DAY):
        sentence = _("Enough guests have voted on this comment from your network today. Please sign in, or wait a day.")
        raise Refused(sentence, status=HTTPStatus.TOO_MANY_REQUESTS)
