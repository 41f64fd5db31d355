"""Faults of meta that ``manage.py check`` finds, each with its cure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.core.files.storage import storages
from django.utils.translation import get_language_info
from PIL import features

from smo_kit.core.registrations import site_languages
from smo_kit.meta.colours import READABLE, contrast, rgb
from smo_kit.meta.conf import meta_settings
from smo_kit.meta.designs import DEFAULT, design_choices, is_design
from smo_kit.meta.font_coverage import missing_for
from smo_kit.meta.fonts import has_font
from smo_kit.meta.image_storage import STORAGE, keeps_nothing

Messages = list[checks.CheckMessage]


@checks.register("smo_kit")
def fonts_know_the_letters(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> Messages:
    """W101: no font has Cyrillic; W105: or another script of the site; W104: Arabic and Hebrew can't be set."""
    found: Messages = []
    if not has_font("Яжёї"):
        text, hint = "No font for card images has Cyrillic letters.", "Run pip install 'smo-kit[cards]'."
        found.append(checks.Warning(text, hint=hint, id="smo_kit.W101"))
    for script in missing_for(site_languages()):
        if script.name != "Cyrillic":
            text, hint = f"No font for card images has {script.name} letters.", f"Install {script.cure}."
            found.append(checks.Warning(text, hint=hint, id="smo_kit.W105"))
    if not features.check("raqm") and any(_is_right_to_left(code) for code, _ in settings.LANGUAGES):
        text, hint = "Arabic and Hebrew titles come out wrong on card images.", "Install the system's libfribidi0."
        found.append(checks.Warning(text, hint=hint, id="smo_kit.W104"))
    return found


@checks.register("smo_kit")
def the_template_is_there(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> Messages:
    """W106: the template that the settings name for card images is gone."""
    name = meta_settings.in_code().card_template
    if is_design(name):
        return []
    text = f"SMO_KIT['META']['card_template'] names {name!r}, which nobody has made; {DEFAULT!r} stands in for it."
    known = ", ".join(repr(one) for one, _ in design_choices())
    hint = f"There are {known}. Make your own with @design({name!r}, label=…) in a smo.py."
    return [checks.Warning(text, hint=hint, id="smo_kit.W106")]


@checks.register("smo_kit")
def card_images_have_a_home(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> Messages:
    """W102: without MEDIA_ROOT card images are not kept."""
    if STORAGE in storages.backends or not keeps_nothing():
        return []
    text = "Card images are drawn at every request: MEDIA_ROOT is not set."
    hint = f"Set MEDIA_ROOT, or a storage {STORAGE!r} in STORAGES."
    return [checks.Warning(text, hint=hint, id="smo_kit.W102")]


@checks.register("smo_kit")
def card_images_can_be_read(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> Messages:
    """W103: the colours of card images are too near each other."""
    conf = meta_settings.in_code()
    ratio = contrast(rgb(conf.card_text), rgb(conf.card_background))
    if ratio >= READABLE:
        return []
    text = f"The title of card images has a contrast of {ratio:.1f}:1 to its background."
    hint = f"Change card_text or card_background in SMO_KIT['META'] to reach {READABLE}:1."
    return [checks.Warning(text, hint=hint, id="smo_kit.W103")]


def _is_right_to_left(code: str) -> bool:
    try:
        return bool(get_language_info(code)["bidi"])
    except KeyError:
        return False
