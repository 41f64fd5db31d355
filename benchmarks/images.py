"""What the picture of a page costs: made from scratch, on a photo, and served again; beside a headless browser."""

from __future__ import annotations

import base64
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import Any, Final
from urllib.parse import urlsplit

import pytest
from PIL import Image, ImageFilter
from playwright.sync_api import sync_playwright

from benchmarks import Row
from benchmarks.site.process import start
from tests.require import CHROMIUM_FLAGS, require

IMAGES: Final = 30
BROWSERS: Final = 3
TITLE: Final = "Why the picture is what readers remember of a page, part"
BAR_KB: Final = 300
PLAIN_A_SECOND: Final = 60
PHOTO_A_SECOND: Final = 15
BROWSER_TIMES: Final = 50
PHOTO: Final = (2400, 1600)
VIEWPORT: Final = {"width": 1200, "height": 630}
PAGE: Final = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; width: 1200px; height: 630px; display: flex; align-items: end; color: #fff; background: #16213a
  linear-gradient(transparent, #16213a), url("{photo}") center / cover; font: 700 76px/1.14 "Noto Sans", sans-serif }}
h1 {{ margin: 72px; font-size: inherit }}</style><h1>{title}</h1>"""


def run() -> list[Row]:
    """Draw cards without a photo, on a new photo each, on one that is prepared; ask again; let a browser do it."""
    start()
    from django.test import Client, override_settings

    with tempfile.TemporaryDirectory() as folder, override_settings(MEDIA_ROOT=folder):
        client = Client(headers={"Host": "bench.example"})
        paths = [_path(f"{TITLE} {number}") for number in range(IMAGES)]
        client.get(paths[0])  # fonts are opened once
        cold, weights = zip(*(_ask(client, path) for path in paths[1:]), strict=True)
        with _counted() as drawn:
            warm, _ = zip(*(_ask(client, path) for path in paths[1:]), strict=True)
        rows = _drawn(Path(folder))
    heaviest = max(weights) / 1000
    return [
        *rows,
        Row(name="card image: made", value=median(cold), unit="ms", note=f"median of {len(cold)}, with the request"),
        Row(
            name="card image: served again",
            value=median(warm),
            unit="ms",
            bar="none is made",
            holds=not drawn,
            note=f"{len(drawn)} made",
        ),
        Row(name="card image: the heaviest", value=heaviest, unit="kB", bar=f"< {BAR_KB} kB", holds=heaviest < BAR_KB),
    ]


def _drawn(folder: Path) -> list[Row]:
    from smo_kit.meta.drawing import draw
    from smo_kit.meta.prepared import forget_prepared
    from smo_kit.meta.recipes import Recipe

    photo = _photo()
    (folder / "photo.jpg").write_bytes(photo)

    def recipe(number: int, template: str, state: str = "") -> Recipe:
        colours = {"background": "#16213a", "text": "#ffffff", "accent": "#ffb703"}
        shown = {"photo": "photo.jpg", "photo_state": state} if state else {}
        return Recipe(title=f"{TITLE} {number}", site="Tea house", template=template, **colours, **shown)

    def prepared(number: int) -> None:
        forget_prepared()  # as in another process: it is read from the storage
        draw(recipe(number, "photo", "one"))

    plain = _milliseconds(lambda number: draw(recipe(number, "plain")))
    on_prepared = _milliseconds(prepared)
    on_new = _milliseconds(lambda number: draw(recipe(number, "photo", f"photo {number}")))
    return [
        _speed("without a photo", plain, PLAIN_A_SECOND),
        _speed("on a prepared photo", on_prepared, PLAIN_A_SECOND),
        _speed("on a new photo of 2400×1600", on_new, PHOTO_A_SECOND),
        *_beside_a_browser(plain, on_new, photo),
    ]


def _speed(what: str, milliseconds: float, promised: int) -> Row:
    a_second = 1000 / milliseconds
    return Row(
        name=f"card image: {what}",
        value=a_second,
        unit="/s",
        bar=f"≥ {promised}/s",
        holds=a_second >= promised,
        note=f"{milliseconds:.1f} ms, one process",
    )


def _beside_a_browser(plain: float, on_photo: float, photo: bytes) -> list[Row]:
    """Let Chromium show the same cards: started for each, and in a page that is open already."""
    name = "card image: beside a headless browser"
    try:
        program = require("chromium")
    except pytest.skip.Exception as reason:
        return [Row(name=name, value=None, note=f"skipped: {reason}")]
    source = "data:image/jpeg;base64," + base64.b64encode(photo).decode()

    def shot(page: Any, number: int, picture: str) -> None:
        page.set_content(PAGE.format(photo=picture, title=f"{TITLE} {number}"))
        page.screenshot(type="jpeg", quality=88)

    with sync_playwright() as playwright:

        def cold(number: int, picture: str) -> None:
            browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_FLAGS)
            shot(browser.new_page(viewport=VIEWPORT), number, picture)
            browser.close()

        started = _milliseconds(lambda number: cold(number, ""), BROWSERS)
        started_on_photo = _milliseconds(lambda number: cold(number, source), BROWSERS)
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_FLAGS)
        page = browser.new_page(viewport=VIEWPORT)
        warm = _milliseconds(lambda number: shot(page, number, ""))
        warm_on_photo = _milliseconds(lambda number: shot(page, number, source))
        browser.close()
    return [
        _against(f"{name} started for it", plain, started, BROWSER_TIMES),
        _against(f"{name} started for it, new photo", on_photo, started_on_photo),
        _against(f"{name} with an open page", plain, warm),
        _against(f"{name} with an open page, new photo", on_photo, warm_on_photo),
    ]


def _against(name: str, ours: float, peer: float, promised: int = 0) -> Row:
    ratio = peer / ours
    return Row(
        name=name,
        value=ours,
        unit="ms",
        peer=peer,
        ratio=ratio,
        bar=f"≥ {promised} × faster" if promised else "",
        holds=ratio >= promised if promised else None,
    )


def _milliseconds(do: Callable[[int], object], times: int = IMAGES) -> float:
    """Return the median of so many runs; the first one, in which files are opened, does not count."""
    do(0)
    spent = []
    for number in range(1, times + 1):
        before = time.perf_counter()
        do(number)
        spent.append((time.perf_counter() - before) * 1000)
    return median(spent)


@contextmanager
def _counted() -> Iterator[list[str]]:
    """Note what is drawn."""
    from smo_kit.meta import images

    drawn: list[str] = []
    draw = images.draw

    def noting(recipe: Any, shape: str) -> Any:
        drawn.append(recipe.title)
        return draw(recipe, shape)

    images.draw = noting
    try:
        yield drawn
    finally:
        images.draw = draw


def _photo() -> bytes:
    """Return a JPEG that weighs what a camera's does: shapes, and grain on them."""
    shapes = Image.effect_noise((24, 16), 200).resize(PHOTO, Image.Resampling.BICUBIC).filter(ImageFilter.SHARPEN)
    grain = Image.effect_noise(PHOTO, 60)
    image = Image.merge("RGB", [Image.blend(shapes, grain, share) for share in (0.10, 0.14, 0.18)])
    out = BytesIO()
    image.save(out, "JPEG", quality=88)
    return out.getvalue()


def _path(title: str) -> str:
    from smo_kit.core.cards import Card, card_for

    card = card_for(Card(url="/x/", title=title))
    if card is None or not card.image_url:
        raise RuntimeError("A card without a picture got none.")
    return urlsplit(card.image_url).path


def _ask(client: Any, path: str) -> tuple[float, int]:
    before = time.perf_counter()
    response = client.get(path)
    spent = (time.perf_counter() - before) * 1000
    if response.status_code != 200:
        raise RuntimeError(f"{path}: {response.status_code}")
    return spent, len(b"".join(response) if response.streaming else response.content)
