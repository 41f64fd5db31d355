"""The picture that an editor uploads for a page: taken if one for networks can be made of it, else refused at once."""

from __future__ import annotations

from io import BytesIO
from urllib.parse import urlsplit

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from smo_kit.meta import sources
from smo_kit.meta.models import Override
from tests.apps.meta.conftest import content, picture
from tests.apps.meta.test_admin import change, soup
from tests.apps.meta.test_sources import animated, half, huge_png, noise
from tests.blog.models import Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(synced) -> str:
    """Return where an editor changes the words of a page."""
    Post.objects.create(slug="first", title="A first post", lead="What it is about.")
    synced()
    return change("A first post")


@pytest.fixture
def shown(admin_client, client, page, head, django_capture_on_commit_callbacks):
    """Upload a picture; return the one that networks are shown then."""

    def upload(file: ContentFile) -> Image.Image:
        with django_capture_on_commit_callbacks(execute=True):
            assert admin_client.post(page, {"image": file, "image_alt": "A lake"}).status_code == 302
        address = content(head("/posts/first/"), "og:image")
        return Image.open(BytesIO(client.get(urlsplit(address).path).content))

    return upload


def refusal(client, page: str, file: ContentFile) -> str:
    answer = soup(client.post(page, {"image": file, "title": "Kept"}))
    assert answer.find(id="id_title")["value"] == "Kept"
    assert not Override.objects.exists()
    return answer.select_one(".errorlist").text


def test_the_log_says_that_what_moves_is_cut(shown, caplog):
    shown(animated("GIF"))
    assert "a JPEG is cut of it: networks don't show what moves" in caplog.text
    assert "is not used" not in caplog.text


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_of_what_moves_the_first_picture_is_shown(shown, kind):
    image = shown(animated(kind))
    assert (image.format, image.size) == ("JPEG", (1200, 630))
    red, green, blue = image.getpixel((600, 315))
    assert red > 240
    assert max(green, blue) < 20


def test_what_is_too_heavy_for_networks_is_shown_lighter(shown, monkeypatch):
    monkeypatch.setattr(sources, "LARGEST_FILE", 1000)
    image = shown(noise("PNG"))
    assert (image.format, image.size) == ("JPEG", (1200, 630))


@pytest.mark.parametrize("size", [(100, 100), (199, 400), (8000, 8000)])
def test_one_of_too_few_or_too_many_pixels_is_refused_at_once(admin_client, page, size):
    file = huge_png(*size) if max(size) > 400 else picture(*size)
    assert "at least 200 × 200 pixels" in refusal(admin_client, page, file)


@pytest.mark.parametrize(
    "file", [lambda: ContentFile(b"<svg/>", name="drawing.png"), lambda: huge_png(30000, 30000)], ids=["svg", "bomb"]
)
def test_what_is_no_picture_or_a_trap_is_refused_with_what_would_do(admin_client, page, file):
    assert "at least 200 × 200 pixels" in refusal(admin_client, page, file())


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_one_that_broke_off_is_refused_at_once(admin_client, page, kind):
    assert refusal(admin_client, page, half(noise(kind)))


def test_one_that_is_heavier_than_is_ever_read_is_refused_at_once(admin_client, page, monkeypatch):
    monkeypatch.setattr(sources, "LARGEST", 1000)
    assert "40 MB" in refusal(admin_client, page, picture())
