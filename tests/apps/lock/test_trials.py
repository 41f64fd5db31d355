"""Two teasers that take turns."""

from __future__ import annotations

import datetime as dt

import pytest

from smo_kit.lock.conf import LockConf
from smo_kit.lock.terms import Terms
from smo_kit.lock.trials import shown_variant, variant_of, words_of

MIDNIGHT = dt.datetime(2026, 11, 26, tzinfo=dt.UTC)


def tried(lock_id: int = 1, **conf: object) -> Terms:
    return Terms(lock_id, LockConf(**{"title": "One", "text": "First", "title_b": "Two", **conf}))


def turns(terms: Terms, number: int, minutes: int = 60) -> str:
    return "".join(variant_of(terms, MIDNIGHT + dt.timedelta(minutes=minutes * one)) for one in range(number))


def test_without_a_second_teaser_there_is_no_turn() -> None:
    assert variant_of(Terms(1, LockConf(title="One"))) == ""


@pytest.mark.parametrize("second", [{"title_b": "Two"}, {"text_b": "Two"}])
def test_a_second_heading_or_text_is_a_second_teaser(second: dict[str, str]) -> None:
    assert variant_of(Terms(1, LockConf(**second))) in {"a", "b"}


def test_everybody_sees_the_same_in_one_slice() -> None:
    terms = tried(trial_minutes=15)

    for minute in (0, 7, 14):
        assert variant_of(terms, MIDNIGHT + dt.timedelta(minutes=minute)) == variant_of(terms, MIDNIGHT)


def test_each_has_one_of_every_two_slices() -> None:
    found = turns(tried(), 48)

    assert {frozenset(found[place : place + 2]) for place in range(0, 48, 2)} == {frozenset("ab")}


def test_none_has_the_even_hours_and_locks_do_not_beat_with_each_other() -> None:
    every = [turns(tried(lock_id), 48) for lock_id in range(20)]

    assert len(set(every)) == 20
    for found in every:
        assert 3 <= found[::2].count("a") <= 21


def test_slices_are_as_long_as_the_terms_say() -> None:
    assert turns(tried(trial_minutes=5), 24, minutes=5) != turns(tried(trial_minutes=60), 24, minutes=5)
    assert turns(tried(trial_minutes=120), 4).count("a") == 2


@pytest.mark.parametrize(
    ("variant", "second", "words"),
    [
        ("", {}, ("One", "First")),
        ("a", {"title_b": "Two"}, ("One", "First")),
        ("b", {"title_b": "Two"}, ("Two", "First")),
        ("b", {"title_b": "", "text_b": "Second"}, ("One", "Second")),
    ],
)
def test_the_words_of_a_teaser(variant: str, second: dict[str, str], words: tuple[str, str]) -> None:
    assert words_of(tried(**second), variant) == words


def test_a_page_in_a_cache_says_what_it_has() -> None:
    assert [shown_variant(tried(), said) for said in ("a", "b")] == ["a", "b"]
    assert shown_variant(Terms(1, LockConf()), "b") == ""
