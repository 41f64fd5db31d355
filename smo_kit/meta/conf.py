"""Settings of what a page says of itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from smo_kit.core.addresses import is_web_address
from smo_kit.core.settings import AppSettings, editable, fixed
from smo_kit.meta.designs import DEFAULT, design_choices

_COLOUR: Final = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_STATIC_PATH: Final = re.compile(r"[\w@.~/-]+", re.ASCII)


def _is_colour(value: str) -> str:
    right = _COLOUR.fullmatch(value)
    return "" if right else gettext("must be a colour like '#1a2b3c', not %(value)r") % {"value": value}


def _is_file(value: str) -> str:
    right = not value or is_web_address(value) or _STATIC_PATH.fullmatch(value)
    return "" if right else gettext("must be an address or the path of a static file, not %(value)r") % {"value": value}


def _are_files(values: tuple[str, ...]) -> str:
    return next(filter(None, map(_is_file, values)), "")


def _are_feeds(values: tuple[str, ...]) -> str:
    wrong = [one for one in values if not is_web_address(one.partition(" ")[0])]
    return gettext("must start with an address like '/feed/', not %(value)r") % {"value": wrong[0]} if wrong else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MetaConf:
    """``SMO_KIT["META"]``."""

    title_separator: str = editable(
        "—",
        label=_("Between title and site"),
        help=_("Stands in the title of the browser's window between the page's title and the site's name."),
    )
    """What stands in ``<title>`` between the page's title and the site's name."""
    default_description: str = editable(
        "",
        label=_("Description of pages that have none"),
        help=_("One or two sentences on the site."),
        multiline=True,
    )
    """Description of a page that has no own."""
    article_type: Literal["Article", "BlogPosting", "NewsArticle"] = editable(
        "Article", label=_("Kind of articles"), help=_("What search engines are told that an article is.")
    )
    """schema.org's type of pages whose card is an article."""
    organization: str = editable(
        "", label=_("Publisher"), help=_("Name of the organisation behind the site. Empty: the name of the site.")
    )
    """Name of the organisation behind the site; empty: the site's name."""
    logo: str = editable(
        "",
        label=_("Logo"),
        help=_("Address of the publisher's logo, or the path of a static file: images/logo.png."),
        check=_is_file,
    )
    """Address of the organisation's logo, or the path of a static file."""
    feeds: tuple[str, ...] = editable(
        (),
        label=_("Feeds"),
        help=_("One a line: its address, a space, its name. {language} becomes the page's language: /{language}/feed/"),
        check=_are_feeds,
    )
    """RSS, Atom and JSON feeds: ``"/{language}/feed/ News"``."""
    icons: tuple[str, ...] = editable(
        (),
        label=_("Icons of the site"),
        help=_("One a line: an address or the path of a static file: icons/favicon.svg, icons/apple-touch-icon.png."),
        check=_are_files,
    )
    """Addresses or static paths of the site's icons; a size in the name (``icon-192x192.png``) is told to browsers."""
    card_template: str = editable(
        DEFAULT,
        label=_("Card image: template"),
        help=_("How the picture is drawn for pages without one; an editor may choose another for a page."),
        choices=design_choices,
    )
    """Template of the card image: ``plain``, ``photo``, ``beside``, ``letter``, ``quote``, or one of the site's own."""
    card_over_picture: bool = editable(
        False,
        label=_("Card image: on pages with a picture too"),
        help=_("Draws the title over a page's own picture. Else that is shown as it is, or cut to what networks take."),
    )
    """Whether pages that have a picture get a card image drawn with it."""
    card_logo: str = editable(
        "",
        label=_("Card image: logo"),
        help=_("Path of a static file, or an address in the media folder: PNG, WebP or JPEG; SVG can't be drawn."),
        check=_is_file,
    )
    """Logo on the card image: the path of a static file or an address under MEDIA_URL."""
    card_background: str = editable(
        "#16213a",
        label=_("Card image: background"),
        help=_("Colour of the picture that is drawn for pages without one, as #rrggbb."),
        check=_is_colour,
    )
    """Background of the card image."""
    card_text: str = editable(
        "#ffffff", label=_("Card image: text"), help=_("Colour of the title, as #rrggbb."), check=_is_colour
    )
    """Colour of the title on the card image."""
    card_accent: str = editable(
        "#ffb703", label=_("Card image: accent"), help=_("Colour of the bar, as #rrggbb."), check=_is_colour
    )
    """Colour of the bar on the card image."""
    fonts: tuple[str, ...] = fixed(())
    """Font files for card images, tried in this order before those of ``smo-kit[cards]`` and of the system."""


meta_settings = AppSettings("META", MetaConf, _("Head and card image"))
