"""What the picture of a page without a picture costs: made once, then served."""

from __future__ import annotations

import tempfile
import time
from statistics import median
from typing import Any, Final
from urllib.parse import urlsplit

from benchmarks import Row
from benchmarks.site.process import start

IMAGES: Final = 30
TITLE: Final = "Why the picture is what readers remember of a page, part"
BAR_KB: Final = 300


def run() -> list[Row]:
    """Ask for the images of some titles, and for each of them once more."""
    start()
    from django.test import Client, override_settings

    with tempfile.TemporaryDirectory() as folder, override_settings(MEDIA_ROOT=folder):
        paths = [_path(f"{TITLE} {number}") for number in range(IMAGES)]
        client = Client(headers={"Host": "bench.example"})
        client.get(paths[0])  # fonts are opened once
        cold, weights = zip(*(_ask(client, path) for path in paths[1:]), strict=True)
        warm, _ = zip(*(_ask(client, path) for path in paths[1:]), strict=True)
    heaviest = max(weights) / 1000
    return [
        Row(name="card image: made", value=median(cold), unit="ms", note=f"median of {len(cold)}, with the request"),
        Row(name="card image: served again", value=median(warm), unit="ms"),
        Row(
            name="card image: the heaviest",
            value=heaviest,
            unit="kB",
            bar=f"< {BAR_KB} kB",
            holds=heaviest < BAR_KB,
        ),
    ]


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
