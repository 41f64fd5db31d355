"""Text that goes out to others."""

from __future__ import annotations

import pytest

from smo_kit.core.text import clean, cut, graphemes, one_line, plain

FAMILY = "👨‍👩‍👧‍👦"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("a\x00b\x08c", "abc"),
        ("lone \ud800 surrogate", "lone  surrogate"),
        ("turned \u202eback\u202c", "turned back"),
        ("e\u0301", "é"),
        (None, ""),
        (5, "5"),
        ("tab\tand\nline", "tab\tand\nline"),
        ("زبان‌ها", "زبان‌ها"),
    ],
)
def test_clean_keeps_what_people_read(given, kept):
    assert clean(given) == kept


def test_one_line_folds_white_space():
    assert one_line("  a\n\t b\u2003c ") == "a b c"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>a &amp; <b>b</b></p>", "a & b"),
        ("1 < 2 > 0", "1 < 2 > 0"),
        ("<script>x</script>y", "xy"),
        ("&lt;b&gt;", "<b>"),
    ],
)
def test_plain_is_what_a_person_reads(html, text):
    assert plain(html) == text


def test_what_fits_is_not_cut():
    assert cut("short", 5) == "short"


def test_the_cut_is_at_the_end_of_a_word():
    assert cut("one two three four", 12) == "one two…"


def test_a_word_that_ends_where_the_cut_is_stays():
    assert cut("one two three", 8) == "one two…"


def test_one_long_word_is_cut_at_a_letter():
    assert cut("x" * 20, 10) == "x" * 9 + "…"


def test_a_family_is_one_letter_and_is_not_parted():
    assert graphemes(FAMILY * 3) == [FAMILY] * 3
    assert cut(FAMILY * 5, 3) == FAMILY * 2 + "…"


def test_combining_marks_stay_with_their_letter():
    assert cut("ё" * 10, 4) == "ёёё…"
    assert cut("क्षि" * 10, 4).endswith("…")


def test_no_punctuation_stands_before_the_ellipsis():
    assert cut("one two, three four five", 10) == "one two…"


@pytest.mark.parametrize("length", [1, 2, 3, 5, 8])
def test_the_result_is_never_longer_than_asked(length):
    assert len(graphemes(cut("some words to be cut", length))) <= length


def test_a_cut_by_the_room_of_a_column_is_at_a_grapheme_too():
    text = cut(FAMILY * 200, 150, room=900)
    assert text == FAMILY * 128 + "…"
    assert len(text) <= 900


def test_towers_of_accents_fit_the_room():
    assert len(cut("e" + "\u0316" * 5000, 100, room=600)) <= 600
    assert cut("short", 100, room=600) == "short"
