"""What the suite has django-allauth do otherwise: errors in sentences, safe accounts, mails by the outbox.

::

    ACCOUNT_ADAPTER = "smo_kit.login.adapters.AccountAdapter"
    SOCIALACCOUNT_ADAPTER = "smo_kit.login.adapters.SocialAdapter"
"""

from __future__ import annotations

from typing import Any, Final

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.password_reset import get_reset_password_url
from allauth.core import context as current
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.utils import build_absolute_uri
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from smo_kit.core.emails import BadAddress
from smo_kit.core.events import event, event_logger
from smo_kit.core.limits import client_address
from smo_kit.core.way_back import is_whole
from smo_kit.login.addresses import as_known_here
from smo_kit.login.claims import check, doubt, needed, tidy_names
from smo_kit.login.defaults import fill_in
from smo_kit.login.faults import Fault, fault_of
from smo_kit.login.health import failed, for_the_log
from smo_kit.login.language_addresses import in_language, spoken
from smo_kit.login.last_way import LAST, comes_in_by_password, is_last
from smo_kit.login.letters import send, ways_of
from smo_kit.login.naming import with_whole_name
from smo_kit.login.pending import keep, kept, then_of
from smo_kit.login.provider_calls import Session, has_asked
from smo_kit.login.starting import member_again, refuse, refuse_leaver, refuse_member
from smo_kit.login.trial_sign_in import arrived, ended_badly

logger = event_logger(__name__)

BEGUN_BY: Final = "smo_by"
"""Key of a state: who began to connect an account."""
UNKNOWN: Final = "0.0.0.0"  # noqa: S104
"""The address of clients that have none: behind a socket, without trusted proxies."""


class AccountAdapter(DefaultAccountAdapter):
    """Accounts of this site."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": _("This is not the code of our newest mail. Please look again."),
        "too_many_login_attempts": _("That was tried too often. Please begin again, or wait a few minutes."),
    }

    def clean_email(self, email: str) -> str:
        """Return an address as an account of this site writes it, so that one mailbox is one person."""
        try:
            return as_known_here(email)
        except BadAddress as error:
            raise ValidationError(str(error)) from error

    def clean_username(self, username: str, shallow: bool = False) -> str:
        """Refuse an e-mail address: names stand in pages."""
        if "@" in username:
            raise ValidationError(_("Please choose a name without “@”: everybody can read it."))
        return str(super().clean_username(username, shallow))

    def generate_unique_username(self, txts: list[str | None], regex: str | None = None) -> str:
        """Make a name of nobody's address: names stand in pages."""
        return str(super().generate_unique_username([one for one in txts if one and "@" not in one], regex))

    def is_safe_url(self, url: str) -> bool:
        """Say whether a sign-in may end there: at a whole address of this site."""
        try:
            return bool(url) and is_whole(url) and bool(super().is_safe_url(url))
        except ValueError:  # "http://[" is no address
            return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Put a mail into the outbox."""
        send(template_prefix, email, context, current.request)

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Tell a member what was changed; if that fails, it is changed all the same."""
        try:
            with transaction.atomic():
                super().send_notification_mail(*args, **kwargs)
        except Exception:
            logger.exception(
                "A member can't be told what was changed: %s.", args[:1], extra=event("login.member_not_told")
            )

    def send_account_already_exists_mail(self, email: str) -> None:
        """Tell the owner of an address that somebody has given it, and how he comes in himself."""
        links = {
            "sign_in_url": build_absolute_uri(current.request, spoken("smo_login:page")),
            "password_reset_url": in_language(get_reset_password_url(current.request)),
        }
        self.send_mail("account/email/account_already_exists", email, {**links, **ways_of(email)})

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return whom limits count: the client that the site's trusted proxies have seen, all unknown ones as one."""
        return client_address(request) or UNKNOWN

    def login(self, request: HttpRequest, user: Any) -> None:
        """Sign in with the password as it is now: it may have been dropped on the way, and the session hangs on it."""
        user.refresh_from_db(fields=["password"])
        super().login(request, user)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Have the page that a mail leads to speak as the mail does."""
        return in_language(str(super().get_reset_password_from_key_url(key)))

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        """Lead to the page that says so."""
        return refuse(kept(request), Fault.INACTIVE)


class SocialAdapter(DefaultSocialAccountAdapter):
    """Accounts that readers have elsewhere."""

    def can_authenticate_by_email(self, login: Any, email: str) -> bool:
        """Never: an address that a provider names is no proof that its user owns an account of ours."""
        return False

    def authenticate_by_email(self, sociallogin: Any) -> None:
        """Find nobody, whatever the provider says of the address."""

    def list_apps(self, request: HttpRequest, provider: str | None = None, client_id: str | None = None) -> list[Any]:
        """Return the site's applications, with what their networks' records add, and a name that is text."""
        apps = [fill_in(app) for app in super().list_apps(request, provider, client_id)]
        for app in apps:
            app.name = str(app.name)
        return apps

    def generate_state_param(self, state: dict[str, Any]) -> str:
        """Note in the state who begins to connect an account, wherever that is begun; else where he goes on to."""
        if state.get("process") == AuthProcess.CONNECT:
            state[BEGUN_BY] = _who(current.request)
        elif state.get("process") == AuthProcess.LOGIN:
            keep(current.request, state.get("next"))
        return str(super().generate_state_param(state))

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> Any:
        """Fill the account that is to be, before anything is looked up or saved; a test of the owner's ends here."""
        check(sociallogin.account)
        doubt(sociallogin)
        sociallogin.account.extra_data = needed(sociallogin.account.extra_data)
        tidy = tidy_names(data)
        arrived(request, sociallogin, tidy)
        return with_whole_name(super().populate_user(request, sociallogin, tidy), tidy)

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Refuse to connect what is not this member's; the state of a sign-in that needs forms is kept for them."""
        member = member_again(sociallogin.state.get("data"))
        if member and not (sociallogin.is_existing and str(sociallogin.user.pk) == member):
            raise ImmediateHttpResponse(refuse_leaver(Fault.OTHER, sociallogin.account.provider))
        if sociallogin.state.get("process") == AuthProcess.CONNECT:
            self._check_connect(request, sociallogin)
        else:
            keep(request, sociallogin.state.get("next"))

    def save_user(self, request: HttpRequest, sociallogin: Any, form: Any = None) -> Any:
        """Save a new member whole or not at all."""
        with transaction.atomic():
            return super().save_user(request, sociallogin, form)

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Ask the site's adapter for accounts; where it says no, lead to the page that says so."""
        if super().is_open_for_signup(request, sociallogin):
            return True
        then = then_of(request, sociallogin.state)
        raise ImmediateHttpResponse(refuse(then, Fault.CLOSED, sociallogin.account.provider))

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: BaseException | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        """Lead to the page that says what went wrong, with the other ways and the way back."""
        more = extra_context or {}
        app = provider.sub_id if hasattr(provider, "sub_id") else str(provider)
        fault = fault_of(error, exception, said=request.GET.get("error", ""), is_known="state" in more)
        logger.info(
            "Signing in by %s came to nothing: %s. %s",
            app,
            fault,
            for_the_log(exception),
            extra=event("login.came_to_nothing"),
        )
        if exception is not None and has_asked(request):  # else it is the reader's address that says so
            failed(app, fault, exception)
        back = ended_badly(request, fault, exception)
        raise ImmediateHttpResponse(back or refuse(then_of(request, more.get("state")), fault, app))

    def get_requests_session(self) -> Session:
        """Return what calls providers: within bounds."""
        return Session()

    def validate_disconnect(self, account: Any, accounts: Any) -> None:
        """Keep the last way in that the site still offers, wherever it is disconnected."""
        if is_last(account, accounts) and not comes_in_by_password(account.user):
            raise ValidationError(LAST)

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:
        """Return to the member's own page."""
        return spoken("smo_login:account")

    def _check_connect(self, request: HttpRequest, sociallogin: Any) -> None:
        app = sociallogin.account.provider
        if not request.user.is_authenticated:
            raise ImmediateHttpResponse(refuse(then_of(request, sociallogin.state), Fault.LOST, app))
        if sociallogin.state.get(BEGUN_BY) != _who(request):
            raise ImmediateHttpResponse(refuse_member(Fault.SWAPPED, app))
        if sociallogin.is_existing and sociallogin.user != request.user:
            raise ImmediateHttpResponse(refuse_member(Fault.TAKEN, app))


def _who(request: HttpRequest) -> str:
    return str(request.user.pk) if request.user.is_authenticated else ""
