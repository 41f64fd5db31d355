"""A member's own page: who he is here, how he comes in, what is kept of him."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from http import HTTPStatus
from typing import Any, Final

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt

from smo_kit.core.answers import ELSEWHERE, SeeOther, answer, json_file, require_form, unstored
from smo_kit.core.converters import id_in
from smo_kit.core.durations import HOUR
from smo_kit.core.emails import as_read, folded
from smo_kit.core.events import event, event_logger
from smo_kit.core.limits import within
from smo_kit.core.members import WHOLE_NAMES, Panel, disc_of, email_of, field_of, name_of, panels
from smo_kit.core.origin import is_own_form
from smo_kit.core.own_urls import address_if_any
from smo_kit.core.people import EXPORT_FILE, export, person_of
from smo_kit.core.refusals import Reason, Refused
from smo_kit.core.text import one_line
from smo_kit.login.claims import visible
from smo_kit.login.connections import GONE, connections_of, disconnect, others
from smo_kit.login.language_addresses import in_language, spoken
from smo_kit.login.leaving import STAFF, is_staff
from smo_kit.login.models import Portrait
from smo_kit.login.pictures import LARGEST_FILE, UNUSABLE, Unusable
from smo_kit.login.portraits import Unkept, picture_address, show_none, show_that_of, upload
from smo_kit.login.starting import fault_told, sign_in_page

logger = event_logger(__name__)

NAMES: Final = ("first_name", "last_name", *WHOLE_NAMES)
PAGES: Final = ("email", "change_password", "set_password", "logout")
"""Pages of django-allauth that his own leads to."""
EXPORTS_AN_HOUR: Final = 10
UPLOADS_AN_HOUR: Final = 30

OFTEN: Final = _("That was done many times. Please try again in an hour.")
LONG: Final = _("This name is too long: it may have %(length)d letters.")
UNSEEN: Final = _("Nobody would see this name. Please write it in letters.")
NO_FILE: Final = _("Please choose a picture first.")
NO_PICTURE: Final = _("There is no picture of you at this network.")
UNKEPT: Final = _("The picture can't be stored at the moment, and nothing was changed. Please try again later.")
SAVED: Final = _("It is saved.")
FETCHED: Final = _("Your picture comes from there now. If it is not here yet, it will be in a moment.")


@csrf_exempt  # is_own_form() asks for the same
@require_form
def account(request: HttpRequest) -> HttpResponse:
    """Show a member his page; do what a button says."""
    if not request.user.is_authenticated:
        return unstored(SeeOther(sign_in_page(spoken("smo_login:account"))))
    if request.method != "POST":
        return _page(request)
    if not is_own_form(request):
        return _page(request, Refused(ELSEWHERE, status=HTTPStatus.FORBIDDEN, reason=Reason.CSRF))
    try:
        done = _ACTS.get(request.POST.get("act", ""), _nothing)(request)
    except Refused as refused:
        return _page(request, refused)
    if isinstance(done, HttpResponse):
        return done
    if done:
        messages.success(request, done, fail_silently=True)
    return unstored(SeeOther(spoken("smo_login:account")))


def _page(request: HttpRequest, refused: Refused | None = None) -> HttpResponse:
    user: Any = request.user
    portrait = Portrait.objects.filter(user=user).first()
    connections = connections_of(user)
    context = {
        "name": name_of(user),
        "fields": _fields(user, request.POST if refused and refused.field in NAMES else None),
        "picture": portrait.file.url if portrait and portrait.file else "",
        "is_from": portrait.account_id if portrait else None,
        "has_choice": portrait is not None,
        "disc": disc_of(user),
        "emails": _emails(user),
        "connections": connections,
        "others": others(connections),
        "has_password": user.has_usable_password(),
        "panels": list(_panels(request)),
        "action": spoken("smo_login:account"),
        "connect": spoken("smo_login:connect"),
        "leave": spoken("smo_login:leave"),
        "stays": STAFF if is_staff(user) else "",
        "links": {name: in_language(address_if_any(f"account_{name}")) for name in PAGES},
        "error": refused.sentence if refused else fault_told(request.GET),
        "wrong": refused.field if refused else "",
        "said": list(messages.get_messages(request)),
    }
    status = refused.status if refused else HTTPStatus.OK
    return answer(request, "smo_kit/login/account.html", context, language=get_language() or "", status=status)


def _panels(request: HttpRequest) -> Iterator[tuple[Panel, SafeString]]:
    """Yield the parts that apps have something to show in; one that fails takes no page down."""
    for one in panels():
        try:
            if html := one.html(request):
                yield one, html
        except Exception:  # of an app of the site's
            logger.exception(
                "The panel %r of a member's page can't be shown.",
                one.id,
                extra=event("login.panel_failed", panel=one.id),
            )


def _fields(user: Any, typed: Mapping[str, str] | None) -> list[tuple[str, Any, str, int | None]]:
    """Return the parts of a name that the site's accounts have: name, label, value, letters that fit."""
    return [
        (one.name, one.verbose_name, typed.get(one.name, "") if typed else getattr(user, one.name), one.max_length)
        for one in _columns(user)
    ]


def _columns(user: Any) -> list[Any]:
    found = (field_of(user, name) for name in NAMES)
    return [one for one in found if one and one.editable and not one.is_relation]


def _emails(user: Any) -> list[tuple[str, bool, bool]]:
    """Return the member's addresses, the first one first: as he reads it, is it proved, is it the one that counts."""
    own = email_of(user)
    rows = list(EmailAddress.objects.filter(user=user).order_by("-primary", "-verified", "pk"))
    found = [(as_read(one.email), bool(one.verified), folded(one.email) == folded(own)) for one in rows]
    if own and folded(own) not in {folded(one.email) for one in rows}:
        found.insert(0, (as_read(own), False, True))
    return found


def _save_name(request: HttpRequest) -> Any:
    user: Any = request.user
    given = {one: one_line(request.POST.get(one.name, "")) for one in _columns(user)}
    for one, value in given.items():
        if one.max_length and len(value) > one.max_length:
            raise Refused(LONG % {"length": one.max_length}, field=one.name)
        if value and not visible(value):
            raise Refused(UNSEEN, field=one.name)
    for one, value in given.items():
        setattr(user, one.name, visible(value))
    user.save(update_fields=[one.name for one in given])
    return SAVED


def _upload(request: HttpRequest) -> Any:
    file = request.FILES.get("picture")
    if file is None:
        raise Refused(NO_FILE, field="picture")
    if (file.size or 0) > LARGEST_FILE:
        raise Refused(UNUSABLE, field="picture")
    _must_be_within(request, "upload", UPLOADS_AN_HOUR)
    try:
        upload(request.user, file.read())
    except Unusable as error:
        raise Refused(UNUSABLE, field="picture") from error
    except Unkept as error:
        logger.exception(
            "The picture of account %s can't be stored.",
            request.user.pk,
            extra=event("login.portrait_not_stored", account=request.user.pk),
        )
        raise Refused(UNKEPT, field="picture", status=HTTPStatus.SERVICE_UNAVAILABLE) from error
    return SAVED


def _show_none(request: HttpRequest) -> Any:
    show_none(request.user)
    return SAVED


def _show_that_of(request: HttpRequest) -> Any:
    found = SocialAccount.objects.filter(user=request.user, pk=id_in(request.POST.get("account", ""))).first()
    if found is None:
        raise Refused(GONE)
    if not picture_address(found):
        raise Refused(NO_PICTURE)
    _must_be_within(request, "upload", UPLOADS_AN_HOUR)
    show_that_of(found)
    return FETCHED


def _disconnect(request: HttpRequest) -> Any:
    return disconnect(request, id_in(request.POST.get("account", "")))


def _export(request: HttpRequest) -> HttpResponse:
    _must_be_within(request, "export", EXPORTS_AN_HOUR)
    return json_file(export(person_of(request.user), user=request.user), EXPORT_FILE)


def _nothing(request: HttpRequest) -> Any:
    return ""


def _must_be_within(request: HttpRequest, what: str, limit: int) -> None:
    if not within(f"login.{what}", str(request.user.pk), limit=limit, seconds=HOUR):
        raise Refused(OFTEN, status=HTTPStatus.TOO_MANY_REQUESTS)


_ACTS: Final[Mapping[str, Callable[[HttpRequest], Any]]] = {
    "name": _save_name,
    "upload": _upload,
    "none": _show_none,
    "from": _show_that_of,
    "disconnect": _disconnect,
    "export": _export,
}
