"""Whatever file comes in: nothing breaks, nothing of it runs or tells where it was taken, and it fills no memory."""

from __future__ import annotations

import gzip
import io
import json
import re
import tracemalloc
from contextlib import suppress

import pytest
from django import forms
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from smo_kit.comments.transfer import disqus, foreign, lines, remark42, smo, wordpress, xtd
from smo_kit.comments.transfer.foreign import BadFile
from smo_kit.lock.storage import upload_to
from smo_kit.login.models import Portrait
from smo_kit.login.pictures import HEAVIEST, Unusable, portrait_of
from smo_kit.meta.models import Override
from smo_kit.meta.photos import cut
from smo_kit.meta.preview.photos import look_at
from smo_kit.meta.sources import inspected
from smo_kit.meta.uploads import PictureFormMixin
from tests.security.files import MARKS, NO_PICTURES, TWO_IN_ONE, picture, with_place, with_place_in_xmp
from tests.security.site import views

HOSTILE = TWO_IN_ONE | NO_PICTURES
MEGABYTES = 150_000_000
"""What a file may make the process hold, at the most: the pixels that are allowed."""


class PictureForm(PictureFormMixin, forms.ModelForm):
    """As editors of pages and of the CMS have it."""

    class Meta:
        model = Override
        fields = ("image",)


def left_in(data: bytes) -> list[bytes]:
    return [mark for mark in MARKS if mark in data]


@pytest.mark.parametrize("data", TWO_IN_ONE.values(), ids=TWO_IN_ONE)
def test_a_member_is_shown_by_pixels_alone(data):
    made = portrait_of(data)
    assert left_in(made) == []
    assert len(made) <= HEAVIEST
    with Image.open(io.BytesIO(made)) as shown:
        assert shown.format == "JPEG"
        assert dict(shown.getexif()) == {}
        assert not {"comment", "icc_profile", "xmp", "exif"} & shown.info.keys()


@pytest.mark.parametrize("data", NO_PICTURES.values(), ids=NO_PICTURES)
def test_what_is_no_picture_is_no_members(data):
    with pytest.raises(Unusable):
        portrait_of(data)


@pytest.mark.parametrize("data", TWO_IN_ONE.values(), ids=TWO_IN_ONE)
def test_a_picture_that_is_cut_for_networks_is_pixels_alone(data):
    out = io.BytesIO()
    cut(data, (600, 315)).save(out, "JPEG")
    assert left_in(out.getvalue()) == []


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_one_that_tells_its_place_is_never_shown_as_it_is(kind):
    told, bare = with_place(kind), picture(kind, (1200, 630))
    assert inspected(io.BytesIO(bare), len(bare)).ideal
    assert not inspected(io.BytesIO(told), len(told)).ideal


def test_nor_is_one_that_tells_it_by_other_words():
    told = with_place_in_xmp()
    assert not inspected(io.BytesIO(told), len(told)).ideal


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_a_preview_looks_at_any_file_without_harm(data):
    tracemalloc.start()
    try:
        photo = look_at("https://a.example/picture.png", io.BytesIO(data), len(data))
        assert photo.state in {"seen", "vector", "too many pixels", "broken"}
        assert tracemalloc.get_traced_memory()[1] < MEGABYTES
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("name", ["me.png", "../../../me.png", "me\0.php", "me\u202egnp.html", "me.svg", "a" * 300])
@pytest.mark.parametrize(
    "data", [TWO_IN_ONE["a PNG with a page behind it"], NO_PICTURES["an SVG"]], ids=["two", "none"]
)
def test_what_a_member_calls_his_file_is_forgotten(world, name, data):
    client = world.client("member")
    answer = client.post(
        "/smo/login/account/",
        {"act": "upload", "picture": SimpleUploadedFile(name, data, content_type="text/html")},
        headers={"sec-fetch-site": "same-origin"},
    )
    assert answer.status_code < 500
    made = Portrait.objects.exclude(file="")
    assert made.count() == (data in TWO_IN_ONE.values())
    for one in made:
        assert re.fullmatch(r"[\w/-]+\.jpg", one.file.name)
        with one.file.open() as kept:
            assert left_in(kept.read()) == []


@pytest.mark.django_db
@pytest.mark.parametrize("data", NO_PICTURES.values(), ids=NO_PICTURES)
@pytest.mark.parametrize("name", ["picture.png", "picture.html"])
def test_an_editor_gives_no_file_that_is_no_picture(data, name):
    form = PictureForm({}, {"image": SimpleUploadedFile(name, data, content_type="image/png")})
    assert "image" in form.errors


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["page.html", "page.svg", "page.php", "page.js", "page.png.html", "page"])
def test_an_editors_picture_has_the_name_of_one(name):
    file = SimpleUploadedFile(name, TWO_IN_ONE["a GIF that is a script"], content_type="image/gif")
    assert "image" in PictureForm({}, {"image": file}).errors


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["../../evil.png", "..\\..\\evil.png", "/etc/evil.png", "a\0b.png", "evil\u202egnp.png"]
)
def test_no_name_leads_out_of_the_folder(settings, tmp_path, name):
    settings.MEDIA_ROOT = str(tmp_path)
    row = Override(title="Bridges", object_pk="1", content_type_id=1, language="en")
    file = SimpleUploadedFile("x", picture("PNG"))
    file.name = name  # past what Django makes of it while it reads a form
    with suppress(SuspiciousFileOperation, ValueError):
        row.image.save(name, file, save=False)
    assert [one for one in tmp_path.rglob("*") if one.is_file() and "smo/pictures" not in str(one)] == []
    assert list(tmp_path.parent.glob("evil*")) == []


@pytest.mark.parametrize(
    "name", ["../../evil.sh", "..", "a\0b.pdf", "evil\u202efdp.exe", "a" * 500, "con\r\nSet-Cookie: a"]
)
def test_no_name_of_a_download_leads_out_or_turns(name):
    kept = upload_to(None, name)
    assert ".." not in kept.split("/")
    assert not kept.startswith("/")
    assert not any(one in kept for one in "\0\r\n\u202e\\")


def packed(folder, whole: bytes, name: str = "export"):
    file = folder / name
    file.write_bytes(gzip.compress(whole, 9))
    return file


READERS = {
    "lines of the suite": (smo.read, b'{"id": "1", "text": "' + b"a" * 9_000_000 + b'"}'),
    "lines of another": (remark42.read, b'{"version": 1}\n{"id": "1", "text": "' + b"a" * 9_000_000),
    "a dump": (xtd.read, b"[" + b" " * 9_000_000 + b"]"),
    "XML": (disqus.read, b"<disqus><post><message>" + b"a" * 9_000_000),
    "XML of another": (wordpress.read, b"<rss><channel><item>" + b"<a>" * 3_000_000),
}


@pytest.mark.parametrize(("read", "whole"), READERS.values(), ids=READERS)
def test_a_few_bytes_become_no_gigabyte(tmp_path, monkeypatch, read, whole):
    monkeypatch.setattr(foreign, "UNPACKED", 1_000_000)
    with pytest.raises(BadFile, match="100 times its own size"):
        list(read(packed(tmp_path, whole)))


def test_a_packed_export_is_read_to_its_end(tmp_path):
    line = json.dumps({"id": "1", "text": "x" * 200}).encode()
    assert len(list(smo.read(packed(tmp_path, b"\n".join([line] * 3000))))) == 3000


def test_a_line_without_end_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(lines, "LONGEST", 1_000_000)
    (tmp_path / "long").write_bytes(b'{"id": "1", "text": "' + b"a" * 2_000_000 + b'"}')
    with pytest.raises(BadFile, match="line 1: it is longer"):
        list(smo.read(tmp_path / "long"))


ENTITIES = (
    b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;">%s]><rss><channel>&b;</channel></rss>"""
)


@pytest.mark.parametrize("more", [b"", b'<!ENTITY c SYSTEM "file:///etc/passwd">', b'<!ENTITY % d SYSTEM "http://a/">'])
@pytest.mark.parametrize("read", [disqus.read, wordpress.read])
def test_no_entity_is_read(tmp_path, read, more):
    (tmp_path / "export").write_bytes(ENTITIES.replace(b"%s", more))
    with pytest.raises(BadFile, match="document type"):
        list(read(tmp_path / "export"))


MANY = "&".join(f"f{n}=1" for n in range(1200))
FORM = "multipart/form-data; boundary=b"
PART = '--b\r\nContent-Disposition: form-data; name="picture"; filename="{}"\r\n\r\nx\r\n'
BODIES = {
    "many fields": (MANY, "application/x-www-form-urlencoded"),
    "many files": ("".join(PART.format(n) for n in range(120)) + "--b--\r\n", FORM),
    "no boundary": ("x", "multipart/form-data"),
    "half a part": (PART.format("a")[:40], FORM),
    "a name that leads out": (PART.format("../../a\0") + "--b--\r\n", FORM),
    "another alphabet": ("name=%ff%fe&text=%00", "application/x-www-form-urlencoded; charset=utf-16"),
    "no alphabet": ("name=x", "application/x-www-form-urlencoded; charset=nonsense"),
    "an object": ('{"name": {"name": []}}', "application/json"),
    "a large one": ("text=" + "a" * 3_000_000, "application/x-www-form-urlencoded"),
}


@pytest.mark.parametrize(("body", "kind"), BODIES.values(), ids=BODIES)
def test_no_body_breaks_a_view_of_readers(world, body, kind):
    client, broken = world.client("member", raise_request_exception=False), []
    for view in views():
        if view.route.startswith("smo/"):
            path = world.path(view)
            answer = client.generic("POST", path, body.encode(), kind, headers={"sec-fetch-site": "same-origin"})
            if answer.status_code >= 500:
                broken.append(f"{view.route}: {answer.status_code}")
    assert broken == []
