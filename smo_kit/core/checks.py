"""Faults that ``manage.py check`` finds, each with its cure. The page ``docs/checks.md`` lists the ids."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any, Final

from django.apps import AppConfig, apps
from django.conf import settings
from django.core import checks
from django.urls import get_resolver

from smo_kit.core.conf import core_settings
from smo_kit.core.own_urls import CURE
from smo_kit.core.routers import behind_for_writers
from smo_kit.core.settings import AppSettings, did_you_mean

Messages = list[checks.CheckMessage]

REQUEST: Final = "django.template.context_processors.request"
ROUTER: Final = "smo_kit.core.routers.ReadOwnWrites"
_NO_CACHE: Final = "django.core.cache.backends.dummy.DummyCache"
_OWN_CACHE: Final = "django.core.cache.backends.locmem.LocMemCache"


@checks.register("smo_kit")
def settings_are_right(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> Messages:
    """E001: an unknown setting; E002: a wrong value; E003: SMO_KIT itself is wrong."""
    whole = getattr(settings, "SMO_KIT", {})
    if not isinstance(whole, dict):
        return [checks.Error(f"SMO_KIT is a {type(whole).__name__}.", hint="Write SMO_KIT = {}.", id="smo_kit.E003")]
    found: Messages = []
    known = AppSettings.of_installed_apps()
    for name in whole:
        if name not in known:
            hint = f"{did_you_mean(str(name), known)} Its app must be in INSTALLED_APPS."
            found.append(checks.Error(f"SMO_KIT has no part {name!r}.", hint=hint, id="smo_kit.E001"))
    for one in known.values():
        for wrong in one.from_code()[1]:
            unknown = bool(wrong.name) and wrong.name not in one.fields
            place = f"SMO_KIT[{wrong.app!r}]"
            where = f"{place}[{wrong.name!r}]" if wrong.name else place
            text = f"{place} has no setting {wrong.name!r}." if unknown else f"{where} {wrong.message}."
            found.append(checks.Error(text, hint=wrong.hint, id="smo_kit.E001" if unknown else "smo_kit.E002"))
    return found


@checks.register("smo_kit")
def needed_apps_are_installed(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> Messages:
    """E004: an app of the suite is installed without one that it needs."""
    return [
        checks.Error(
            f"{config.name} needs {need}.",
            hint=f"Add {need!r} to INSTALLED_APPS, or remove {config.name!r}.",
            id="smo_kit.E004",
        )
        for config in apps.get_app_configs()
        for need in getattr(config, "needs", ())
        if not apps.is_installed(need)
    ]


@checks.register("smo_kit")
def our_urls_are_included(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> Messages:
    """E005: an app of the suite has views, but the site has given them no address. Core's are for machines alone."""
    if not getattr(settings, "ROOT_URLCONF", ""):
        return []
    known = get_resolver().namespace_dict
    needed = [one for one in apps.get_app_configs() if one.label != "smo_core" and _has_urls(one)]
    lost = [one.name for one in needed if one.label not in known]
    if not lost:
        return []
    text = f"smo_kit.urls is not included, so views have no address: those of {', '.join(lost)}."
    return [checks.Error(text, hint=f"Add {CURE} to the urlpatterns of ROOT_URLCONF.", id="smo_kit.E005")]


def _has_urls(config: AppConfig) -> bool:
    return config.name.startswith("smo_kit.") and find_spec(f"{config.name}.urls") is not None


@checks.register("smo_kit", deploy=True)
def nothing_private_is_allowed(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> Messages:
    """W001: the allow-list of private addresses is for a demo and tests."""
    allowed = core_settings().http_allow
    if not allowed:
        return []
    text = f"SMO_KIT['CORE']['http_allow'] lets the site call {', '.join(allowed)}."
    return [
        checks.Warning(
            text, hint="Remove it: whoever makes the site fetch an address could reach them.", id="smo_kit.W001"
        )
    ]


@checks.register("smo_kit", deploy=True)
def limits_are_shared(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> Messages:
    """W202: the default cache does not let processes know of each other's readers, so limits don't hold for all."""
    backend = settings.CACHES.get("default", {}).get("BACKEND", "")
    said = {
        _NO_CACHE: "The default cache keeps nothing: every look of the same reader counts, and no limit holds.",
        _OWN_CACHE: "The default cache is each process's own: a reader counts once for each process, and so do limits.",
    }
    if backend not in said:
        return []
    hint = "Use a cache that processes share: Redis, Memcached, the database or files."
    return [checks.Warning(said[backend], hint=hint, id="smo_kit.W202")]


@checks.register("smo_kit")
def templates_know_the_request(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> Messages:
    """W002: without the request our tags can't make absolute addresses of the host that was asked."""
    if do_templates_know_the_request():
        return []
    hint = f"Add {REQUEST!r} to context_processors in TEMPLATES."
    return [checks.Warning("Templates don't know the request.", hint=hint, id="smo_kit.W002")]


def do_templates_know_the_request() -> bool:
    """Say whether our tags know who asks, and for which page."""
    engines: list[dict[str, Any]] = [one for one in settings.TEMPLATES if "DjangoTemplates" in str(one.get("BACKEND"))]
    return not engines or any(REQUEST in one.get("OPTIONS", {}).get("context_processors", []) for one in engines)


@checks.register("smo_kit")
def who_writes_reads_what_he_wrote(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> Messages:
    """W003: a replica is a moment behind, so a reader would miss the comment, the vote or the sign-in of his own."""
    replica = behind_for_writers()
    if not replica:
        return []
    text = f"Who has just written reads from the database {replica!r}, which may not have it yet."
    hint = f"Put {ROUTER!r} first in DATABASE_ROUTERS."
    return [checks.Warning(text, hint=hint, id="smo_kit.W003")]
