"""Which ways of signing in the site has: applications of django-allauth, in the site's order, with a network's face."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from allauth.core import context
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers import registry
from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.urls import NoReverseMatch
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from smo_kit.core.answers import language_of
from smo_kit.core.entrance import Way
from smo_kit.core.settings import site_id
from smo_kit.login.conf import login_settings
from smo_kit.networks.network import Network
from smo_kit.networks.registry import mark, network_of_login

SECONDS: Final = 300


@dataclass(frozen=True, slots=True)
class App:
    """An application that the site has at a provider; no secrets."""

    id: str
    """What django-allauth knows it by: its ``provider_id``, else its provider's id."""
    provider: str
    name: str

    @property
    def network(self) -> Network | None:
        """The network that it is of, if the suite knows it."""
        return network_of_login(self.id)


def apps_here() -> tuple[App, ...]:
    """Return the applications of this site whose provider is installed; without a query while they are remembered."""
    key = _cache_key(site_id(), language_of(get_language() or ""))
    found: tuple[App, ...] | None = cache.get(key)
    if found is None:
        found = tuple({one.id: one for one in map(_app, _listed()) if one}.values())
        cache.set(key, found, SECONDS)
    return found


def forget_apps(**kwargs: object) -> None:
    """Look at the table anew: an application was saved or deleted, for whichever site.

    Twice: now, and when that has come true, as another process may have looked between the two.
    """
    _forget()
    transaction.on_commit(_forget)


def ways() -> tuple[Way, ...]:
    """Return the ways that get a button, in order."""
    conf = login_settings()
    order = {id_: number for number, id_ in enumerate(conf.order)}
    shown = [_way(one) for one in apps_here() if one.id not in conf.hidden]
    return tuple(sorted(shown, key=lambda one: (order.get(one.id, len(order)), str(one.name).lower())))


def way_of(id_: str) -> Way | None:
    """Return the way of an id, with a button or without; None if the site has none."""
    return next((_way(one) for one in apps_here() if one.id == id_), None)


def name_of(app_id: str) -> str:
    """Return what a way is called, also one that the site has no more: its id then."""
    way = way_of(app_id)
    if way is not None:
        return str(way.name)
    network = network_of_login(app_id)
    return str(network.name) if network else app_id


def network_id(app_id: str) -> str:
    """Return the id of the network that an application is of; "" if it is of none."""
    network = network_of_login(app_id)
    return network.id if network else ""


def _listed() -> list[Any]:
    listed = [one for one in get_adapter().list_apps(context.request) if not one.settings.get("hidden")]
    if context.request or not hasattr(SocialApp, "sites"):
        return listed
    here = set(SocialApp.objects.filter(sites__id=site_id()).values_list("pk", flat=True))
    return [one for one in listed if one.pk is None or one.pk in here]  # without a request all sites' were listed


def _app(listed: Any) -> App | None:
    provider = registry.get_class(listed.provider)
    if provider is None or not _has_address(provider, listed):
        return None
    return App(listed.provider_id or listed.provider, listed.provider, listed.name or provider.name)


def _has_address(provider: Any, listed: Any) -> bool:
    """Say whether an application can be gone to: one without an id, or with "/" in it, fits into no URL."""
    try:
        return bool(provider(context.request, app=listed).get_login_url(context.request))
    except NoReverseMatch:
        return False
    except NotImplementedError:  # a provider of the site's own may lead there otherwise
        return True


def _way(app: App) -> Way:
    network = app.network
    if network is None:
        return Way(id=app.id, name=app.name, mark=SafeString(""))
    return Way(id=app.id, name=network.name, mark=mark(network), colour=network.colour)


def _forget() -> None:
    ids = {site_id()}
    if apps.is_installed("django.contrib.sites"):
        ids |= set(apps.get_model("sites", "Site").objects.values_list("pk", flat=True))
    cache.delete_many([_cache_key(one, code) for one in ids for code, _name in settings.LANGUAGES])


def _cache_key(site: int, language: str) -> str:
    """Name what is remembered of a site in a language: an application's name may be translated."""
    return f"smo:login:apps:{site}:{language}"
