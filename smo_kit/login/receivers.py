"""What sign-in hears: who came in, who proved an address, whose picture is new, that an application was changed."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY, record_authentication
from allauth.account.signals import email_confirmed, password_reset, user_logged_in, user_signed_up
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.signals import social_account_added, social_account_updated
from django.conf import settings
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.shortcuts import resolve_url

from smo_kit.core.models import Place
from smo_kit.core.settings import site_id
from smo_kit.core.subjects import ForgedKey, Key, key_of
from smo_kit.core.visitors import visitor_of
from smo_kit.engagement.services import record
from smo_kit.login.first_proof import on_confirmed, on_password_reset
from smo_kit.login.health import succeeded
from smo_kit.login.kinds import SIGNED_IN
from smo_kit.login.models import Portrait
from smo_kit.login.portraits import fetch_later, forget_file
from smo_kit.login.starting import subject_in
from smo_kit.login.ways import forget_apps, network_id


def on_logged_in(sender: Any, request: Any, user: Any, sociallogin: Any = None, **kwargs: object) -> None:
    """Count a sign-in by a network for what the reader was reading, else for the sign-in page.

    Who has just joined with a password has shown who he is, which django-allauth does not note.
    """
    if not request.session.get(AUTHENTICATION_METHODS_SESSION_KEY):
        record_authentication(request, user, method="password")
    if sociallogin is None:
        return
    app = sociallogin.account.provider
    succeeded(app)
    subject = _subject(sociallogin.state.get("data"))
    record(SIGNED_IN.id, subject, network=network_id(app), visitor=visitor_of(request))


def _subject(data: Any) -> Key:
    try:
        return Key.unsign(subject_in(data)).speaking("")
    except ForgedKey:
        return key_of(Place.objects.get_or_create(site_id=site_id(), path=resolve_url(settings.LOGIN_URL))[0])


def on_account_seen(sender: Any, sociallogin: Any = None, **kwargs: object) -> None:
    """Fetch a member's picture: he has joined, connected an account, or signed in with one again."""
    if sociallogin is not None:
        fetch_later(sociallogin.account)


def on_portrait_gone(sender: Any, instance: Portrait, **kwargs: object) -> None:
    """Delete the file of a picture that nobody has any more."""
    forget_file(str(instance.file))


user_logged_in.connect(on_logged_in, dispatch_uid="smo_kit.login.logged_in")
email_confirmed.connect(on_confirmed, dispatch_uid="smo_kit.login.confirmed")
password_reset.connect(on_password_reset, dispatch_uid="smo_kit.login.password_reset")
for _seen in (user_signed_up, social_account_added, social_account_updated):
    _seen.connect(on_account_seen, dispatch_uid="smo_kit.login.account_seen")
post_delete.connect(on_portrait_gone, sender=Portrait, dispatch_uid="smo_kit.login.portrait_gone")
for _signal in (post_save, post_delete):
    _signal.connect(forget_apps, sender=SocialApp, dispatch_uid="smo_kit.login.apps")
if hasattr(SocialApp, "sites"):
    m2m_changed.connect(forget_apps, sender=SocialApp.sites.through, dispatch_uid="smo_kit.login.sites")
