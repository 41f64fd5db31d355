"""A member deletes his account: asked whether he is sure and whether he is himself, and then nothing of him is left."""

from __future__ import annotations

import secrets
import time
from http import HTTPStatus
from typing import Any, Final

from allauth.account import app_settings
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.base.constants import AuthProcess
from django.contrib.auth import get_user_model, logout
from django.db.models import CharField, TextField
from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt

from smo_kit.core.answers import ELSEWHERE, SeeOther, answer, require_form, unstored
from smo_kit.core.events import event, event_logger
from smo_kit.core.members import field_of, name_of
from smo_kit.core.origin import is_own_form
from smo_kit.core.own_urls import address_if_any
from smo_kit.core.people import erase, person_of
from smo_kit.core.refusals import Reason, Refused
from smo_kit.core.transactions import begin_to_write, patiently
from smo_kit.login.dependents import forget_ways_in, holds_something
from smo_kit.login.faults import Fault
from smo_kit.login.language_addresses import spoken
from smo_kit.login.models import Health
from smo_kit.login.starting import AGAIN, fault_told, go, refuse_leaver, sign_in_page
from smo_kit.login.ways import way_of
from smo_kit.mail.kinds import Kind, register_kind
from smo_kit.mail.services import letter_from_templates, post

logger = event_logger(__name__)

STAFF: Final = _(
    "This account has rights in the administration, so it can't be deleted here. Have another administrator take them "
    "away first."
)
NOT_SURE: Final = _("Nothing was deleted. Please tick that you are sure: it can't be undone.")
NO_CHOICE: Final = _("Nothing was deleted. Please choose what becomes of your comments.")
STALE: Final = _("You signed in some time ago. Please sign in again first, so that nobody else deletes your account.")
FAILED: Final = _("That did not work, and nothing was deleted. Please try again later, or write to the site.")
NOWHERE: Final = "deleted.invalid"
TEMPLATES: Final = "smo_kit/login/mail/left"
LEFT: Final = register_kind(Kind(id="login-left", label=_("Account deleted"), heeds_all=False)).id


@csrf_exempt  # is_own_form() asks for the same
@require_form
def leave(request: HttpRequest) -> HttpResponse:
    """Say what deleting one's account does; do it."""
    if not request.user.is_authenticated:
        return unstored(SeeOther(sign_in_page(spoken("smo_login:leave"))))
    if request.method != "POST":
        return _page(request)
    try:
        if not is_own_form(request):
            raise Refused(ELSEWHERE, status=HTTPStatus.FORBIDDEN, reason=Reason.CSRF)
        if "with" in request.POST:
            return _sign_in_again(request)
        is_gone = _leave(request)
    except Refused as refused:
        return _page(request, refused)
    context = {"keeps_texts": request.POST["texts"] == "keep", "is_gone": is_gone}
    return answer(request, "smo_kit/login/left.html", context, language=get_language() or "")


def end(user: Any, *, keep_texts: bool, language: str = "") -> bool:
    """Erase all that is kept of a member, everything or nothing, and his account with it; tell him so by a last mail.

    Return False if something of the site's hangs on the account: then it stays, without name, address or a way in.
    """

    def work() -> bool:
        users = get_user_model()
        begin_to_write(Health)  # any table: accounts may have keys of another kind
        mine = users._default_manager.select_for_update().get(pk=user.pk)
        person = person_of(mine)
        erase(person, keep_texts=keep_texts, user=mine)
        if person.address:
            post(letter_from_templates(TEMPLATES, {}, to=person.address, kind=LEFT, language=language))
        if holds_something(mine):
            _empty(mine)
            return False
        mine.delete()
        return True

    return patiently(work)


def is_recent(request: HttpRequest) -> bool:
    """Say whether the member has shown who he is within the last minutes (ACCOUNT_REAUTHENTICATION_TIMEOUT)."""
    records = request.session.get("account_authentication_methods")
    seconds = [one["at"] for one in records if isinstance(one, dict) and "at" in one] if records else []
    return bool(seconds) and time.time() - max(seconds) < app_settings.REAUTHENTICATION_TIMEOUT


def is_staff(user: Any) -> bool:
    """Say whether an account has rights that its owner alone must not take out of the world."""
    return bool(getattr(user, "is_staff", False) or getattr(user, "is_superuser", False))


def _leave(request: HttpRequest) -> bool:
    """Do it; return what ``end`` does. Raises Refused."""
    if is_staff(request.user):
        raise Refused(STAFF, status=HTTPStatus.FORBIDDEN)
    if not is_recent(request):
        raise Refused(STALE, status=HTTPStatus.FORBIDDEN)
    texts = request.POST.get("texts", "")
    if texts not in {"keep", "erase"}:
        raise Refused(NO_CHOICE)
    if request.POST.get("sure") != "yes":
        raise Refused(NOT_SURE)
    try:
        is_gone = end(request.user, keep_texts=texts == "keep", language=get_language() or "")
    except Exception as error:  # whatever fails in an app of the site's: he must know that nothing was done
        logger.exception(
            "Account %s can't be deleted.",
            request.user.pk,
            extra=event("login.account_not_deleted", account=request.user.pk),
        )
        raise Refused(FAILED, status=HTTPStatus.INTERNAL_SERVER_ERROR) from error
    logout(request)
    return is_gone


def _sign_in_again(request: HttpRequest) -> HttpResponse:
    """Go to a network that the member is connected with, and come back here."""
    way = request.POST.get("with", "")
    if not SocialAccount.objects.filter(user=request.user, provider=way).exists():
        return unstored(SeeOther(spoken("smo_login:leave")))
    page, again = spoken("smo_login:leave"), {"o": "", AGAIN: str(request.user.pk)}
    return go(request, way, page, process=AuthProcess.LOGIN, data=again, refusal=_refuse)


def _refuse(then: str, fault: Fault, way: str) -> HttpResponse:
    return refuse_leaver(fault, way)


def _page(request: HttpRequest, refused: Refused | None = None) -> HttpResponse:
    user: Any = request.user
    is_known = is_recent(request)
    providers = SocialAccount.objects.filter(user=user).values_list("provider", flat=True).order_by("pk")
    context = {
        "name": name_of(user),
        "hindrance": STAFF if is_staff(user) else STALE if not is_known else "",
        "is_staff": is_staff(user),
        "again": _again() if user.has_usable_password() else "",
        "ways": [] if is_known else [way for one in dict.fromkeys(providers) if (way := way_of(one))],
        "texts": request.POST.get("texts", "keep"),
        "action": spoken("smo_login:leave"),
        "back": spoken("smo_login:account"),
        "error": _error(refused) if refused else fault_told(request.GET),
    }
    status = refused.status if refused else HTTPStatus.OK
    return answer(request, "smo_kit/login/leave.html", context, language=get_language() or "", status=status)


def _error(refused: Refused) -> str:
    """Return what the page says besides what hinders him anyway."""
    return "" if refused.sentence in {STAFF, STALE} else str(refused.sentence)


def _again() -> str:
    """Return django-allauth's page that asks for the password, and leads back here."""
    page = address_if_any("account_reauthenticate")
    return f"{page}?{urlencode({'next': spoken('smo_login:leave')})}" if page else ""


def _empty(user: Any) -> None:
    """Leave an account of which only its number is known, and which nobody can use."""
    nobody = f"gone-{secrets.token_hex(8)}"
    blank = {
        "first_name": "",
        "last_name": "",
        user.get_email_field_name(): "",
        user.USERNAME_FIELD: nobody,
        "is_active": False,
        "last_login": None,
    }
    if user.get_email_field_name() == user.USERNAME_FIELD or _is_unique(user, user.get_email_field_name()):
        blank[user.get_email_field_name()] = f"{nobody}@{NOWHERE}"
    known = {**_blank(user), **{name: value for name, value in blank.items() if field_of(user, name)}}
    for name, value in known.items():
        setattr(user, name, value)
    user.set_unusable_password()
    user.save()
    forget_ways_in(user)
    for name in ("groups", "user_permissions"):
        if field_of(user, name):
            getattr(user, name).clear()


def _blank(user: Any) -> dict[str, Any]:
    """Return nothing for each text that may be left empty: a phone, an address, a word about himself."""
    texts = [one for one in user._meta.concrete_fields if isinstance(one, CharField | TextField) and one.blank]
    return {one.name: None if one.null else "" for one in texts if one.null or not one.unique}


def _is_unique(user: Any, name: str) -> bool:
    return bool(getattr(field_of(user, name), "unique", False))
