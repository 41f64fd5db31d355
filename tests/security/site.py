"""A site with a row of everything: each view of the suite, its pages of the admin too, with an address that it answers.

``views()`` walks the urlpatterns, so a new view is found by itself; an address that needs a token or a number gets it
from ``WORDS``, by the name of its view.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sites.models import Site
from django.core.files.base import ContentFile
from django.db import models
from django.test import Client
from django.urls import URLPattern, URLResolver
from django.utils import timezone
from django.views.generic import RedirectView

from smo_kit import urls as of_suite
from smo_kit.comments.drafts import Draft
from smo_kit.comments.notices import CONFIRM, moderation_token
from smo_kit.comments.own_comment import own_token
from smo_kit.comments.services import post
from smo_kit.core.models import CardRow
from smo_kit.core.subjects import key_of
from smo_kit.core.tokens import sign
from smo_kit.core.visitors import Visitor
from smo_kit.lock.files.links import PURPOSE as OF_FILE
from smo_kit.lock.files.source import where_of
from smo_kit.lock.models import Download, Lock
from smo_kit.lock.refs import Ref
from smo_kit.lock.terms import terms_of
from smo_kit.mail.addresses import mark
from smo_kit.mail.links import UNSUBSCRIBE
from smo_kit.meta.preview.addresses import preview_address
from smo_kit.meta.recipes import recipe_for, remember
from smo_kit.notify.links import CONFIRM as PROVE
from smo_kit.notify.links import END, manage_token
from smo_kit.notify.services import follow
from smo_kit.notify.subscribers import at_address, prove, subscriber_of
from smo_kit.ratings.services import rate
from smo_kit.ratings.signed import Thing
from smo_kit.share.errands import Errand
from smo_kit.share.links import mint, out_address
from tests.blog.models import Post

ADMIN = "admin/"
SUITE = "smo/"


@dataclass(frozen=True)
class View:
    """A view of the suite: its route, and the pattern."""

    route: str
    pattern: URLPattern


def walk(patterns: Any, start: str = "") -> Iterator[tuple[str, URLPattern]]:
    for one in patterns:
        route = start + str(one.pattern).removeprefix("^")
        if isinstance(one, URLResolver):
            yield from walk(one.url_patterns, route)
        else:
            yield route, one


def views() -> list[View]:
    """Return every view of the suite: those of its urlpatterns, and those of its pages in the admin."""
    found = [View(SUITE + route, one) for route, one in walk(of_suite.urlpatterns)]
    for model, desk in admin.site._registry.items():
        if is_ours(model, desk):
            start = f"{ADMIN}{model._meta.app_label}/{model._meta.model_name}/"
            found += [View(start + route, one) for route, one in walk(desk.urls) if "view_name" not in route]
    return [one for one in found if getattr(one.pattern.callback, "view_class", None) is not RedirectView]


def is_ours(model: type[models.Model], desk: admin.ModelAdmin) -> bool:
    return model._meta.app_label.startswith("smo_") or type(desk).__module__.startswith("smo_kit.")


class World:
    """What is on the site, and how to ask for it."""

    def __init__(self) -> None:
        users = get_user_model().objects
        self.boss = users.create_superuser("boss", "boss@example.org", "pw")
        self.ada = users.create_user("ada", "ada@example.org", "pw", first_name="Ada")
        self.page = Post.objects.create(slug="bridges", title="Bridges of stone", lead="How", body="Stone by stone.")
        self.key = key_of(self.page, "en")
        self.entry = post(self.page, Draft(text="The third arch is the oldest.", user=self.ada, language="en")).entry
        self.link = mint(Visitor("0" * 32, self.ada.pk), self.key, "vk", user=self.ada)
        self.subscriber = prove(at_address("guest@example.org", language="en"))
        follow(self.subscriber, self.entry.discussion)
        subscriber_of(self.ada, language="en")
        self.recipe = recipe_for("Bridges of stone")
        remember([self.recipe])
        self.file = Download.objects.create(
            file=ContentFile(b"%PDF-1.7", name="guide.pdf"), slug="guide", title="Guide"
        )
        self.ref = Ref(self.key, "file:guide", "file", where_of("guide", ""), "/posts/bridges/")
        terms_of(self.ref, {})  # as the showing of its page does
        self.lock = Lock.objects.get()
        rate(self.page, "4", Visitor("0" * 32, self.ada.pk))
        type_id, pk = self.key.content_type_id, self.key.object_pk
        whose = {"source_type_id": type_id, "source_pk": pk}
        of_page = {"title": "Bridges", "url": "/posts/bridges/", "content_type_id": type_id, "object_pk": pk}
        self.card = CardRow.objects.get_or_create(**whose, language="en", defaults=of_page)[0]
        self.made = {
            CardRow: self.card, Lock: self.lock, Download: self.file, type(self.entry): self.entry,
            type(self.link): self.link, type(self.subscriber): self.subscriber, Post: self.page,
            get_user_model(): self.ada, ContentType: ContentType.objects.get(pk=type_id), Site: Site.objects.get(),
        }  # fmt: skip
        for model, desk in admin.site._registry.items():
            if is_ours(model, desk):
                self.one(model)

    def one(self, model: type[models.Model]) -> Any:
        """Return a row of a model, making it at first."""
        if model not in self.made and model._meta.label == "cms.PageContent":
            self.made[model] = self._content_of_cms(model)
        if model not in self.made:
            there = model._default_manager.first()
            self.made[model] = there or model._default_manager.create(**self._filled(model))
        return self.made[model]

    def _content_of_cms(self, model: type[models.Model]) -> Any:
        """Versions want to know who made one."""
        page = self.one(model._meta.get_field("page").related_model)
        return model.objects.with_user(self.boss).create(
            page=page, language="en", title="Arches", template="cms_page.html"
        )

    def _filled(self, model: type[models.Model]) -> dict[str, Any]:
        """Return what a row can't do without."""
        known = {"content_type_id": self.key.content_type_id, "object_pk": self.key.object_pk, "language": "en"}
        found: dict[str, Any] = {}
        for field in model._meta.concrete_fields:
            if field.attname in known:
                found[field.attname] = known[field.attname]
            elif field.is_relation and not field.null:
                found[field.name] = self.one(field.related_model)
            elif isinstance(field, models.EmailField):
                found[field.name] = "guest@example.org"
            elif not (field.has_default() or field.null or field.blank or field.primary_key):
                found[field.attname] = next((value() for kind, value in VALUES.items() if isinstance(field, kind)), "")
        return found

    def path(self, view: View) -> str:
        """Return an address that a view answers."""
        words = WORDS.get(view.route)
        if words is not None:
            return words(self)
        route = re.sub(r"<(?:path:)?object_id>", self._pk(view), view.route)
        assert "<" not in route, f"{view.route} has no address in WORDS"
        return f"/{route}"

    def _pk(self, view: View) -> str:
        if not view.route.startswith(ADMIN):
            return ""
        _admin, label, name, *_rest = view.route.split("/")
        return str(self.one(apps.get_model(label, name)).pk)

    def client(self, role: str, **how: Any) -> Client:
        """Return the browser of somebody in a role: see ROLES."""
        client = Client(**how)
        if role != "anonymous":
            client.force_login(self.boss if role == "superuser" else self._user(role))
        return client

    def _user(self, role: str) -> Any:
        staff = role != "member"
        user, is_new = get_user_model().objects.get_or_create(username=role, defaults={"is_staff": staff})
        if is_new:
            user.user_permissions.set(Permission.objects.filter(ROLES[role]))
        return user


VALUES: dict[type[models.Field], Callable[[], Any]] = {
    models.IntegerField: lambda: 1,
    models.DateTimeField: timezone.now,
    models.DateField: dt.date.today,
    models.BinaryField: bytes,
    models.BooleanField: bool,
    models.FloatField: float,
    models.JSONField: dict,
}
NOBODY = models.Q(pk=None)
ROLES: dict[str, models.Q] = {
    "anonymous": NOBODY,
    "member": NOBODY,
    "staff": NOBODY,
    "viewer": models.Q(content_type__app_label__startswith="smo_", codename__startswith="view_"),
    "moderator": models.Q(content_type__app_label="django_comments", codename="can_moderate"),
    "superuser": NOBODY,
}
"""The permissions of each; a superuser needs none."""

WORDS: dict[str, Callable[[World], str]] = {
    "smo/lock/file/<str:token>/<str:name>": lambda w: (
        f"/smo/lock/file/{sign(OF_FILE, str(w.file.pk), str(w.lock.pk), 'en', '', 'a1')}/guide.pdf"
    ),
    "smo/lock/<str:token>/": lambda w: f"/smo/lock/{w.ref.sign()}/",
    "smo/lock/<str:token>/open/": lambda w: f"/smo/lock/{w.ref.sign()}/open/",
    "smo/comments/new/": lambda w: f"/smo/comments/new/?o={w.key.sign()}&l=en",
    "smo/comments/sent/<str:token>/": lambda w: f"/smo/comments/sent/{own_token(w.entry)}/",
    "smo/comments/<smo_id:pk>/": lambda w: f"/smo/comments/{w.entry.pk}/",
    "smo/comments/<smo_id:pk>/edit/": lambda w: f"/smo/comments/{w.entry.pk}/edit/?token={own_token(w.entry)}",
    "smo/comments/<smo_id:pk>/vote/": lambda w: f"/smo/comments/{w.entry.pk}/vote/",
    "smo/comments/<smo_id:pk>/report/": lambda w: f"/smo/comments/{w.entry.pk}/report/",
    "smo/comments/confirm/<str:token>/": lambda w: f"/smo/comments/confirm/{sign(CONFIRM, str(w.entry.pk))}/",
    "smo/comments/decide/<str:token>/": lambda w: f"/smo/comments/decide/{moderation_token(w.entry, 'remove')}/",
    "smo/comments/reply/<smo_id:pk>/": lambda w: f"/smo/comments/reply/{w.entry.pk}/",
    "smo/comments/flag/<smo_id:pk>/": lambda w: f"/smo/comments/flag/{w.entry.pk}/",
    "smo/comments/like/<smo_id:pk>/": lambda w: f"/smo/comments/like/{w.entry.pk}/",
    "smo/comments/dislike/<smo_id:pk>/": lambda w: f"/smo/comments/dislike/{w.entry.pk}/",
    r"smo/comments/cr/(\d+)/(.+)/$": lambda w: f"/smo/comments/cr/{w.key.content_type_id}/{w.key.object_pk}/",
    "smo/notify/follow/": lambda w: f"/smo/notify/follow/?o={w.key.sign()}&l=en",
    "smo/notify/manage/<str:token>/": lambda w: f"/smo/notify/manage/{manage_token(w.subscriber)}/",
    "smo/notify/confirm/<str:token>/": lambda w: (
        f"/smo/notify/confirm/{sign(PROVE, str(w.subscriber.pk), mark(w.subscriber.address), '0', '')}/"
    ),
    "smo/notify/end/<str:token>/": lambda w: (
        f"/smo/notify/end/{sign(END, str(w.subscriber.pk), w.subscriber.mark, '0')}/"
    ),
    "smo/mail/unsubscribe/<str:token>/": lambda w: (
        f"/smo/mail/unsubscribe/{sign(UNSUBSCRIBE, mark('guest@example.org'), 'comments-reply')}/"
    ),
    "smo/card/<smo_digest:name>.jpg": lambda w: f"/smo/card/{w.recipe.digest}.jpg",
    "smo/preview/<str:token>/": lambda w: preview_address(w.page, "en"),
    "smo/qr/": lambda w: f"/smo/qr/?p={errand(w, '')}",
    "smo/ask/": lambda w: f"/smo/ask/?p={errand(w, 'mastodon')}",
    "smo/numbers/": lambda w: f"/smo/numbers/?o={w.key.sign()}",
    "smo/out/<network_id>/": lambda w: out_address(w.key, "vk"),
    "smo/s/<token>/": lambda w: f"/smo/s/{w.link.token}/",
    "smo/ratings/<path:token>/": lambda w: f"/smo/ratings/{Thing(w.key, 'stars').sign()}/",
    "admin/smo_comments/entry/<int:pk>/alike/": lambda w: f"/admin/smo_comments/entry/{w.entry.pk}/alike/",
    "admin/smo_login/health/<path:app>/": lambda w: "/admin/smo_login/health/github/",
    "admin/smo_core/settings/<slug:name>/": lambda w: "/admin/smo_core/settings/share/",
    "admin/smo_best/curation/beside/<smo_id:card>/": lambda w: f"/admin/smo_best/curation/beside/{w.card.pk}/",
    "admin/smo_lock/lock/<smo_id:pk>/numbers/": lambda w: f"/admin/smo_lock/lock/{w.lock.pk}/numbers/",
}


def errand(world: World, network: str) -> str:
    return Errand(network, "https://magazine.test/posts/bridges/", "Bridges of stone", "en").sign()
