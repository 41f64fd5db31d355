"""Answers to who writes: the form for a comment, and what is made of it."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from smo_kit.comments import additions
from smo_kit.comments.answers import readable
from smo_kit.comments.discussions import who_may_write
from smo_kit.comments.drafts import Draft, name_of
from smo_kit.comments.form_page import form_page, preview_of, refused_without_page
from smo_kit.comments.forms import NOTHING, FormShown, typed_in
from smo_kit.comments.in_whose_name import FIELD, meant, must_be_meant
from smo_kit.comments.joining import HERE, LOST, WORD, draft_for, is_joining, is_lost, join, was_sent
from smo_kit.comments.models import Entry
from smo_kit.comments.own_comment import what_became_of
from smo_kit.comments.rendering import form_address
from smo_kit.comments.services import post
from smo_kit.comments.stock import is_stock, opened_in
from smo_kit.comments.targets import Target, target_of_form
from smo_kit.core.access import ways_for, why_not
from smo_kit.core.answers import ELSEWHERE, Acting, is_for_script, language_of, require_form, unstored
from smo_kit.core.converters import LARGEST_ID, id_in
from smo_kit.core.limits import client_address
from smo_kit.core.origin import is_own_form
from smo_kit.core.own_urls import own_address
from smo_kit.core.refusals import Reason, Refused
from smo_kit.core.way_back import leading_back, way_back
from smo_kit.spam.services import TrapError, Traps, read_traps, trap_fields


@csrf_exempt  # is_own_form() asks for the same, and what was typed is shown again
@require_form
@readable
def new(request: HttpRequest) -> HttpResponse:
    """Show the form for a comment; take what was written in it."""
    data = request.POST if request.method == "POST" else request.GET
    try:
        target = target_of_form(request, data)
    except Refused as refused:
        return refused_without_page(request, refused, data)
    with override(target.language):
        return _take(request, target) if request.method == "POST" else _opened(request, target)


@csrf_exempt
@require_http_methods(["POST"])
@readable
def stock_post(request: HttpRequest) -> HttpResponse:
    """Take a comment at the address that django-comments has for it."""
    return new(request)


@require_safe
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to the form that answers a comment."""
    entry = Entry.objects.published().select_related("discussion").filter(pk=pk).first()
    if entry is None:
        raise Http404("comment")
    with override(language_of(entry.language)):
        return unstored(HttpResponseRedirect(form_address(entry.discussion.key, pk)))


def _opened(request: HttpRequest, target: Target) -> HttpResponse:
    """Show the form, with the draft that the address names."""
    draft = draft_for(request.GET)
    data = {WORD: request.GET.get(WORD, ""), "reply_to": request.GET.get("reply_to", ""), **draft}
    note = LOST if is_lost(data, draft) else ""
    return _form(request, target, _gone(data, target), data=data if draft else {**data, WORD: ""}, note=note)


def _take(request: HttpRequest, target: Target) -> HttpResponse:
    if target.closed:
        return _form(request, target, Refused(target.closed, status=HTTPStatus.FORBIDDEN))
    if not is_own_form(request):
        return _form(request, target, Refused(ELSEWHERE, status=HTTPStatus.FORBIDDEN, reason=Reason.CSRF))
    acting = Acting(request)
    try:
        if is_joining(request.POST):
            return join(request, target, _answered(request.POST, target))
        if closed := _closed(request, target):
            raise Refused(closed, status=HTTPStatus.FORBIDDEN)
        must_be_meant(request)
        traps = _traps(request, target)
        if "preview" in request.POST:
            return _form(request, target, preview=preview_of(request.POST, target))
        draft = Draft(
            text=request.POST.get("comment", ""),
            reply_to=_reply_to(request.POST),
            name=request.POST.get("name", ""),
            email=request.POST.get("email", ""),
            url=request.POST.get("url", ""),
            user=request.user if request.user.is_authenticated else None,
            visitor=acting.visitor,
            address=client_address(request),
            user_agent=request.headers.get("User-Agent", "")[:500],
            language=target.language,
            opened=traps.opened,
        )
        posted = post(target.discussion.key, draft, request=request)
    except Refused as refused:
        return _form(request, target, refused)
    was_sent(request.POST)
    said = additions.taken(request, posted.entry, request.POST) if posted.is_new else ""
    return acting.marked(what_became_of(request, posted.entry, target, said))


def _traps(request: HttpRequest, target: Target) -> Traps:
    """Return what the form knows of who filled it in. Raises Refused."""
    if is_stock(request.POST):
        return Traps(opened_in(request.POST), honeypot=False)
    try:
        traps = read_traps(request.POST, target.discussion.key)
    except TrapError as error:
        raise Refused(error.text, reason=Reason.FORGED) from error
    if traps.honeypot:
        raise Refused(_("A field that nobody sees was filled in. Please send your text again."), reason=Reason.SPAM)
    return traps


def _reply_to(data: Mapping[str, str]) -> int | None:
    given = data.get("reply_to", "").strip() or "0"
    if given.strip("0") and not 0 < id_in(given) <= LARGEST_ID:
        raise _nothing_to_answer()
    return id_in(given) or None


def _nothing_to_answer(status: HTTPStatus = HTTPStatus.BAD_REQUEST) -> Refused:
    return Refused(_("The comment that you answer is not there any more."), field="reply_to", status=status)


def _gone(data: Mapping[str, str], target: Target) -> Refused | None:
    """Return what to say where a form is opened to answer a comment that nobody can read."""
    asked = data.get("reply_to", "").strip() not in {"", "0"}
    return _nothing_to_answer(HTTPStatus.NOT_FOUND) if asked and _answered(data, target) is None else None


def _closed(request: HttpRequest, target: Target) -> Any:
    """Return why this reader may not write here, "" if he may."""
    return target.closed or why_not(request.user, "comment", who_may_write(target.discussion))


def _form(
    request: HttpRequest,
    target: Target,
    refused: Refused | None = None,
    preview: SafeString = NOTHING,
    *,
    data: Mapping[str, str] | None = None,
    note: Any = "",
) -> HttpResponse:
    """Show the form with what was sent, or else with the ``data`` of a draft."""
    data = request.POST if data is None else data
    user = request.user if request.user.is_authenticated else None
    answered = _answered(data, target)
    traps = trap_fields(target.discussion.key, request.POST)
    closed = _closed(request, target)
    shown = FormShown(
        title=_("Reply to %(name)s") % {"name": answered.author_name} if answered else _("Write a comment"),
        button=_("Send"),
        action=leading_back(own_address("smo_comments:new"), way_back(request)),
        back=way_back(request) or f"{target.card.url}#comments",
        page_title=target.card.title,
        in_place=is_for_script(request),
        mark=f"-to-{answered.pk}" if answered else "",
        typed=typed_in(data),
        hidden=_hidden(request, target, data, answered, refused, opened=traps.opened),
        honeypot=traps.honeypot,
        writes_as=name_of(user) if user else "",
        quoted=mark_safe(answered.html) if answered else NOTHING,
        quoted_name=answered.author_name if answered else "",
        preview=preview,
        error=refused.sentence if refused else "",
        wrong=refused.field if refused else "",
        closed=closed,
        note=note,
        ways=() if target.closed else ways_for(request),
        additions=() if closed else additions.shown(request, target.discussion, data),
    )
    return form_page(request, shown, refused, target.language)


def _hidden(
    request: HttpRequest,
    target: Target,
    data: Mapping[str, str],
    answered: Entry | None,
    refused: Refused | None,
    *,
    opened: str,
) -> dict[str, Any]:
    """Return the fields that say what the form is about, and who opened it when."""
    hidden: dict[str, Any] = {"o": target.discussion.key.sign(), "l": target.language, "opened": opened}
    hidden[FIELD] = meant(request)
    if word := data.get(WORD, ""):
        hidden[WORD] = word
    if is_for_script(request):
        hidden[HERE] = 1
    if answered or (refused and refused.field == "reply_to"):
        hidden["reply_to"] = answered.pk if answered else 0  # what is gone can't be answered: a comment of its own
    return hidden


def _answered(data: Mapping[str, str], target: Target) -> Entry | None:
    try:
        pk = _reply_to(data)
    except Refused:
        return None
    rows = Entry.objects.published().filter(discussion=target.discussion).select_related("comment")
    return rows.filter(pk=pk).first() if pk else None
