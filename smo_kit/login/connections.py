"""A member's accounts at networks: which he has connected, and that he keeps a way in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from allauth.core import context
from allauth.socialaccount.forms import DisconnectForm
from allauth.socialaccount.models import SocialAccount, SocialApp
from allauth.socialaccount.providers import registry
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.signals import social_account_removed
from django.contrib.auth import get_user_model
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt

from smo_kit.core.answers import SeeOther, require_form, unstored
from smo_kit.core.entrance import Way
from smo_kit.core.events import event, event_logger
from smo_kit.core.origin import is_own_form
from smo_kit.core.refusals import Refused
from smo_kit.core.text import cut, one_line
from smo_kit.core.transactions import begin_to_write
from smo_kit.login.faults import Fault
from smo_kit.login.language_addresses import spoken
from smo_kit.login.last_way import LAST, comes_in_by_password, is_last
from smo_kit.login.models import Health
from smo_kit.login.portraits import picture_address
from smo_kit.login.starting import go, refuse_member, sign_in_page
from smo_kit.login.ways import apps_here, way_of, ways

logger = event_logger(__name__)

NAME_LENGTH: Final = 80
GONE: Final = _("This account is not connected any more.")
DISCONNECTED: Final = _("The account is disconnected.")
STRANDED: Final = _(
    "The site does not offer this network any more, and you have no other way in. To disconnect it, connect another "
    "network first, or set a password and confirm an e-mail address."
)


@dataclass(frozen=True, slots=True)
class Connection:
    """An account at a network, as the member sees it."""

    account: SocialAccount
    way: Way | None
    """None: the site does not offer this network any more."""
    name: str
    """What the account is called there; "" if the network did not say."""
    is_last: bool
    """Whether he has no way in besides."""
    has_picture: bool
    """Whether the network has told where a picture of him is, and he may still sign in with it."""

    @property
    def network(self) -> str:
        """The network's name."""
        return str(self.way.name) if self.way else str(self.account.provider)

    @property
    def hindrance(self) -> Any:
        """Why it can't be disconnected; "" if it can."""
        return (LAST if self.way else STRANDED) if self.is_last else ""

    @property
    def since(self) -> dt.datetime:
        """When it was connected."""
        joined: dt.datetime = self.account.date_joined
        return joined


def connections_of(user: Any) -> list[Connection]:
    """Return a member's accounts at networks, the oldest first; two queries, however many they are."""
    accounts = list(SocialAccount.objects.filter(user=user).order_by("date_joined", "pk"))
    has_password = bool(accounts) and comes_in_by_password(user)
    return [_connection(one, is_last=not has_password and is_last(one, accounts)) for one in accounts]


def others(connections: Sequence[Connection]) -> list[Way]:
    """Return the ways that are not connected yet, in the site's order."""
    had = {one.account.provider for one in connections}
    return [one for one in ways() if one.id not in had]


def disconnect(request: HttpRequest, pk: int) -> Any:
    """Disconnect an account of the member's; return what he is told, "" if django-allauth says it. Raises Refused.

    Whoever disconnects two at once, in two tabs, has their rows locked: the second finds itself the last.
    """
    users, who = get_user_model(), str(request.user.pk)
    with transaction.atomic():
        begin_to_write(Health)  # any table: accounts may have keys of another kind
        user = users._default_manager.select_for_update().get(pk=who)
        accounts = list(SocialAccount.objects.select_for_update().filter(user=user))
        account = next((one for one in accounts if one.pk == pk), None)
        if account is None:
            raise Refused(GONE)
        if is_last(account, accounts) and not comes_in_by_password(user):
            raise Refused(LAST if way_of(account.provider) else STRANDED)
        return _disconnect(request, account)


def _disconnect(request: HttpRequest, account: SocialAccount) -> Any:
    form = DisconnectForm({"account": account.pk}, request=request)
    if not form.is_valid():
        raise Refused(" ".join(str(one) for errors in form.errors.values() for one in errors))
    if way_of(account.provider):
        form.save()
        return ""
    account.delete()  # django-allauth would ask for the application, which is not there any more
    social_account_removed.send(sender=SocialAccount, request=request, socialaccount=account)
    return DISCONNECTED


@csrf_exempt  # is_own_form() asks for the same
@require_form
def connect(request: HttpRequest) -> HttpResponse:
    """Go to a provider (``with``) to have one's account there connected, and come back to one's own page.

    Where the answer leads is kept in the session: who signs out meanwhile, or in as another, connects nothing.
    """
    mine = spoken("smo_login:account")
    if not request.user.is_authenticated:
        return unstored(SeeOther(sign_in_page(mine)))
    if request.method != "POST" or not is_own_form(request):
        return unstored(SeeOther(mine))
    way = request.POST.get("with", "")
    return go(request, way, mine, process=AuthProcess.CONNECT, data={"o": ""}, refusal=_refuse)


def _refuse(then: str, fault: Fault, way: str) -> HttpResponse:
    return refuse_member(fault, way)


def _connection(account: SocialAccount, *, is_last: bool) -> Connection:
    way, name = way_of(account.provider), _name_of(account)
    has_picture = way is not None and bool(picture_address(account))
    return Connection(account, way, name, is_last=is_last, has_picture=has_picture)


def _name_of(account: SocialAccount) -> str:
    """Return what an account is called at its network, without a query for its application, then or later."""
    app = next((one for one in apps_here() if one.id == account.provider), None)
    if app is None:
        return ""
    provider = registry.get_class(app.provider)
    try:
        account._provider = provider(context.request, app=SocialApp(provider=app.provider, name=app.name))
        name = cut(one_line(account.get_provider_account().to_str()), NAME_LENGTH)
    except Exception:  # an answer of another shape than django-allauth knows
        logger.info(
            "What account %s is called at %s is not known.",
            account.pk,
            app.id,
            exc_info=True,
            extra=event("login.name_unknown", account=account.pk, app=app.id),
        )
        return ""
    return "" if name in {app.name, provider.name} else name
