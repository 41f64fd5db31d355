"""A private folder, a file in it, and readers of the page that offers it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile
from django.http import HttpResponse
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.utils.translation import override

from smo_kit.core.subjects import key_of
from smo_kit.core.visitors import visitor_for_act
from smo_kit.lock.files.source import where_of
from smo_kit.lock.models import Download
from smo_kit.lock.refs import Ref
from smo_kit.lock.sources import hidden_part
from smo_kit.lock.terms import terms_of
from tests.blog.models import Post

BODY = bytes(range(256)) * 40
"""Each byte says where it stands."""


answers = []
"""Those of a test, whose files are still open."""


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """Where private files are kept."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    settings.SMO_KIT = {**settings.SMO_KIT, "LOCK": {"files_root": str(tmp_path / "private")}}
    yield tmp_path / "private"
    while answers:
        answers.pop().close()


@pytest.fixture
def page(db):
    return Post.objects.create(slug="bridges", title="Bridges of stone")


def upload(body=BODY, name="guide.pdf", **fields):
    fields = {"slug": "guide", "title": "The guide", "summary": "All bridges.", **fields}
    return Download.objects.create(file=ContentFile(body, name=name), **fields)


@pytest.fixture
def file(db):
    return upload()


class Reader:
    """A browser, which has acted on the site before if it has a cookie."""

    def __init__(self, *, has_acted=True, user=None):
        self.client = Client()
        self.user = user
        if user is not None:
            self.client.force_login(user)
        if has_acted:
            response = HttpResponse()
            post = RequestFactory().post("/")
            post.user = user or AnonymousUser()
            visitor_for_act(post, response)
            self.client.cookies.update(response.cookies)

    def request(self):
        request = RequestFactory().get("/")
        request.COOKIES.update({name: one.value for name, one in self.client.cookies.items()})
        request.user = self.user or AnonymousUser()
        return request

    def part(self, page, slug="guide", language="en", label=""):
        """What is behind the lock, for this reader."""
        ref = Ref(key_of(page, language), f"file:{slug}", "file", where_of(slug, label), f"/posts/{page.slug}/")
        terms_of(ref, {})
        with override(language):
            return hidden_part(self.request(), ref)

    def link(self, page, **where):
        """The address of the file, for this reader."""
        return str(self.part(page, **where)).split('href="')[2].split('"')[0]

    def get(self, address, **headers):
        response = self.client.get(address, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answers.append(response)
        return response


@pytest.fixture
def reader(db):
    return Reader()


@pytest.fixture
def link(reader, page, file):
    return reader.link(page)


def body_of(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def render(source, **context):
    request = RequestFactory().get("/posts/bridges/")
    return Template("{% load smo %}" + source).render(Context({"request": request, **context}))
