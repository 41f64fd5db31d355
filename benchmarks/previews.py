"""How long the previews of a page in ten networks take, read as ten crawlers read it; ``smo_preview`` and the admin."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from statistics import median
from typing import Any, Final

from benchmarks import Row
from benchmarks.site.process import start

TURNS: Final = 30
WARM_UP: Final = 3
BAR_MS: Final = 200


def run() -> list[Row]:
    """Preview a page as ten crawlers read it, and a card as it is while somebody types."""
    start()
    from django.test import override_settings

    from benchmarks.site.pages import articles
    from smo_kit.core.cards import Card, card_for
    from smo_kit.meta.preview.gallery import gallery
    from smo_kit.meta.preview.services import preview_networks, previews_of_address, previews_of_card

    (article,) = articles(1)
    article.picture = ""  # so that the picture is a drawn one, which is there
    article.save()
    url = article.get_absolute_url()
    with tempfile.TemporaryDirectory() as folder, override_settings(MEDIA_ROOT=folder):
        card = card_for(Card(url=url, title=str(article), summary="A summary."))
        report = previews_of_address(url)
        if any(one.is_bare for one in report.previews):
            raise RuntimeError(f"{url} has no preview: {report.previews[0].faults}")
        read = _median(lambda: previews_of_address(url))
        typed = _median(lambda: gallery(previews_of_card(card)))
    many = len(preview_networks())
    return [
        Row(
            name=f"preview: {many} networks",
            value=read,
            unit="ms",
            bar=f"≤ {BAR_MS} ms",
            holds=many >= 10 and read <= BAR_MS,
            note=f"the page read by {many} crawlers, its picture looked at; median of {TURNS}",
        ),
        Row(
            name=f"preview: {many} networks, while typing", value=typed, unit="ms", note="from the card, with the HTML"
        ),
    ]


def _median(act: Callable[[], Any]) -> float:
    spent = []
    for turn in range(WARM_UP + TURNS):
        before = time.perf_counter()
        act()
        if turn >= WARM_UP:
            spent.append((time.perf_counter() - before) * 1000)
    return median(spent)
