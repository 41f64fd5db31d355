"""The words in which signing in with a network is described: what django-allauth, which does it, can't know."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

GivesEmail = Literal["verified", "unverified", "sometimes", "never"]
"""Whether a reader comes with his address, and whether allauth takes it as confirmed. ``sometimes``: it depends on the
account, or on a right that the application must be given; confirmed only if the answer says so."""

USUAL_LABELS: Final[Mapping[str, str | _StrPromise]] = {"client_id": "Client ID", "secret": "Client secret"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """How a site signs readers in with a network, and what its owner must know to set that up."""

    provider: str
    """Provider id in django-allauth."""
    server: str = ""
    """Address of the issuer, for the provider ``openid_connect``; "": the site names it."""
    scopes: tuple[str, ...] | None = None
    """What a reader is asked to share; None: allauth's own default is right."""
    pkce: bool | None = None
    """Proof Key for Code Exchange (RFC 7636); None: allauth's own default is right."""
    console: str
    """Where a site registers its application; "": every issuer has a place of its own."""
    as_of: dt.date
    """When it was looked up."""
    source: str
    """Where it was looked up, and what of it is not confirmed."""
    labels: Mapping[str, str | _StrPromise] = field(default_factory=lambda: USUAL_LABELS)
    """What a site gets there: where allauth's app keeps it, and what the provider calls it. What is not ``client_id``,
    ``secret`` or ``key`` belongs into the app's ``settings``."""
    gives_email: GivesEmail
    needs_https: bool = False
    """It sends readers back to https addresses only; most let localhost be."""
    needs_script: bool = False
    """Readers without JavaScript can't come back from it."""
    secret_expires: bool = False
    notes: tuple[str | _StrPromise, ...] = ()
    """What is special there, for the owner of the site: one to three sentences."""


OPENID_CONNECT: Final = Login(
    provider="openid_connect",
    pkce=True,  # allauth's default is none; a server that doesn't know it has to ignore it (RFC 6749, 3.1)
    console="",
    as_of=dt.date(2026, 11, 26),
    source="openid.net/specs/openid-connect-core-1_0.html, openid-connect-discovery-1_0.html; allauth 65.21",
    labels={"server_url": _("Address of the issuer"), **USUAL_LABELS},
    gives_email="sometimes",
    notes=(
        _("The address of the issuer, with /.well-known/openid-configuration behind it, must answer."),
        _("The issuer must have https: what comes over that connection is believed without a further check."),
    ),
)
"""Any provider of OpenID Connect that is no network of ours: a company's own, a university's."""
