"""More of what people do on a site that reads from a replica: they sign in, open, confirm, and save pages."""

from __future__ import annotations

import requests
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client

from smo_kit.comments.models import Discussion
from smo_kit.core.cards import card_for
from smo_kit.core.models import CardRow
from smo_kit.core.routers import forget_writes
from smo_kit.core.subjects import key_of
from smo_kit.core.visitors import Visitor
from smo_kit.lock.models import Lock, Opening
from smo_kit.lock.opening import of_reader, open_by
from smo_kit.lock.refs import Ref
from smo_kit.lock.terms import terms_of
from smo_kit.meta.models import Override
from smo_kit.meta.overrides import clear_words, renew_page, save_words
from smo_kit.notify.links import confirm_url
from smo_kit.notify.models import Subscriber, Subscription
from smo_kit.notify.services import ask
from smo_kit.notify.subscribers import at_address
from tests.apps.login.conftest import APPS
from tests.apps.login.wire import Reader, Web, path_of
from tests.blog.models import Post

CALLBACK = "/accounts/oidc/issuer/login/callback/"
SCRIPT = {"Sec-Fetch-Site": "same-origin", "X-Smo-Part": "1"}


def of_writer(model):
    return model.objects.using("default")


def page():
    return Post.objects.get(slug="bridges")


def the_web(**person) -> None:
    web = Web()
    web.issues({"email_verified": True, **person})
    requests.Session.send = lambda session, request, **kwargs: web.send(session, request)
    settings.SOCIALACCOUNT_PROVIDERS = {name: {"APPS": apps} for name, apps in APPS.items()}


def signing_in() -> None:
    """The callback makes an account, and goes on with it."""
    the_web(sub="7", email="nina@example.org", name="Nina")
    reader = Reader(Client())
    assert path_of(reader.sign_in("issuer", CALLBACK)) == "/about/"
    assert [one.user_id for one in of_writer(SocialAccount).filter(uid="7")] == [int(reader.user_id)]


def signing_in_twice_in_a_moment() -> None:
    """The replica has not heard of the account when its owner comes with another browser."""
    the_web(sub="8", email="olga@example.org", name="Olga")
    for _ in range(2):
        answer = Reader(Client()).sign_in("issuer", CALLBACK)
        assert answer.status_code < 400
    assert of_writer(SocialAccount).filter(uid="8").count() == 1
    assert of_writer(get_user_model()).filter(email="olga@example.org").count() == 1


def a_lock_is_shown_and_opened() -> None:
    ref = Ref(key_of(page(), "en"), "more", "field", "body", "/posts/bridges/")
    terms, visitor = terms_of(ref, {}), Visitor("7" * 32)
    forget_writes()
    for _ in range(2):
        open_by(visitor, ref, terms, "wait")
        assert of_reader(visitor, terms.lock_id).exclude(opened=None).exists()
        forget_writes()
    assert of_writer(Lock).count() == of_writer(Opening).count() == 1


def a_lock_is_opened_by_its_button() -> None:
    """Its row was written when the page was shown, a moment ago."""
    ref = Ref(key_of(page(), "en"), "other", "field", "body", "/posts/bridges/")
    client = Client()
    terms_of(ref, {})
    forget_writes()
    said = [client.post(f"/smo/lock/{ref.sign()}/open/", {"way": "wait"}, headers=SCRIPT).json() for _ in range(2)]
    assert [one["state"] for one in said] == ["waiting", "waiting"], said
    assert of_writer(Opening).filter(lock__name="other").count() == 1


def words_of_an_editor() -> None:
    key = key_of(page(), "en")
    words = {"description": "", "image": "", "image_alt": ""}
    for title in ("Better", "Best"):
        save_words(key, title=title, **words)
        renew_page(key)
        assert card_for(page()).title == title
        forget_writes()
    assert [one.title for one in of_writer(Override)] == ["Best"]
    assert of_writer(CardRow).get(**key.fields, language="en").title == "Best"
    clear_words(key)


def a_page_is_saved() -> None:
    """Its snapshot is made by a task, which must not find the page of a moment ago."""
    post = page()
    post.title = "Bridges of wood"
    post.save()
    assert of_writer(CardRow).get(**key_of(post).fields, language="en").title == "Bridges of wood"
    new = Post.objects.create(slug="ferries", title="Ferries", lead="How they float", body="Wood by wood.")
    assert of_writer(CardRow).get(**key_of(new).fields, language="en").title == "Ferries"
    new.delete()
    assert not of_writer(CardRow).filter(**key_of(new).fields).exists()


def an_address_is_confirmed() -> None:
    discussion = Discussion.objects.first()
    ask("kim@example.org", discussion, language="en", client="192.0.2.1")
    link = confirm_url(at_address("kim@example.org"), discussion.pk)
    forget_writes()
    for _ in range(2):
        assert Client().post(link).status_code == 200
    reader = of_writer(Subscriber).get(address="kim@example.org")
    assert reader.confirmed_at is not None
    assert of_writer(Subscription).filter(subscriber=reader).count() == 1


STEPS = [
    signing_in,
    signing_in_twice_in_a_moment,
    a_lock_is_shown_and_opened,
    a_lock_is_opened_by_its_button,
    words_of_an_editor,
    a_page_is_saved,
    an_address_is_confirmed,
]
