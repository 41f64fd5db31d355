"""Faults of sign-in that ``manage.py check`` finds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from allauth import app_settings as allauth
from allauth.account import app_settings as account
from allauth.account.app_settings import EmailVerificationMethod
from allauth.socialaccount import app_settings as social
from allauth.socialaccount.providers import registry
from django.apps import AppConfig, apps
from django.conf import settings
from django.core import checks
from django.utils.module_loading import import_string

from smo_kit.core.conf import core_settings
from smo_kit.login.adapters import AccountAdapter, SocialAdapter
from smo_kit.login.defaults import login_of

Messages = list[checks.CheckMessage]

ADAPTERS: Final = {"ACCOUNT_ADAPTER": AccountAdapter, "SOCIALACCOUNT_ADAPTER": SocialAdapter}
MIDDLEWARE: Final = (
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "smo_kit.login.middleware.ProviderFaults",
)
BACKEND: Final = "allauth.account.auth_backends.AuthenticationBackend"
DUMMY: Final = "allauth.socialaccount.providers.dummy"


@checks.register("smo_kit")
def the_adapters_are_ours(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> Messages:
    """E701: with an adapter of another family none of our safety holds."""
    found: Messages = []
    for name, ours in ADAPTERS.items():
        path = str(getattr(settings, name, ""))
        if not _is_kind_of(path, ours):
            text = f"{name} is {path!r}: sign-in is neither safe nor does it speak in sentences."
            hint = f'Set {name} = "{ours.__module__}.{ours.__name__}", or a class of your own that is derived from it.'
            found.append(checks.Error(text, hint=hint, id="smo_kit.E701"))
    return found


@checks.register("smo_kit")
def the_middleware_is_in_order(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> Messages:
    """E702: without it a provider that is away is an error 500, and before the others it knows nobody."""
    places = [settings.MIDDLEWARE.index(one) if one in settings.MIDDLEWARE else -1 for one in MIDDLEWARE]
    if -1 not in places and places == sorted(places):
        return []
    hint = f"MIDDLEWARE needs, in this order: {', '.join(MIDDLEWARE)}."
    return [
        checks.Error("MIDDLEWARE lacks what sign-in needs, or has it in another order.", hint=hint, id="smo_kit.E702")
    ]


@checks.register("smo_kit")
def no_address_signs_in(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> Messages:
    """E703: whoever can make a provider name an address would own the account. Our adapter does not heed it."""
    hint = "Remove it. A member connects his networks on his own page, when he is signed in."
    return [
        checks.Error(f"{where} would let an address alone open an account.", hint=hint, id="smo_kit.E703")
        for where in _address_signs_in()
    ]


@checks.register("smo_kit")
def a_link_starts_nothing(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> Messages:
    """E704: with a mere link another site could sign a reader in as somebody else."""
    if not social.LOGIN_ON_GET:
        return []
    text = "SOCIALACCOUNT_LOGIN_ON_GET lets a link of another site sign readers in."
    return [checks.Error(text, hint="Remove it: buttons are forms.", id="smo_kit.E704")]


@checks.register("smo_kit")
def addresses_are_proved(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> Messages:
    """E705: an address that nobody has proved would be a member's; E706: a link lets its owner prove a stranger's.

    Whoever clicks it has not typed the stranger's sign-up himself, and yet completes it.
    """
    wanted = EmailVerificationMethod.MANDATORY
    if {account.EMAIL_VERIFICATION, social.EMAIL_VERIFICATION or account.EMAIL_VERIFICATION} != {wanted}:
        text = "ACCOUNT_EMAIL_VERIFICATION is not mandatory: a stranger could join with the address of somebody else."
        hint = 'Set ACCOUNT_EMAIL_VERIFICATION = "mandatory", and remove SOCIALACCOUNT_EMAIL_VERIFICATION.'
        return [checks.Error(text, hint=hint, id="smo_kit.E705")]
    if account.EMAIL_VERIFICATION_BY_CODE_ENABLED:
        return []
    text = "A link proves a new member's address: whoever clicks it completes a sign-up that a stranger may have begun."
    hint = "Set ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True: he types a code where he began, and goes on there."
    return [checks.Error(text, hint=hint, id="smo_kit.E706")]


@checks.register("smo_kit")
def mail_is_a_way_in(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> Messages:
    """E715: with networks alone django-allauth wants addresses that nobody has proved."""
    if not allauth.SOCIALACCOUNT_ONLY:
        return []
    text = "SOCIALACCOUNT_ONLY goes only with addresses that need no proof, and those may be a stranger's."
    return [checks.Error(text, hint="Remove it.", id="smo_kit.E715")]


@checks.register("smo_kit")
def the_backend_is_there(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> Messages:
    """E707: django-allauth signs members in by a backend of its own."""
    if BACKEND in settings.AUTHENTICATION_BACKENDS:
        return []
    hint = f"Add {BACKEND!r} to AUTHENTICATION_BACKENDS."
    return [checks.Error("Nobody can sign in by django-allauth.", hint=hint, id="smo_kit.E707")]


@checks.register("smo_kit")
def our_templates_are_found(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> Messages:
    """E708: the first app that has a template gives it."""
    names = [one.name for one in apps.get_app_configs()]
    if "allauth.account" not in names or names.index("smo_kit.login") < min(
        names.index(one) for one in names if one == "allauth" or one.startswith("allauth.")
    ):
        return []
    text = "Pages and mails of sign-in are django-allauth's own: its apps stand before smo_kit.login."
    hint = "Put 'smo_kit.login' before 'allauth' in INSTALLED_APPS."
    return [checks.Error(text, hint=hint, id="smo_kit.E708")]


@checks.register("smo_kit", deploy=True)
def nobody_signs_in_as_he_likes(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> Messages:
    """E709: the provider for trying out believes everybody everything."""
    if settings.DEBUG or not apps.is_installed(DUMMY):
        return []
    text = "The provider 'dummy' signs anybody in as whomever he likes."
    return [checks.Error(text, hint=f"Remove {DUMMY!r} from INSTALLED_APPS.", id="smo_kit.E709")]


@checks.register("smo_kit")
def the_session_comes_back(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> Messages:
    """W710: a strict cookie is not sent when a provider sends the reader back."""
    if str(settings.SESSION_COOKIE_SAMESITE).lower() != "strict":
        return []
    text = "SESSION_COOKIE_SAMESITE is strict: who comes back from a provider is a stranger at first."
    return [checks.Warning(text, hint='Set SESSION_COOKIE_SAMESITE = "Lax".', id="smo_kit.W710")]


@checks.register("smo_kit")
def the_providers_are_installed(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> Messages:
    """W711: an application in the settings whose provider is not there gets no button."""
    lost = sorted({provider for provider, _app in _apps_in_settings() if registry.get_class(provider) is None})
    return [
        checks.Warning(
            f"SOCIALACCOUNT_PROVIDERS[{provider!r}] has an application, but its provider is not installed.",
            hint=f"Add 'allauth.socialaccount.providers.{provider}' to INSTALLED_APPS, or remove the application.",
            id="smo_kit.W711",
        )
        for provider in lost
    ]


@checks.register("smo_kit")
def providers_can_send_readers_back(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> Messages:
    """W712: some providers send readers back to https alone."""
    conf = core_settings.in_code()
    base = conf.base_url or conf.base_url_without_request
    if settings.DEBUG or not base.startswith("http:"):
        return []
    found = ((app.get("provider_id") or provider, provider) for provider, app in _apps_in_settings())
    picky = sorted({id_ for id_, provider in found if (login := login_of(id_, provider)) and login.needs_https})
    if not picky:
        return []
    text = f"The site is at {base}, and these providers send readers back to https alone: {', '.join(picky)}."
    hint = "Serve the site by https, and say so in base_url of SMO_KIT['CORE']."
    return [checks.Warning(text, hint=hint, id="smo_kit.W712")]


@checks.register("smo_kit")
def no_tokens_are_kept(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> Messages:
    """W713: nobody here uses the tokens of readers' accounts; in the table they can only be stolen."""
    if not social.STORE_TOKENS:
        return []
    text = "SOCIALACCOUNT_STORE_TOKENS keeps keys to the accounts that readers have elsewhere."
    return [checks.Warning(text, hint="Remove it, unless the site itself uses them.", id="smo_kit.W713")]


@checks.register("smo_kit")
def nobody_may_guess_for_ever(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> Messages:
    """W714: a code has few letters, and a password may be a word."""
    if account.RATE_LIMITS:
        return []
    text = "ACCOUNT_RATE_LIMITS is off: codes and passwords can be guessed, and mails be had without end."
    return [checks.Warning(text, hint="Remove it, or name the one limit that is to be another.", id="smo_kit.W714")]


def _is_kind_of(path: str, ours: type) -> bool:
    try:
        adapter = import_string(path)
    except ImportError:
        return False
    return isinstance(adapter, type) and issubclass(adapter, ours)


def _address_signs_in() -> Iterator[str]:
    if social.EMAIL_AUTHENTICATION:
        yield "SOCIALACCOUNT_EMAIL_AUTHENTICATION"
    for provider, whole in social.PROVIDERS.items():
        if whole.get("EMAIL_AUTHENTICATION"):
            yield f"EMAIL_AUTHENTICATION of SOCIALACCOUNT_PROVIDERS[{provider!r}]"
    for provider, app in _apps_in_settings():
        if (app.get("settings") or {}).get("email_authentication"):
            yield f"'email_authentication' of an application of SOCIALACCOUNT_PROVIDERS[{provider!r}]"


def _apps_in_settings() -> Iterator[tuple[str, dict[str, Any]]]:
    for provider, whole in social.PROVIDERS.items():
        found = whole.get("APPS")
        one = whole.get("APP")
        for app in found if found is not None else [one] if one else []:
            yield provider, app
