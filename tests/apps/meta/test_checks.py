"""What ``manage.py check`` says of meta."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.core.checks import run_checks

from smo_kit.meta import checks
from smo_kit.meta.colours import contrast, rgb


def found() -> dict[str, str]:
    return {str(one.id): f"{one.msg} {one.hint}" for one in run_checks(tags=["smo_kit"])}


def test_a_right_site_hears_nothing():
    assert found() == {}


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("card_text", "white", "must be a colour like '#1a2b3c', not 'white'"),
        ("card_accent", "#12345", "must be a colour"),
        ("card_background", "#16213a;}", "must be a colour"),
        ("feeds", ["feed"], "must start with an address like '/feed/', not 'feed'"),
        ("feeds", ["javascript:alert(1) News"], "must start with an address"),
        ("icons", ['"><script>'], "must be an address or the path of a static file"),
        ("logo", "javascript:alert(1)", "must be an address or the path of a static file"),
        ("article_type", "Essay", "must be one of 'Article', 'BlogPosting', 'NewsArticle', not 'Essay'"),
        ("fonts", "a.ttf", "must be a list"),
    ],
)
def test_a_wrong_value_is_named_with_what_is_right(settings, name, value, says):
    settings.SMO_KIT = {"META": {name: value}}
    assert f"SMO_KIT['META']['{name}'] {says}" in found()["smo_kit.E002"]


def test_colours_that_can_not_be_read_are_named(settings):
    settings.SMO_KIT = {"META": {"card_text": "#777", "card_background": "#888"}}
    assert "4.5:1" in found()["smo_kit.W103"]


def test_contrast_is_that_of_wcag():
    assert round(contrast(rgb("#fff"), rgb("#000")), 1) == 21.0
    assert round(contrast(rgb("#777777"), rgb("#ffffff")), 2) == 4.48


def test_a_machine_without_cyrillic_hears_what_to_install(latin_only):
    assert "pip install 'smo-kit[cards]'" in found()["smo_kit.W101"]


def test_no_media_root_is_named(settings):
    settings.MEDIA_ROOT = ""
    assert "MEDIA_ROOT" in found()["smo_kit.W102"]
    memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = {**settings.STORAGES, "smo_cards": memory}
    assert "smo_kit.W102" not in found()
    settings.STORAGES = {**settings.STORAGES, "default": memory}
    assert "smo_kit.W102" not in found()


def test_right_to_left_without_its_library_is_named(settings, monkeypatch):
    monkeypatch.setattr(checks, "features", SimpleNamespace(check=lambda name: False))
    assert "smo_kit.W104" not in found()
    settings.LANGUAGES = [("tlh", "Klingon"), ("en", "English"), ("he", "Hebrew")]
    assert "libfribidi0" in found()["smo_kit.W104"]


def test_a_language_of_the_site_without_a_font_is_named_with_its_cure(settings, latin_only):
    settings.LANGUAGES = [("en", "English"), ("ka", "Georgian"), ("zh-hans", "Chinese")]
    said = [f"{one.msg} {one.hint}" for one in run_checks(tags=["smo_kit"]) if one.id == "smo_kit.W105"]
    assert said == [
        "No font for card images has Georgian letters. Install the system's package fonts-noto-core.",
        "No font for card images has Han letters. Install the system's package fonts-noto-cjk.",
    ]


def test_a_template_that_nobody_has_made_is_named(settings):
    settings.SMO_KIT = {"META": {"card_template": "ticket"}}
    assert "@design('ticket'" in found()["smo_kit.W106"]
