"""Signing in, for whoever opens something in return."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from smo_kit.core.deeds import Deed, register_deed
from smo_kit.core.subjects import Key
from smo_kit.login.starting import sign_in_page


def _is_done(request: HttpRequest, key: Key) -> bool:
    return request.user.is_authenticated


def _where(request: HttpRequest, key: Key, then: str) -> str:
    return sign_in_page(then)


register_deed(Deed(id="sign_in", label=_("Sign in"), is_done=_is_done, where=_where, order=10))
