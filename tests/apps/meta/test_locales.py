"""Codes of languages for Open Graph and for HTML."""

from __future__ import annotations

import re

import pytest
from django.conf.global_settings import LANGUAGES

from smo_kit.meta.locales import language_tag, og_locale


@pytest.mark.parametrize(
    ("code", "locale", "tag"),
    [
        ("ru", "ru_RU", "ru"),
        ("en", "en_US", "en"),
        ("en-gb", "en_GB", "en-GB"),
        ("pt-br", "pt_BR", "pt-BR"),
        ("pt_BR", "pt_BR", "pt-BR"),
        ("zh-hans", "zh_CN", "zh-Hans"),
        ("zh-hant", "zh_TW", "zh-Hant"),
        ("zh-hant-hk", "zh_HK", "zh-Hant-HK"),
        ("sr-latn", "sr_RS", "sr-Latn"),
        ("es-419", "es_LA", "es-419"),
        ("de", "de_DE", "de"),
        ("uk", "uk_UA", "uk"),
        ("xyz", "", "xyz"),
        ("", "", ""),
        ('"><script>', "", ""),
    ],
)
def test_a_code_is_written_as_each_reader_wants_it(code, locale, tag):
    assert og_locale(code) == locale
    assert language_tag(code) == tag


def test_every_language_of_django_has_a_locale():
    assert [code for code, _ in LANGUAGES if not re.fullmatch(r"[a-z]{2,3}_[A-Z]{2}", og_locale(code))] == []
