"""Rating a page, for whoever opens something in return. Of guests the browser is known that rated."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from smo_kit.core.answers import reader_of
from smo_kit.core.deeds import Deed, register_deed
from smo_kit.core.own_urls import own_address
from smo_kit.core.subjects import Key
from smo_kit.core.way_back import leading_back
from smo_kit.ratings.conf import ratings_settings
from smo_kit.ratings.services import given_by
from smo_kit.ratings.signed import Thing


def _is_done(request: HttpRequest, key: Key) -> bool:
    return bool(given_by(key, reader_of(request)))


def _where(request: HttpRequest, key: Key, then: str) -> str:
    return leading_back(own_address("smo_ratings:rate", Thing(key, ratings_settings().kind).sign()), then)


register_deed(Deed(id="rate", label=_("Rate this page"), is_done=_is_done, where=_where, order=40))
