"""What the site has of each way of signing in, and what is missing yet: asked anew each time, for the owner."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers import registry
from django.core import checks
from django.http import HttpRequest
from django.utils.translation import gettext as _

from smo_kit.login.callbacks import callback_of
from smo_kit.login.conf import login_settings
from smo_kit.login.defaults import login_of
from smo_kit.networks.logins import OPENID_CONNECT, USUAL_LABELS, Login
from smo_kit.networks.network import Network
from smo_kit.networks.registry import network_of_login, networks_that_can

PACKAGE: Final = "allauth.socialaccount.providers."
OWN_FIELDS: Final = ("client_id", "secret", "key")
"""What an application of django-allauth has a field for; all else is in its ``settings``."""
LOOPBACK: Final = ("localhost", "127.0.0.1", "::1")
ANY_ISSUER: Final = "oidc"
"""Id that an issuer of the site's own gets, where nobody has chosen another."""
CHECKS: Final = "smo_kit.login.checks"
OF_ONE_WAY: Final = ("smo_kit.W711", "smo_kit.W712")
"""Checks whose finding stands with the way that it is of."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why nobody can sign in this way, and what cures it."""

    text: str
    cure: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """One way of signing in: what is known of the provider, and the applications that the site has there."""

    id: str
    """As in ``ways.App``; a network that is not set up yet: the id that it would have."""
    provider: str
    network: Network | None
    apps: tuple[SocialApp, ...] = ()
    """Those that django-allauth finds on this site by the id."""
    elsewhere: bool = False
    """There is one in the table, which is not attached to this site."""

    @property
    def login(self) -> Login | None:
        """What the suite knows of the provider."""
        return login_of(self.id, self.provider)

    @property
    def app(self) -> SocialApp | None:
        """The application that is used; None if there is none, or django-allauth can't tell which."""
        shown = [one for one in self.apps if not one.settings.get("hidden")]
        found = self.apps if len(self.apps) == 1 else shown
        return found[0] if len(found) == 1 else None

    @property
    def is_garbled(self) -> bool:
        """Whether the settings of an application are no settings: a list, say, or a number."""
        return any(one.is_garbled for one in self.apps)

    @property
    def name(self) -> Any:
        """What readers read on the button."""
        if self.network:
            return self.network.name
        named = self.apps[0].name if self.apps else ""
        provider = registry.get_class(self.provider)
        unnamed = "OpenID Connect" if self.id == ANY_ISSUER else self.id
        return named or (provider.name if provider else unnamed)

    @property
    def is_installed(self) -> bool:
        """Whether its provider is in INSTALLED_APPS."""
        return registry.get_class(self.provider) is not None

    @property
    def has_button(self) -> bool:
        """Whether the site offers it."""
        return self.id not in login_settings().hidden

    @property
    def labels(self) -> dict[str, Any]:
        """What an application needs, and what the provider calls it."""
        needed: dict[str, Any] = dict(self.login.labels if self.login else USUAL_LABELS)
        if self.provider == OPENID_CONNECT.provider:
            return {"server_url": OPENID_CONNECT.labels["server_url"], **needed}
        return needed


def setups(request: HttpRequest) -> list[Setup]:
    """Return every way that the site has or could have: as readers see them, then the others by name."""
    here = get_adapter(request).list_apps(request)
    ids_here, ids_kept = _ids(here), _ids(SocialApp.objects.only("provider", "provider_id"))
    known = {one.login_id: one.login.provider for one in networks_that_can("login") if one.login}
    found = [
        Setup(
            id=id_,
            provider=provider,
            network=network_of_login(id_),
            apps=tuple(one for one in here if id_ in ids_here and id_ in {one.provider, one.provider_id}),
            elsewhere=id_ in ids_kept and id_ not in ids_here,
        )
        for id_, provider in {ANY_ISSUER: OPENID_CONNECT.provider, **known, **ids_here}.items()
    ]
    order = {id_: number for number, id_ in enumerate(login_settings().order)}
    return sorted(
        found, key=lambda one: (not one.apps, not one.has_button, order.get(one.id, len(order)), str(one.name).lower())
    )


def setup_of(request: HttpRequest, id_: str) -> Setup | None:
    """Return one way by its id; None for what is no way at all."""
    return next((one for one in setups(request) if one.id == id_), None)


def problems(setup: Setup, request: HttpRequest) -> list[Problem]:
    """Return what keeps people from signing in this way, as far as it can be seen from here."""
    if not setup.apps and not setup.elsewhere:
        return []
    callback = callback_of(setup.provider, setup.id, request, setup.app)
    return [
        *_not_installed(setup),
        *_no_application(setup),
        *_garbled(setup),
        *_no_address(setup, callback),
        *_empty(setup),
        *_no_https(setup, callback),
    ]


def site_problems() -> list[Problem]:
    """Return what the checks of sign-in say of the site: it holds for every way."""
    ours = [one for one in checks.registry.registry.get_checks() if one.__module__ == CHECKS]
    found = [message for look in ours for message in look(app_configs=None, databases=None)]
    return [
        Problem(str(one.msg), str(one.hint or ""))
        for one in found
        if one.id not in OF_ONE_WAY and not one.is_silenced()
    ]


def value_of(app: SocialApp, field: str) -> str:
    """Return what an application has in one of its fields, or in its settings."""
    return str(getattr(app, field) if field in OWN_FIELDS else app.settings.get(field, "")).strip()


def is_local(url: str) -> bool:
    """Say whether an address leads to the computer itself."""
    host = urlsplit(url).hostname or ""
    return host in LOOPBACK or host.endswith(".localhost")


def _ids(apps: Iterable[SocialApp]) -> dict[str, str]:
    return {one.provider_id or one.provider: one.provider for one in apps}


def _not_installed(setup: Setup) -> Iterator[Problem]:
    if not setup.is_installed:
        cure = _("Add “%(package)s” to INSTALLED_APPS, and restart.") % {"package": PACKAGE + setup.provider}
        yield Problem(_("The site can't speak with this provider."), cure)


def _no_application(setup: Setup) -> Iterator[Problem]:
    if setup.elsewhere:
        cure = _("Open it among the social applications, and choose this site in it.")
        yield Problem(_("An application is in the table, but not attached to this site."), cure)
    elif setup.app is None:
        cure = _("Remove all but one, or write “hidden”: true into the settings of the others.")
        yield Problem(_("There are several applications, and nobody can tell which is meant."), cure)


def _garbled(setup: Setup) -> Iterator[Problem]:
    if setup.is_garbled:
        cure = _("Write them in braces, like {“scope”: [“email”]}, or {} for none.")
        yield Problem(_("The settings of the application are no object of JSON, so nothing of them counts."), cure)


def _no_address(setup: Setup, callback: str) -> Iterator[Problem]:
    if setup.app and setup.is_installed and not callback:
        cure = _("Give it a provider id without “/”, and see that the URLs of django-allauth are included.")
        yield Problem(_("It has no address on this site, so nobody can begin."), cure)


def _empty(setup: Setup) -> Iterator[Problem]:
    for field, label in setup.labels.items():
        if setup.app and not value_of(setup.app, field):
            cure = _("Enter what the provider gave you; in settings: “%(field)s”.") % {"field": field}
            yield Problem(_("“%(label)s” is empty.") % {"label": label}, cure)


def _no_https(setup: Setup, callback: str) -> Iterator[Problem]:
    if setup.login and setup.login.needs_https and callback.startswith("http:") and not is_local(callback):
        cure = _("Serve the site by https. Behind a proxy that does: set SECURE_PROXY_SSL_HEADER, and restart.")
        yield Problem(_("The provider sends readers back to https only, and this site's address is http."), cure)
