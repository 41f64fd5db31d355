"""The previews as HTML: a template for each layout, the colours from each network's own record."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_bidi

from smo_kit.core.inside import is_inside
from smo_kit.meta.preview.photos import Photo
from smo_kit.meta.preview.resolving import Preview
from smo_kit.meta.preview.services import Report
from smo_kit.networks.previews import Colours
from smo_kit.networks.registry import mark, networks_that_can

STYLE: Final = Path(__file__).parents[1] / "static" / "smo_kit" / "meta" / "preview.css"


STYLE_TAG: Final = "style"
"""In a file of one's own no policy forbids it."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A preview with what its template needs besides."""

    preview: Preview
    template: str
    shapes: SafeString
    src: str
    """Where a browser gets the picture; "" when nothing may be fetched, or nothing is there."""


def gallery(report: Report, home: str = "") -> SafeString:
    """Return the previews beside each other; pictures of the site that answers at ``home`` are named by their path."""
    return render_to_string("smo_kit/meta/preview/gallery.html", {"drawn": _drawn(report, home)})


def document(report: Report) -> str:
    """Return a page of its own that holds all it needs but the pictures: a file to open or to send."""
    style = f"{STYLE.read_text(encoding='utf-8')}\n{colours()}"
    title = render_to_string("smo_kit/meta/preview/heading.html", {"report": report}).strip()
    direction = "rtl" if get_language_bidi() else "ltr"
    return "".join(
        (
            f'<!doctype html>\n<html lang="{get_language() or "en"}" dir="{direction}"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{title}</title><{STYLE_TAG}>{style}</{STYLE_TAG}></head>",
            f'<body class="smo-document"><main class="smo-previews"><h1>{title}</h1>',
            render_to_string("smo_kit/meta/preview/schemes.html"),
            f"{gallery(report)}</main></body></html>",
        )
    )


@cache
def colours() -> str:
    """Return the style sheet with each network's colours, light and dark."""
    rules = []
    for network in networks_that_can("preview"):
        if network.preview:
            pairs = [
                f"--smo-{one.name}:light-dark({getattr(network.preview.light, one.name)},"
                f"{getattr(network.preview.dark, one.name)})"
                for one in fields(Colours)
            ]
            rules.append(f'[data-smo-in="{network.id}"]{{{";".join(pairs)}}}')
    return "\n".join(rules) + "\n"


def _drawn(report: Report, home: str) -> list[Drawn]:
    return [
        Drawn(
            preview,
            f"smo_kit/meta/preview/looks/{'bare' if preview.is_bare else preview.rules.layout}.html",
            mark_safe(mark(preview.network)),
            _source(preview.photo, home),
        )
        for preview in report.previews
    ]


def _source(photo: Photo | None, home: str) -> str:
    if photo is None or photo.state != "seen":
        return ""
    if home and is_inside(photo.url, home):
        return urlsplit(photo.url)._replace(scheme="", netloc="").geturl()
    return photo.url
