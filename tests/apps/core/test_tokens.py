"""Words of links that nobody can make but the site."""

from __future__ import annotations

import re
from typing import Any
from unittest import mock

import pytest
from django.utils.translation import gettext_lazy

from smo_kit.core.tokens import Expired, Forged, read, sign


@pytest.mark.parametrize("parts", [(), ("",), ("", ""), ("a",), ("7", "ünï ✓", "a.b:c")])
def test_a_token_gives_back_what_was_put_in(parts: tuple[str, ...]) -> None:
    assert read("test", sign("test", *parts)) == parts


def test_a_token_needs_no_escaping_in_an_address() -> None:
    assert re.fullmatch(r"[\w.-]+", sign("test", "ünï ✓/?&=#"), re.ASCII)


@pytest.mark.parametrize(
    "spoil", [lambda t: t[:-1], lambda t: t + "a", lambda t: "a" + t, lambda t: "", lambda t: "ü.ü.ü"]
)
def test_a_changed_token_is_forged(spoil: Any) -> None:
    with pytest.raises(Forged, match="not whole"):
        read("test", spoil(sign("test", "a")))


def test_a_token_serves_one_purpose() -> None:
    with pytest.raises(Forged):
        read("other", sign("test", "a"))


def test_a_token_runs_out() -> None:
    with mock.patch("time.time", return_value=1_000_000):
        token = sign("test", "a")
    with mock.patch("time.time", return_value=1_000_061):
        with pytest.raises(Expired, match="run out"):
            read("test", token, 60)
        assert read("test", token) == ("a",)
        assert read("test", token, 61) == ("a",)


def test_a_token_of_an_older_key_is_believed_while_the_site_says_so(settings: Any) -> None:
    token, old = sign("test", "a"), settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new", [old]
    assert read("test", token) == ("a",)

    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(Forged):
        read("test", token)


@pytest.mark.parametrize(("part", "error"), [(7, TypeError), (gettext_lazy("a"), TypeError), ("a\0b", ValueError)])
def test_what_is_no_text_is_refused(part: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        sign("test", part)
