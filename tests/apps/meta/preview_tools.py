"""Pages and networks for the tests of previews."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpResponse

from smo_kit.meta.preview.photos import Photo
from smo_kit.meta.preview.reading import read_page
from smo_kit.meta.preview.resolving import Page, Preview, resolve
from smo_kit.networks.registry import network
from tests.apps.meta import preview_site

URL = "https://www.site.example/tea/"
PICTURE = "https://www.site.example/a.jpg"
GOOD = Photo(PICTURE, "seen", 1200, 630, "JPEG", 90_000)
FULL = (
    "<title>Tea — Tea house</title>"
    '<meta property="og:title" content="How tea is made"><meta property="og:description" content="Leaves and water.">'
    '<meta property="og:site_name" content="Tea house"><meta name="twitter:card" content="summary_large_image">'
    f'<meta property="og:image" content="{PICTURE}"><meta property="og:url" content="{URL}">'
)


class Album:
    """Pictures that a test has made up."""

    def __init__(self, photo: Photo = GOOD) -> None:
        self.one = photo

    def photo(self, url: str) -> Photo:
        return self.one


def shown(network_id: str, html: str = FULL, photo: Photo = GOOD, **page: Any) -> Preview:
    """Return how a network shows a page of this head."""
    found = network(network_id)
    assert found
    return resolve(found, Page(URL, read_page(html.encode()), **page), Album(photo))


def ids(preview: Preview) -> set[str]:
    return {one.id for one in preview.faults}


def metas(**said: str) -> str:
    return "".join(f'<meta property="{name.replace("_", ":", 1)}" content="{text}">' for name, text in said.items())


def put(path: str, body: str | bytes, **options: Any) -> None:
    """Let a path of the site answer so."""
    preview_site.answers[path] = lambda request: HttpResponse(body, **options)


@pytest.fixture
def any_site(settings: Any, db: None) -> Iterator[None]:
    settings.ROOT_URLCONF = "tests.apps.meta.preview_site"
    settings.SMO_KIT = {"CORE": {"base_url": "https://site.example", "site_name": "Tea house"}}
    preview_site.answers.clear()
    preview_site.asked.clear()
    yield
    preview_site.answers.clear()
