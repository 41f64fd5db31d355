"""Answers to who writes: the form, what became of a comment, and the page to change one's own."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from smo_kit.comments import additions
from smo_kit.comments.answers import message, readable
from smo_kit.comments.conf import DAY, comments_settings
from smo_kit.comments.discussions import who_may_write
from smo_kit.comments.drafts import Draft, name_of, right_text
from smo_kit.comments.forms import NOTHING, FormShown, typed_in
from smo_kit.comments.joining import HERE, LOST, WORD, draft_for, is_joining, is_lost, join, was_sent
from smo_kit.comments.markup import to_html
from smo_kit.comments.meant import FIELD, meant, must_be_meant
from smo_kit.comments.mentions import mentioned, participants, permalink
from smo_kit.comments.models import Entry
from smo_kit.comments.people import author_mark
from smo_kit.comments.rendering import Row, form_address, row_html, rows_of
from smo_kit.comments.services import edit, may_change, post, take_back
from smo_kit.comments.states import State
from smo_kit.comments.stock import is_stock, opened_in
from smo_kit.comments.targets import Target, back_from, target_of_entry, target_of_form
from smo_kit.core import tokens
from smo_kit.core.access import ways_for, why_not
from smo_kit.core.addresses import with_query
from smo_kit.core.answers import ELSEWHERE, Acting, SeeOther, answer, is_for_script, language_of, require_form, unstored
from smo_kit.core.converters import LARGEST_ID, id_in
from smo_kit.core.limits import client_address
from smo_kit.core.origin import is_own_form
from smo_kit.core.own_urls import own_address
from smo_kit.core.refusals import Reason, Refused
from smo_kit.core.visitors import visitor_of
from smo_kit.core.way_back import leading_back, way_back
from smo_kit.spam.services import TrapError, Traps, read_traps, trap_fields

OWN: Final = "comments.own"
"""What the token of a comment's author is for."""


@csrf_exempt  # is_own_form() asks for the same, and what was typed is shown again
@require_form
@readable
def new(request: HttpRequest) -> HttpResponse:
    """Show the form for a comment; take what was written in it."""
    data = request.POST if request.method == "POST" else request.GET
    try:
        target = target_of_form(request, data)
    except Refused as refused:
        return _refused_without_page(request, refused, data)
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
            return _form(request, target, preview=_preview(request.POST, target))
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
    return acting.marked(_what_became_of(request, posted.entry, target, said))


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


def _preview(data: Mapping[str, str], target: Target) -> SafeString:
    text = right_text(data.get("comment", ""), target.conf)
    return mark_safe(to_html(text, mentioned(participants(target.discussion, text))))  # sanitised there


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
    hidden: dict[str, Any] = {"o": target.discussion.key.sign(), "l": target.language, "opened": traps.opened}
    hidden[FIELD] = meant(request)
    if word := data.get(WORD, ""):
        hidden[WORD] = word
    if is_for_script(request):
        hidden[HERE] = 1
    if answered or (refused and refused.field == "reply_to"):
        hidden["reply_to"] = answered.pk if answered else 0  # what is gone can't be answered: a comment of its own
    shown = FormShown(
        title=_("Reply to %(name)s") % {"name": answered.author_name} if answered else _("Write a comment"),
        button=_("Send"),
        action=leading_back(own_address("smo_comments:new"), way_back(request)),
        back=way_back(request) or f"{target.card.url}#comments",
        page_title=target.card.title,
        in_place=is_for_script(request),
        mark=f"-to-{answered.pk}" if answered else "",
        typed=typed_in(data),
        hidden=hidden,
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
    status = refused.status if refused else HTTPStatus.OK
    response = answer(
        request, "smo_kit/comments/form_page.html", {"form": shown}, language=target.language, status=status
    )
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        response.headers["Retry-After"] = "600"
    return response


def _refused_without_page(request: HttpRequest, refused: Refused, data: Mapping[str, str]) -> HttpResponse:
    """Say what is wrong with a form that is about no page, and show what was typed, so that it can be saved."""
    return message(
        request,
        refused.sentence,
        typed_in(data)["comment"] if request.method == "POST" else "",
        language=data.get("l", ""),
        status=refused.status,
    )


def _answered(data: Mapping[str, str], target: Target) -> Entry | None:
    try:
        pk = _reply_to(data)
    except Refused:
        return None
    rows = Entry.objects.published().filter(discussion=target.discussion).select_related("comment")
    return rows.filter(pk=pk).first() if pk else None


def _own_life() -> int:
    """Return the seconds for which that word is believed: a day at least, to say what a comment waits for."""
    return max(DAY, comments_settings().edit_minutes * 60)


def own_token(entry: Entry, said: str = "") -> str:
    """Return the word by which the author of a comment is known, without an account and in any browser.

    ``said`` is what else he is told on the page that it leads to.
    """
    return tokens.sign(OWN, str(entry.pk), *filter(None, [said]))


def _what_became_of(
    request: HttpRequest, entry: Entry, target: Target, said: str = "", *, was_there: bool = False
) -> HttpResponse:
    """Lead to the comment, or say what it waits for; where django-comments' form was used, back to its page.

    ``was_there``: readers have it in their pages as it was, and the script puts the answer in its place.
    """
    onwards = request.POST.get("next", "")
    if is_stock(request.POST) and url_has_allowed_host_and_scheme(onwards, {request.get_host()}, request.is_secure()):
        return unstored(SeeOther(with_query(onwards, f"c={entry.pk}")))
    if is_for_script(request):
        if entry.state in {State.PUBLISHED, State.REMOVED}:
            html = row_html(Entry.objects.select_related("comment").get(pk=entry.pk), target.place(request))
            return message(request, "", said, language=target.language, comment=html)
        row = rows_of([entry], target.place(request))[0] if was_there else None
        return _sent(request, entry, target, said, row)
    then = way_back(request)
    if entry.state == State.PUBLISHED and not said:
        return unstored(SeeOther(then or permalink(entry.pk)))
    return unstored(SeeOther(leading_back(own_address("smo_comments:sent", own_token(entry, said)), then)))


@require_safe
def sent(request: HttpRequest, token: str) -> HttpResponse:
    """Say to the author of a comment what it waits for."""
    entry, said = _entry_of_token(token)
    if entry is None:
        return message(request, _("This comment is not there any more."), status=HTTPStatus.NOT_FOUND)
    try:
        target = target_of_entry(request, entry)
    except Refused as refused:
        return message(request, refused.sentence, status=refused.status)
    with override(target.language):
        return _sent(request, entry, target, said)


def _sent(request: HttpRequest, entry: Entry, target: Target, said: str, row: Row | None = None) -> HttpResponse:
    back = () if is_for_script(request) else (back_from(request, target),)
    change = (f"{own_address('smo_comments:edit', entry.pk)}?token={own_token(entry)}", _("Change or remove it"))
    links = (change, *back) if may_change(entry) else back
    title: Any
    text: Any = ""
    if entry.state == State.PENDING:
        title, text = _("One more step"), _("Please open the mail that we have sent you, and confirm your comment.")
    elif entry.state == State.PUBLISHED:
        title = _("Your comment is published")
        links = ((permalink(entry.pk), _("Go to the comment")), *links)
    elif entry.state == State.REMOVED:
        title, links = _("Your comment is removed"), back
    else:
        title, text = _("Thank you"), _("Your comment waits for a moderator and will then appear here.")
    text = " ".join(filter(None, [str(text), said]))
    return message(request, title, text, language=target.language, links=links, row=row)


@csrf_exempt  # as above
@require_form
@readable
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the author of a comment give it another text, or take it back."""
    entry = Entry.objects.select_related("comment", "discussion").filter(pk=pk).first()
    if entry is None:
        raise Http404("comment")
    token = (request.POST if request.method == "POST" else request.GET).get("token", "")
    try:
        target = target_of_entry(request, entry)
    except Refused as refused:
        return _refused_without_page(request, refused, {**request.POST.dict(), "l": entry.language})
    with override(target.language):
        return _change(request, entry, target, token)


def _change(request: HttpRequest, entry: Entry, target: Target, token: str) -> HttpResponse:
    try:
        _must_be_changeable(request, entry, token)
    except Refused as refused:
        return _change_form(request, entry, target, token, refused, is_closed=True)
    if request.method != "POST":
        return _change_form(request, entry, target, token)
    try:
        if not is_own_form(request):
            raise Refused(ELSEWHERE, status=HTTPStatus.FORBIDDEN, reason=Reason.CSRF)
        if "preview" in request.POST:
            return _change_form(request, entry, target, token, preview=_preview(request.POST, target))
        if "remove" in request.POST:
            take_back(entry)
        else:
            edit(entry, request.POST.get("comment", ""))
    except Refused as refused:
        return _change_form(request, entry, target, token, refused, is_closed=not may_change(entry))
    entry.refresh_from_db()
    return _what_became_of(request, entry, target, was_there=True)


def _change_form(
    request: HttpRequest,
    entry: Entry,
    target: Target,
    token: str,
    refused: Refused | None = None,
    preview: SafeString = NOTHING,
    is_closed: bool = False,
) -> HttpResponse:
    typed = typed_in(request.POST) if request.method == "POST" else {}
    shown = FormShown(
        title=_("Change your comment"),
        button=_("Save"),
        action=own_address("smo_comments:edit", entry.pk),
        back=f"{target.card.url}#comments",
        page_title=target.card.title,
        in_place=is_for_script(request),
        mark=f"-of-{entry.pk}",
        typed=typed if typed or is_closed else {"comment": entry.comment.comment},
        hidden={"token": token} if token else {},
        preview=preview,
        error=refused.sentence if refused else "",
        wrong=refused.field if refused else "",
        closed=refused.sentence if refused and is_closed else "",
        is_edit=True,
    )
    status = refused.status if refused else HTTPStatus.OK
    return answer(request, "smo_kit/comments/form_page.html", {"form": shown}, language=target.language, status=status)


def _must_be_changeable(request: HttpRequest, entry: Entry, token: str) -> None:
    if not may_change(entry):
        raise Refused(_("This comment can't be changed any more."), status=HTTPStatus.FORBIDDEN)
    if not (is_own(request, entry) or _entry_of_token(token)[0] == entry):
        sentence = _("Only who wrote this comment may change it: in the same browser, or by the whole link to do so.")
        raise Refused(sentence, status=HTTPStatus.FORBIDDEN)


def is_own(request: HttpRequest, entry: Entry) -> bool:
    """Say whether this browser, or the member who is signed in, has written a comment."""
    user: Any = request.user
    if user.is_authenticated and entry.comment.user_id == user.pk:
        return True
    return bool(entry.author_mark) and author_mark(visitor_of(request)) == entry.author_mark


def _entry_of_token(token: str) -> tuple[Entry | None, str]:
    """Return the comment of a token and what else is said to its author."""
    try:
        pk, *said = tokens.read(OWN, token, _own_life())
    except (tokens.BadToken, ValueError):
        return None, ""
    return Entry.objects.select_related("comment", "discussion").filter(pk=pk).first(), "".join(said)
