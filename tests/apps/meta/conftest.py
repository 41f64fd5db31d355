from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.test import override_settings
from PIL import Image

from smo_kit.core.rows import sync
from smo_kit.meta import designs, fonts
from smo_kit.meta.prepared import forget_prepared
from tests.blog.models import Post


@pytest.fixture(autouse=True, scope="module")
def a_site_of_heads() -> Iterator[None]:
    """For a module, not a test: after each change of it Django reads all addresses anew."""
    with override_settings(ROOT_URLCONF="tests.apps.meta.site"):
        yield


@pytest.fixture(autouse=True)
def no_pictures_yet(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "media")
    forget_prepared()


@pytest.fixture
def post(db: None) -> Post:
    return Post.objects.create(slug="first", title="A first post", lead="What it is about.")


@pytest.fixture
def head(client) -> Callable[..., BeautifulSoup]:
    """Return what a page says of itself."""

    def read(path: str, **extra: Any) -> BeautifulSoup:
        response = client.get(path, **extra)
        assert response.status_code == 200
        return BeautifulSoup(response.content, "html.parser").head

    return read


@pytest.fixture
def synced() -> Callable[[], None]:
    return lambda: [None for _ in sync()] and None


@pytest.fixture
def own_design(monkeypatch) -> Callable[..., Any]:
    """Add templates of card images for one test."""
    monkeypatch.setattr(designs, "_designs", dict(designs._designs))
    return designs.design


@pytest.fixture
def latin_only(monkeypatch) -> Iterator[None]:
    """A machine without any font."""
    monkeypatch.setattr(fonts, "_found", lambda: ())
    monkeypatch.setattr(fonts, "emoji_file", lambda: "")
    fonts.forget_fonts()
    yield
    fonts.forget_fonts()


def content(soup: BeautifulSoup, name: str) -> str | None:
    """Return the content of the meta tag of this name or property."""
    tag = soup.find("meta", attrs={"name": name}) or soup.find("meta", attrs={"property": name})
    return tag["content"] if tag else None


def picture(width: int = 1200, height: int = 630, kind: str = "JPEG", **options: Any) -> ContentFile:
    """Return a picture file of one colour."""
    out = BytesIO()
    Image.new(options.pop("mode", "RGB"), (width, height), "#336699").save(out, kind, **options)
    return ContentFile(out.getvalue(), name=f"picture.{kind.lower()}")
