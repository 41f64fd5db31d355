from __future__ import annotations

import datetime as dt
from urllib.parse import urlencode

import pytest
from django.contrib.auth import get_user_model
from django.test import Client, RequestFactory
from django.utils import timezone

from smo_kit.core.identities import identities
from smo_kit.core.subjects import key_of
from smo_kit.core.visitors import visitor_of
from smo_kit.lock.models import Lock, Opening
from smo_kit.lock.opening import is_open
from smo_kit.lock.refs import Ref
from smo_kit.lock.terms import forget, terms_of
from smo_kit.lock.ways import sharing
from smo_kit.share.models import PersonalLink
from smo_kit.share.proofs import BROWSER
from smo_kit.share.rungs import Rung
from smo_kit.share.signals import rung_reached, went_out
from tests.blog.models import Post

SCRIPT = {"Sec-Fetch-Site": "same-origin", "X-Smo-Part": "1"}
HERE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture(autouse=True)
def a_way_out(monkeypatch):
    """Share buttons have an address, whether the site has that of personal links or not."""

    def out_address(key, network_id, extra=None):
        return f"/smo/out/{network_id}/?{urlencode({'o': key.sign(), **(extra or {})})}"

    monkeypatch.setattr(sharing, "out_address", out_address)


@pytest.fixture
def page(db):
    return Post.objects.create(slug="bridges", title="Bridges of stone", body="hidden words")


@pytest.fixture
def ref(page):
    return Ref(key_of(page, "en"), "more", "field", "body", "/posts/bridges/")


@pytest.fixture
def lock(ref):
    """The lock: it opens by sharing and by waiting."""
    terms_of(ref, {})
    return Lock.objects.get()


@pytest.fixture
def address(lock, ref):
    return f"/smo/lock/{ref.sign()}/open/"


@pytest.fixture
def member(db):
    return get_user_model().objects.create_user("ada", "ada@example.org", "pw")


@pytest.fixture
def set_terms(lock):
    def change(**options):
        lock.options = {**lock.options, **options}
        lock.save()
        forget(lock)

    return change


@pytest.fixture
def later(monkeypatch):
    """Have the server's clock go on by so many seconds."""
    real, gone = timezone.now, [0.0]

    def go_on(seconds: float) -> None:
        gone[0] += seconds

    monkeypatch.setattr(timezone, "now", lambda: real() + dt.timedelta(seconds=gone[0]))
    return go_on


@pytest.fixture
def shares(ref):
    """Have a client go out to a network by the lock's button, and his share come to a rung."""

    def share(client: Client, network: str = "vk", rung: Rung = Rung.OPENED, *, token: str | None = None):
        request = request_of(client, {"l": ref.sign() if token is None else token})
        visitor = visitor_of(request)
        assert visitor is not None, "the client has no cookie: have it press a button first"
        now = timezone.now()
        link, _is_new = PersonalLink.objects.get_or_create(
            **ref.key.fields,
            language="en",
            network=network,
            sharer=identities(visitor, BROWSER)[0],
            defaults={"token": f"{network}{PersonalLink.objects.count()}", "user_id": visitor.user_id},
        )
        link.opened = now
        if rung > Rung.OPENED:
            setattr(link, rung.facet, now)
        link.save()
        went_out.send(sender=PersonalLink, link=link, visitor=visitor, request=request)
        if rung > Rung.OPENED:
            rung_reached.send(sender=PersonalLink, link=link, rung=rung)
        return link

    return share


def request_of(client: Client, query=None):
    """Return a look of a client's, with his cookies and his account."""
    request = RequestFactory().get("/smo/out/", query or {})
    request.COOKIES.update({name: morsel.value for name, morsel in client.cookies.items()})
    request.user = client.get("/about/").wsgi_request.user
    return request


def press(client: Client, address: str, way: str = "wait", headers=SCRIPT, **fields):
    """Press a button of a lock; return what the script is told."""
    return client.post(address, {"way": way, **fields}, headers=headers).json()


def look(client: Client, address: str, way: str = "wait", headers=SCRIPT):
    """Ask how it stands."""
    return press(client, address, way, headers, again="1")


def is_open_to(client: Client, ref: Ref) -> bool:
    return is_open(request_of(client), ref, terms_of(ref))


def openings() -> list[tuple[str, str, bool]]:
    return [(one.way, one.network, one.opened is not None) for one in Opening.objects.order_by("pk")]
