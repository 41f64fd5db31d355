"""Three independent readers of link previews understand every page of the demo, and agree."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import warnings

import pytest
from PIL import Image

from tests.browser.demo import Answer, Demo
from tests.browser.kinds import page_of
from tests.checkers.node import node

FIELDS = ("title", "description", "image", "url")
WEIGHT = 300_000
"""Bytes that every network takes as a picture (WhatsApp's safe limit)."""


def said_by_page(page: Answer) -> dict[str, str]:
    return {
        "title": page.meta("og:title"),
        "description": page.meta("og:description"),
        "image": page.meta("og:image"),
        "url": page.meta("og:url"),
        "date": page.meta("article:published_time"),
        "author": page.meta("author"),
    }


def by_extruct(page: Answer) -> dict[str, str]:
    """Its Open Graph; author and date from JSON-LD, so that both ways are read."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its parsers' own
        import extruct

        found = extruct.extract(page.text, base_url=page.url, syntaxes=["opengraph", "json-ld"], uniform=True)
    graph = found["opengraph"][0]
    said = {field: _first(graph.get(f"og:{field}", "")) for field in FIELDS}
    article = next((one for one in _nodes(found["json-ld"]) if "headline" in one), {})
    author = article.get("author", {})
    author = author[0] if isinstance(author, list) else author
    return said | {"author": author.get("name", ""), "date": article.get("datePublished", "")}


def _first(value):
    return value[0] if isinstance(value, list) else value


def _nodes(found: list[dict]) -> list[dict]:
    return [node for one in found for node in (one.get("@graph") or [one])]


def letters(text: str | None) -> str:
    """Readers set their own quotes and dashes; what is compared are the letters."""
    return re.sub(r"[\W_]+", "", text or "")


def moment(text: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if text else None


@pytest.fixture(scope="module", params=["demo", "odd_demo"])
def site(request) -> Demo:
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="module")
def pages(site) -> list[Answer]:
    found = [site.page(url) for url in site.sitemap]
    assert found
    return found


@pytest.fixture(scope="module")
def readers(pages) -> list[dict[str, dict[str, str]]]:
    """What each reader makes of each page."""
    found = node("readers.mjs", [{"url": page.url, "html": page.text} for page in pages])
    return [one | {"extruct": by_extruct(page)} for one, page in zip(found, pages, strict=True)]


def test_all_readers_say_of_every_page_what_it_says_of_itself(pages, readers):
    wrong = []
    for page, found in zip(pages, readers, strict=True):
        said = said_by_page(page)
        assert all(said[field] for field in FIELDS), f"{page.url}: {said}"
        for reader, read in found.items():
            for field in ("title", "description"):
                if letters(read.get(field)) != letters(said[field]):
                    wrong.append((page.url, reader, field, read.get(field), said[field]))
            for field in ("image", "url"):
                if read.get(field) != said[field]:
                    wrong.append((page.url, reader, field, read.get(field), said[field]))
    assert wrong == []


def test_all_readers_know_author_and_date_of_every_article(pages, readers):
    wrong = []
    for page, found in zip(pages, readers, strict=True):
        if page.meta("og:type") != "article":
            continue
        said = said_by_page(page)
        assert moment(said["date"]), page.url
        for reader, read in found.items():
            right_author = letters(read.get("author")) == letters(said["author"]) or not said["author"]
            if not right_author or moment(read.get("date")) != moment(said["date"]):
                wrong.append((page.url, reader, read.get("author"), read.get("date"), said))
    assert wrong == []


def test_every_article_of_the_magazine_names_its_author(demo):
    articles = demo.articles("en") + demo.articles("ru")
    assert [url for url in articles if not demo.page(url).meta("author")] == []


def test_a_page_is_at_the_address_that_it_names(pages):
    for page in pages:
        assert page.meta("og:url") == page.url
        assert page.soup.find("link", rel="canonical")["href"] == page.url


def test_no_field_is_said_twice_and_the_x_card_is_large(pages):
    for page in pages:
        names = [tag.get("property") or tag.get("name") for tag in page.soup.head.find_all("meta")]
        once = [name for name in names if name in {"og:title", "og:description", "og:url", "og:type", "description"}]
        assert len(once) == 5, page.url
        assert page.meta("twitter:card") == "summary_large_image"
        assert len(page.soup.head.find_all("title")) == 1


def test_every_picture_is_what_the_page_says_and_light_enough(site, pages):
    for page in pages:
        address = page.meta("og:image")
        assert address.startswith(site.url)
        answer = site.page(address)
        assert answer.status == 200, address
        picture = Image.open(io.BytesIO(answer.body))
        assert answer.headers["content-type"] == page.meta("og:image:type") == picture.get_format_mimetype()
        assert picture.size == (int(page.meta("og:image:width")), int(page.meta("og:image:height")))
        assert picture.width >= 1200
        assert len(answer.body) < WEIGHT, address
        assert page.meta("og:image:alt"), page.url


def test_every_page_says_its_language_and_the_others(pages):
    for page in pages:
        language = page.soup.html["lang"]
        links = {one["hreflang"] for one in page.soup.find_all("link", rel="alternate", hreflang=True)}
        others = [tag["content"] for tag in page.soup.find_all("meta", property="og:locale:alternate")]
        assert re.fullmatch(rf"{language}_[A-Z]{{2}}", page.meta("og:locale"))
        assert {one.partition("_")[0] for one in others} == links - {"x-default", language}, page.url


def test_json_ld_of_every_page_is_whole(pages):
    for page in pages:
        blocks = [json.loads(script.string) for script in page.soup.find_all("script", type="application/ld+json")]
        nodes = _nodes(blocks)
        kinds = {node["@type"] for node in nodes}
        assert {"Organization", "WebSite"} & kinds, page.url
        if page.meta("og:type") == "article":
            article = next(one for one in nodes if one["@type"] in {"Article", "BlogPosting", "NewsArticle"})
            assert letters(article["headline"])
            assert moment(article["datePublished"])
            assert "BreadcrumbList" in kinds


@pytest.mark.parametrize("kind", ["home", "article"])
def test_previews_say_what_the_readers_read(demo, kind):
    """Ours and two from npm: each network's title and description is theirs, as far as it is not cut."""
    path = page_of(demo, kind, "en")
    page = demo.page(demo.url + path)
    (found,) = node("readers.mjs", [{"url": page.url, "html": page.text}])
    said = json.loads(demo.manage("smo_preview", path, "--json"))
    assert len(said["networks"]) == 10
    for network in said["networks"]:
        for field in ("title", "description"):
            shown = letters(network[field]["shown"])
            for reader, read in found.items():
                assert letters(read.get(field)).startswith(shown), (network["network"], reader, field)
        assert network["picture"]["state"] == "seen"
        pictures = {read["image"].rpartition("/")[2] for read in found.values()}
        assert pictures == {network["picture"]["url"].rpartition("/")[2]}
