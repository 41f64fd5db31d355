"""How addresses are written, and what stands for them."""

from __future__ import annotations

from typing import Any

import pytest

from smo_kit.core.emails import BadAddress, normalised
from smo_kit.mail.addresses import mark
from smo_kit.mail.services import is_suppressed, lift, suppress


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (" Ann.Lee+news@Example.ORG ", "Ann.Lee+news@example.org"),
        ("ann@пример.рф", "ann@xn--e1afmkfd.xn--p1ai"),
        ("ann@XN--E1AFMKFD.xn--p1ai", "ann@xn--e1afmkfd.xn--p1ai"),
        ("o'hara@example.org", "o'hara@example.org"),
    ],
)
def test_an_address_is_written_in_one_way(written: str, expected: str) -> None:
    assert normalised(written) == expected


@pytest.mark.parametrize(
    "written",
    [
        "",
        "ann",
        "ann@",
        "ann@[127.0.0.1]",
        "ann@[IPv6:::1]",
        "@example.org",
        "Ann <ann@example.org>",
        '"a b"@example.org',
        "ann@example.org\r\nBcc: bob@example.org",
        "ann@example.org\n",
        "ann@example.org\x00",
        "ann@exam ple.org",
        "ann@example..org",
        "ann@example.org, bob@example.org",
        "анна@example.org",
        "ann@" + "a" * 64 + ".org",
        "a" * 64 + "@" + ".".join(["b" * 60] * 4) + ".org",
        "ann@\ud800.org",
    ],
)
def test_what_is_no_address_is_refused_with_a_sentence(written: str) -> None:
    with pytest.raises(BadAddress, match=r"\.$"):
        normalised(written)


@pytest.mark.django_db
def test_a_mark_tells_no_address_and_knows_no_capitals() -> None:
    assert mark("Ann@Example.org") == mark("ann@example.org")
    assert mark("ann@example.org") != mark("ann+1@example.org")
    assert len(mark("ann@example.org")) == 32


@pytest.mark.django_db
def test_an_address_is_suppressed_for_a_kind_or_for_all_that_heed_it() -> None:
    suppress("ann@example.org", "news")
    suppress("bob@example.org")

    assert is_suppressed("Ann@example.org", "news")
    assert not is_suppressed("ann@example.org", "confirm")
    assert is_suppressed("bob@example.org", "news")
    assert is_suppressed("bob@example.org", "confirm")
    assert not is_suppressed("bob@example.org", "duty")


@pytest.mark.django_db
def test_suppressing_twice_does_no_harm_and_can_be_lifted() -> None:
    suppress("ann@example.org", "news")
    suppress("ann@example.org", "news")

    assert lift("ANN@example.org", "news")
    assert not lift("ann@example.org", "news")
    assert not is_suppressed("ann@example.org", "news")


@pytest.mark.django_db
def test_who_wants_no_mail_gets_none_when_the_secret_key_has_changed(settings: Any) -> None:
    suppress("ann@example.org", "news")

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [settings.SECRET_KEY]
    assert is_suppressed("ann@example.org", "news")
    settings.SMO_KIT = {"MAIL": {"suppression_key": "own"}}
    assert is_suppressed("ann@example.org", "news")
