"""Fonts and lines of card images."""

from __future__ import annotations

from pathlib import Path

import pytest

from smo_kit.meta import fonts
from smo_kit.meta.fonts import OWN, chain, has_font, load, runs
from smo_kit.meta.layout import MEASURE, fit
from smo_kit.meta.typeset import width_of

ROOM = {"largest": 100, "smallest": 40}


def test_there_is_always_a_font(latin_only):
    assert chain() == (OWN,)
    assert runs("Tea") == (("Tea", OWN),)


def test_a_letter_that_no_font_has_is_left_out(latin_only):
    assert runs("Tea 茶 time") == (("Tea  time", OWN),)
    assert not has_font("Чай")


def test_an_installed_package_brings_its_letters():
    pytest.importorskip("fontpkg_noto_sans")
    assert has_font("Яжёї Ångström")
    assert "fontpkg_noto_sans" in chain()[0]


def test_a_font_of_the_settings_comes_first_if_it_is_there(settings, tmp_path):
    copy = tmp_path / "own.ttf"
    first = next(path for path in chain() if path)
    copy.write_bytes(Path(first).read_bytes())
    settings.SMO_KIT = {"META": {"fonts": [str(tmp_path / "gone.ttf"), str(copy)]}}
    assert chain()[0] == str(copy)
    assert runs("Tea") == (("Tea", str(copy)),)


def test_a_file_that_is_no_font_is_passed_over(settings, tmp_path):
    wrong = tmp_path / "wrong.ttf"
    wrong.write_text("no font")
    settings.SMO_KIT = {"META": {"fonts": [str(wrong)]}}
    assert load(str(wrong), 20) is None
    assert runs("Tea")[0][1] != str(wrong)


def test_joiners_and_marks_ask_for_no_font_of_their_own(latin_only):
    assert len(runs("a\u200db\u2060c")) == 1


@pytest.mark.parametrize("text", ["One", "One two three four five six seven", "x" * 150, "茶" * 60, "a " * 75])
def test_lines_fit_their_room(text):
    block = fit(text, 1000, 300, **ROOM)
    assert ROOM["smallest"] <= block.size <= ROOM["largest"]
    assert block.height <= 300
    assert all(width_of(runs(line), block.size) <= 1000 * 1.02 for line in block.lines)


def test_a_short_title_is_as_large_as_may_be():
    assert fit("One", 1000, 300, **ROOM).size == ROOM["largest"]


def test_lines_are_of_one_length():
    lines = fit("Seven words that would leave one alone", 1000, 300, **ROOM).lines
    widths = [width_of(runs(line), MEASURE) for line in lines]
    assert min(widths) > max(widths) / 2


def test_nothing_of_the_title_is_lost_when_it_fits():
    text = "Как сделать так, чтобы ссылкой хотелось поделиться"
    assert " ".join(fit(text, 1000, 300, **ROOM).lines) == text


def test_what_does_not_fit_ends_in_an_ellipsis():
    block = fit("word " * 200, 600, 100, **ROOM)
    assert block.size == ROOM["smallest"]
    assert block.lines[-1].endswith("…")


def test_a_text_without_letters_has_one_empty_line():
    assert fit("", 1000, 300, **ROOM).lines == ("",)
