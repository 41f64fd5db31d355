"""How a CMS page begins: its first words and its first picture, read from its plugins without showing them."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any, Final

from cms.models import CMSPlugin, PageContent, Placeholder
from cms.utils.plugins import downcast_plugins
from django.db.models.fields.files import FieldFile

from smo_kit.contrib.cms.models import BlockPlugin
from smo_kit.core.cards import SUMMARY_LENGTH, ImageSource
from smo_kit.core.text import cut, one_line, plain

TEXTS: Final = ("body",)
PICTURES: Final = ("picture", "image", "external_picture")


class _Pictures(HTMLParser):
    """Gathers the addresses of pictures in a text."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        src = dict(attrs).get("src") if tag == "img" else None
        if src and not src.startswith("data:"):
            self.found.append(src)


def first_words(content: PageContent) -> str:
    """Return how the text of a page begins; "" if it has none."""
    words = (one_line(plain(text)) for text in _texts(content))
    return cut(" ".join(filter(None, words)), SUMMARY_LENGTH)


def first_picture(content: PageContent) -> ImageSource:
    """Return the first picture of a page, or None."""
    for plugin in plugins_of(content):
        for name in PICTURES:
            if picture := _picture(getattr(plugin, name, None)):
                return picture
        for name in TEXTS:
            parser = _Pictures()
            parser.feed(_text(plugin, name))
            if parser.found:
                return parser.found[0]
    return None


def plugins_of(content: PageContent) -> list[Any]:
    """Return the plugins of a content as what they are, in their order; asked for once."""
    found: list[Any] | None = content.__dict__.get("_smo_plugins")
    if found is None:
        slots = list(Placeholder.objects.get_for_obj(content))
        rows = CMSPlugin.objects.filter(placeholder__in=slots, language=content.language)
        found = _open(list(downcast_plugins(rows.order_by("placeholder", "position"), slots)))
        content.__dict__["_smo_plugins"] = found
    return found


def _open(plugins: list[Any]) -> list[Any]:
    """Return plugins without those inside of our blocks: a block may hide what it holds."""
    closed: set[int] = set()
    left: list[Any] = []
    for plugin in plugins:
        if isinstance(plugin, BlockPlugin) or plugin.parent_id in closed:
            closed.add(plugin.pk)
        else:
            left.append(plugin)
    return left


def _texts(content: PageContent) -> Iterator[str]:
    for plugin in plugins_of(content):
        yield from (_text(plugin, name) for name in TEXTS)


def _text(plugin: Any, name: str) -> str:
    value = getattr(plugin, name, "")
    return value if isinstance(value, str) else ""


def _picture(value: Any) -> ImageSource:
    """Return what a field of a plugin holds as a picture: a file, a file of filer, an address, or None."""
    value = getattr(value, "file", value) if not isinstance(value, FieldFile) else value
    if isinstance(value, FieldFile):
        return value or None
    return value if isinstance(value, str) and value else None
