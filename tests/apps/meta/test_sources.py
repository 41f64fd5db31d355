"""Pictures that a site gives, good and bad."""

from __future__ import annotations

import io
import logging
import struct
import zlib

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from PIL import Image

from smo_kit.core.cards import Card, Picture, card_for
from smo_kit.meta import sources
from smo_kit.meta.sources import found, media_name
from tests.apps.meta.conftest import content, picture
from tests.blog.models import Post

pytestmark = pytest.mark.django_db


def post_with(file: ContentFile, **fields) -> Post:
    return Post.objects.create(slug=f"with-{Post.objects.count()}", title="With a picture", cover=file, **fields)


def huge_png(width: int, height: int) -> ContentFile:
    """Return a small file whose header promises a huge picture."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    return ContentFile(b"\x89PNG\r\n\x1a\n" + body, name="huge.png")


def animated(kind: str) -> ContentFile:
    out = io.BytesIO()
    frames = [Image.new("RGB", (400, 300), colour) for colour in ("red", "blue", "green")]
    frames[0].save(out, kind, save_all=True, append_images=frames[1:], duration=100)
    return ContentFile(out.getvalue(), name=f"moves.{kind.lower()}")


def half(file: ContentFile) -> ContentFile:
    whole = file.read()
    return ContentFile(whole[: len(whole) // 2], name=file.name)


def noise(kind: str) -> ContentFile:
    out = io.BytesIO()
    Image.effect_noise((600, 400), 90).convert("RGB").save(out, kind)
    return ContentFile(out.getvalue(), name=f"noise.{kind.lower()}")


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_that_every_network_shows_is_shown_as_it_is(kind):
    card = card_for(post_with(picture(1600, 900, kind)))
    assert card.image == Picture(card.image_url, 1600, 900, f"image/{kind.lower()}")
    assert card.image_url.startswith("/media/covers/")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
def test_a_good_picture_is_known_by_its_header(kind):
    post = post_with(picture(1600, 900, kind))
    assert found(post.cover).picture == Picture(post.cover.url, 1600, 900, f"image/{kind.lower()}")


def turned() -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = 6
    return exif


def test_a_picture_that_is_turned_by_its_camera_has_the_size_that_is_seen():
    assert found(post_with(picture(900, 600, exif=turned())).cover).picture.width == 600


@pytest.mark.parametrize(
    "file",
    [
        lambda: picture(1200, 630, "WEBP"),
        lambda: picture(1200, 630, "GIF"),
        lambda: picture(1200, 630, "AVIF"),
        lambda: picture(1200, 630, mode="CMYK"),
        lambda: picture(630, 1200, exif=turned()),
        lambda: picture(600, 1200),
        lambda: picture(300, 200),
        lambda: ContentFile(picture().read() + b"\0" * 300_000 + b"\xff\xd9", name="heavy.jpg"),
    ],
)
def test_what_some_networks_refuse_is_cut_to_what_all_show(file, caplog, client):
    card = card_for(post_with(file()))
    assert card.image == Picture(card.image_url, 1200, 630, "image/jpeg")
    assert [(one.width, one.height) for one in card.cuts.values()] == [(1200, 1200), (1000, 1500)]
    for one in (card.image, *card.cuts.values()):
        image = Image.open(io.BytesIO(client.get(one.url).content))
        assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (one.width, one.height))
    assert not caplog.records


def test_a_picture_keeps_its_words_when_it_is_cut():
    tall = post_with(picture(600, 1200)).cover
    card = card_for(Card(url="/a/", title="A", language="en", image=tall, image_alt="Lake"))
    assert card.image_alt == "Lake"


@pytest.mark.parametrize(
    ("file", "cure"),
    [
        (lambda: ContentFile(b"<svg xmlns='http://www.w3.org/2000/svg'/>", name="a.svg"), "Upload a JPEG or PNG"),
        (lambda: ContentFile(b"", name="empty.jpg"), "Upload a JPEG or PNG"),
        (lambda: ContentFile(b"\xff\xd8\xff\xe0 no more", name="broken.jpg"), "Upload"),
        (lambda: half(noise("JPEG")), "Upload it again"),
        (lambda: half(noise("PNG")), "Upload it again"),
        (lambda: half(noise("WEBP")), "Upload it again"),
        (lambda: half(noise("GIF")), "Upload it again"),
        (lambda: animated("GIF"), "what moves"),
        (lambda: animated("WEBP"), "what moves"),
        (lambda: animated("PNG"), "what moves"),
        (lambda: picture(199, 600), "too few"),
        (lambda: huge_png(8000, 8000), "Upload one of 1200×630"),
        (lambda: huge_png(30000, 30000), "Upload one of 1200×630"),
    ],
)
def test_a_bad_picture_gives_way_to_a_drawn_one_and_the_log_names_the_cure(file, cure, caplog):
    card = card_for(post_with(file(), lead="x"))
    assert card.image_url.startswith("/smo/card/")
    assert card.image == Picture(card.image_url, 1200, 630, "image/jpeg")
    assert cure in caplog.text
    assert [record.levelno for record in caplog.records] == [logging.WARNING]


def test_a_heavy_picture_gives_way(monkeypatch, caplog):
    monkeypatch.setattr(sources, "LARGEST_FILE", 100)
    assert card_for(post_with(picture())).image_url.startswith("/smo/card/")
    assert "networks take 8" in caplog.text


def test_a_file_that_is_gone_gives_way(head, caplog):
    post = post_with(picture())
    default_storage.delete(post.cover.name)
    assert "/smo/card/" in content(head(f"/posts/{post.slug}/"), "og:image")
    assert "the file is gone. Upload it again." in caplog.text


def test_a_storage_that_fails_is_no_traceback_for_a_reader(head, monkeypatch, caplog):
    post = post_with(picture())

    def fail(*args):
        raise RuntimeError("bucket on fire")

    monkeypatch.setattr(type(storages["default"]), "url", fail)
    assert "/smo/card/" in content(head(f"/posts/{post.slug}/"), "og:image")
    assert "Check the storage" in caplog.text


def test_a_model_without_a_picture_has_a_drawn_one(head, post):
    soup = head("/posts/first/")
    assert content(soup, "og:image").startswith("http://testserver/smo/card/")
    assert content(soup, "twitter:card") == "summary_large_image"


def test_the_words_for_a_bad_picture_are_not_said_of_the_drawn_one():
    bad = Card(url="/a/", title="A", language="en", image="/media/none.jpg", image_alt="A lake")
    assert card_for(bad).image_alt == ""


def test_a_text_that_names_a_file_of_ours_is_looked_at():
    name = default_storage.save("a b.jpg", picture(800, 600))
    url = default_storage.url(name)
    assert found(url).picture == Picture(url, 800, 600, "image/jpeg")
    assert found(Picture(url)).picture == Picture(url, 800, 600, "image/jpeg")


@pytest.mark.parametrize("url", ["https://cdn.example/a.jpg", "/static/a.jpg"])
def test_a_picture_elsewhere_is_believed_and_not_fetched(url):
    assert found(url).picture == Picture(url, 0, 0, "image/jpeg")


def test_an_svg_elsewhere_gives_way(caplog):
    assert found("https://cdn.example/a.svg").picture is None
    assert "no network shows SVG" in caplog.text


@pytest.mark.parametrize("url", ["/media/../../etc/passwd", "/media/%2e%2e/x.jpg", "/media/", "javascript:alert(1)"])
def test_an_address_that_leads_astray_gives_way(url):
    assert found(url).picture is None


def test_a_known_size_is_believed_if_it_is_enough():
    assert found(Picture("/a.jpg", 800, 600)).picture == Picture("/a.jpg", 800, 600)
    assert found(Picture("/a.jpg", 80, 60)).picture is None


def test_a_file_is_looked_at_once(monkeypatch):
    looks = []
    real = sources._look
    monkeypatch.setattr(sources, "_look", lambda *args: looks.append(args) or real(*args))
    url = default_storage.url(default_storage.save("a.jpg", picture()))
    assert found(url).picture == found(url).picture
    assert len(looks) == 1


def test_media_on_a_host_of_its_own_is_known(settings):
    settings.MEDIA_URL = "https://media.example/files/"
    assert media_name("https://media.example/files/a%20b.jpg?v=1") == "a b.jpg"
    assert media_name("https://other.example/files/a.jpg") is None


def test_our_own_full_address_is_known(settings):
    settings.SMO_KIT = {"CORE": {"base_url": "https://tea.example"}}
    assert media_name("https://tea.example/media/a.jpg") == "a.jpg"
