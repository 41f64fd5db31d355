"""Covers come in the widths that screens ask for, whatever was uploaded."""

from __future__ import annotations

from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from PIL import Image

from demo_site.articles import pictures


def picture(width: int, height: int, mode: str = "RGB", kind: str = "PNG") -> ContentFile:
    out = BytesIO()
    Image.new(mode, (width, height)).save(out, kind)
    return ContentFile(out.getvalue(), name=f"tree.{kind.lower()}")


def widths(article) -> list[int]:
    names = [one.split()[0].removeprefix("/media/") for one in pictures.srcset(article).split(", ") if one]
    return [width_of(article.cover.storage.path(name)) for name in names]


def width_of(path: str) -> int:
    with Image.open(path) as opened:
        return opened.width


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "L", "I;16"])
def test_a_large_cover_gets_every_width(make_article, mode):
    assert widths(make_article("one", cover=picture(1600, 1000, mode))) == [400, 800, 1200]


def test_a_cover_is_never_made_larger(make_article):
    assert widths(make_article("one", cover=picture(900, 500))) == [400, 800]
    assert pictures.srcset(make_article("two", cover=picture(40, 40))) == ""


def test_a_cover_that_can_not_be_read_is_shown_as_it_is(client, make_article, caplog):
    whole = picture(1600, 1000, kind="JPEG").read()
    article = make_article("one", "en", cover=ContentFile(whole[: len(whole) // 2], name="half.jpg"))
    assert "Upload another picture" in caplog.text
    page = BeautifulSoup(client.get("/en/articles/one-en/").content, "html.parser")
    shown = page.find("img", class_="cover")
    assert (shown["src"], shown.get("srcset")) == (article.cover.url, None)


@pytest.mark.usefixtures("pages")
def test_a_cover_keeps_its_place_while_it_loads(client, make_article):
    make_article("one", "en", cover=picture(1600, 1000))
    make_article("two", "en", cover=picture(1600, 1000))
    first, second = BeautifulSoup(client.get("/en/").content, "html.parser").find_all("img", class_="cover")
    assert (first["width"], first["height"], first["fetchpriority"]) == ("1600", "1000", "high")
    assert second["loading"] == "lazy"
    assert first["sizes"]


def test_an_article_without_a_cover_has_no_picture(client, make_article):
    make_article("one", "en")
    assert BeautifulSoup(client.get("/en/articles/one-en/").content, "html.parser").find("img") is None
