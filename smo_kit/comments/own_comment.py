"""What its author sees of a comment: what became of it, and the page on which he changes it or takes it back."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from smo_kit.comments.answers import message, readable
from smo_kit.comments.conf import comments_settings
from smo_kit.comments.form_page import form_page, preview_of, refused_without_page
from smo_kit.comments.forms import NOTHING, FormShown, typed_in
from smo_kit.comments.mentions import permalink
from smo_kit.comments.models import Entry
from smo_kit.comments.people import author_mark
from smo_kit.comments.rendering import Row, row_html, rows_of
from smo_kit.comments.services import edit, may_change, take_back
from smo_kit.comments.states import State
from smo_kit.comments.stock import is_stock
from smo_kit.comments.targets import Target, back_from, target_of_entry
from smo_kit.core import tokens
from smo_kit.core.addresses import with_query
from smo_kit.core.answers import ELSEWHERE, SeeOther, is_for_script, require_form, unstored
from smo_kit.core.durations import DAY
from smo_kit.core.origin import is_own_form
from smo_kit.core.own_urls import own_address
from smo_kit.core.refusals import Reason, Refused
from smo_kit.core.visitors import visitor_of
from smo_kit.core.way_back import leading_back, way_back

OWN: Final = "comments.own"
"""What the token of a comment's author is for."""


def _own_life() -> int:
    """Return the seconds for which that word is believed: a day at least, to say what a comment waits for."""
    return max(DAY, comments_settings().edit_minutes * 60)


def own_token(entry: Entry, said: str = "") -> str:
    """Return the word by which the author of a comment is known, without an account and in any browser.

    ``said`` is what else he is told on the page that it leads to.
    """
    return tokens.sign(OWN, str(entry.pk), *filter(None, [said]))


def what_became_of(
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


@csrf_exempt  # is_own_form() asks for the same, and what was typed is shown again
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
        return refused_without_page(request, refused, {**request.POST.dict(), "l": entry.language})
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
            return _change_form(request, entry, target, token, preview=preview_of(request.POST, target))
        if "remove" in request.POST:
            take_back(entry)
        else:
            edit(entry, request.POST.get("comment", ""))
    except Refused as refused:
        return _change_form(request, entry, target, token, refused, is_closed=not may_change(entry))
    entry.refresh_from_db()
    return what_became_of(request, entry, target, was_there=True)


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
    return form_page(request, shown, refused, target.language)


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
