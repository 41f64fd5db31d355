"""No regular expression of the suite can be kept busy: 5,000 hostile letters take no half second of the processor.

A pattern that needs the square of the length takes longer than that; a linear one a thousandth of it.
"""

from __future__ import annotations

import signal

import pytest

from demo_site.articles.imports import FIRST_SENTENCE
from smo_kit.networks.network import HOST_NAME
from smo_kit.spam.rules.words import any_phrase
from tests.security.pumps import patterns, pumped, told, written

LENGTH = 5000
SECONDS = 0.5
PATTERNS = patterns() | written() | told() | {"first sentence": FIRST_SENTENCE, "any phrase": any_phrase()}
FULL = {
    "smo_kit.mail.deliverability.spf._MODIFIER",
    "smo_kit.meta.meta_tags._USERNAME",
}
"""Asked for whole strings alone, by ``fullmatch``."""
MATCH = {"smo_kit.core.scan._ATTRIBUTE"}
"""Asked for from one place on alone, by ``match``."""
SHORT = {"smo_kit.best.order.diversity._BEGINNING": 300, "smo_kit.share.pictures._PIECES": 2000}
"""Of a title, with single spaces; of the HTML of an editor, who can do worse."""
WORDS = "smo_kit.spam.concepts.ENDINGS"
"""Searched for in the last letters of a word: see the test below."""


class TooLong(Exception):
    pass


@pytest.fixture
def within():
    """Break off what takes too much of the processor's time, however busy the machine is."""

    def stop(*_):
        raise TooLong

    def within(call, text: str) -> bool:
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        try:
            call(text)
        except TooLong:
            return False
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        return True

    before = signal.signal(signal.SIGPROF, stop)
    yield within
    signal.signal(signal.SIGPROF, before)


def asked(name: str, pattern):
    if name in FULL or name.endswith(".fullmatch"):
        return [pattern.fullmatch]
    return [pattern.match] if name in MATCH else [pattern.search, pattern.fullmatch]


@pytest.mark.parametrize("name", [name for name in PATTERNS if not name.startswith(WORDS)])
def test_no_pattern_can_be_kept_busy(name, within):
    pattern = PATTERNS[name]
    slow = [
        (call.__name__, text[:20])
        for text in pumped(pattern, SHORT.get(name, LENGTH))
        for call in asked(name, pattern)
        if not within(call, text.encode() if isinstance(pattern.pattern, bytes) else text)
    ]
    assert slow == []


def test_a_bad_pattern_would_be_found(within):
    import re

    bad = re.compile(r"(?:a+)+b")
    assert not all(within(bad.search, text) for text in pumped(bad, 40))


def test_they_are_all_looked_at():
    assert len(patterns()) > 100
    assert {"facebook.agent[0]", "mastodon.handle.fullmatch", "phrases[0]"} <= PATTERNS.keys()
    assert [name for name, one in written().items() if one.pattern == HOST_NAME]
    assert {*FULL, *MATCH, *SHORT} <= PATTERNS.keys()


def test_a_word_without_end_is_looked_at_by_its_end(within):
    from smo_kit.spam.concepts import concepts_of

    assert all(within(concepts_of, part * 2000) for part in ("ания", "а", "aing", "a", "ити"))
    assert concepts_of("х" * 500 + "ание") == concepts_of("ххххание")
