"""Fonts and lines of card images."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from smo_kit.meta import bidi, fonts, sheets
from smo_kit.meta.bidi import levels
from smo_kit.meta.fonts import OWN, chain, has_font, lacking, load, runs
from smo_kit.meta.layout import _PIECES, MEASURE, fit
from smo_kit.meta.typeset import pieces_of, tamed, width_of

ROOM = {"largest": 100, "smallest": 40}


def test_there_is_always_a_font(latin_only):
    assert chain() == (OWN,)
    assert runs("Tea") == (("Tea", OWN),)


def test_a_letter_that_no_font_has_is_left_out(latin_only):
    assert runs("Tea 茶 time") == (("Tea  time", OWN),)
    assert not has_font("Чай")


def test_a_letter_whose_outline_a_font_cannot_draw_goes_to_the_next_font(monkeypatch):
    path, draw = chain()[0], fonts._picture

    def breaking(font, character):
        if character == "ж" and font.path == path:
            raise OSError("raster overflow")
        return draw(font, character)

    fonts.forget_fonts()
    fonts._has.cache_clear()
    monkeypatch.setattr(fonts, "_picture", breaking)
    try:
        assert runs("ж") != (("ж", path),)
        assert runs("я") == (("я", path),)
    finally:
        fonts.forget_fonts()
        fonts._has.cache_clear()


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


SCRIPTS = {
    "en": "Ångström",
    "ru": "Ёлка",
    "el": "Πώς",
    "ka": "ბმული",
    "hy": "Ինչպես",
    "ar": "مرحبا",
    "he": "שלום",
    "hi": "हिन्दी",
    "th": "ภาษาไทย",
    "zh": "链接",
    "ja": "リンクを",
    "ko": "링크",
    "emoji": "👩‍👩‍👧‍👦🏳️‍🌈🇬🇪👍🏽1️⃣❤️",
}


@pytest.mark.parametrize("text", SCRIPTS.values(), ids=SCRIPTS)
def test_whatever_is_drawn_is_no_empty_box(text):
    """What a font lacks is a box; what no font has is not drawn at all."""
    for shown, path in runs(text):
        for character in shown:
            assert path == fonts.emoji_file() or fonts._INVISIBLE.fullmatch(character) or fonts._has(path, character)
    assert "".join(shown for shown, _ in runs(text)) + lacking(text) == text or lacking(text)


@pytest.mark.parametrize("text", ["Привет", "Ωάλφ", "مرحبا", "हिन्दी", "ภาษาไทย"])
def test_the_packages_of_the_extra_have_the_letters_that_they_promise(text, monkeypatch):
    pytest.importorskip("fontpkg_noto_sans_arabic")
    monkeypatch.setattr(fonts, "_of_system", lambda: ())
    fonts._found.cache_clear()
    fonts.forget_fonts()
    assert has_font(text)
    fonts._found.cache_clear()
    fonts.forget_fonts()


def test_of_a_letter_with_marks_that_no_font_has_the_letter_stays(latin_only):
    assert runs("a\u0489b") == (("ab", OWN),)


def test_emoji_are_of_the_colour_font_and_words_go_on_in_theirs(monkeypatch):
    if not fonts.emoji_file():
        pytest.skip("There is no font of coloured emoji here.")
    shown = runs("Tea 🍵 and ❤ or ❤️ or ❤︎ in 5 🇬🇪")
    coloured = [text for text, path in shown if path == fonts.emoji_file()]
    assert coloured == ["🍵", "❤️", "🇬🇪"]
    words = {path for text, path in shown if path != fonts.emoji_file() and text.strip().isalpha()}
    assert len(words) == 1


@pytest.mark.parametrize(
    ("text", "base", "seen"),
    [
        ("abc", 0, "abc"),
        ("אבג abc", 1, "abc| |אבג"),
        ("abc אבג", 0, "abc |אבג"),
        ("אבג 123", 1, "123| |אבג"),
        ("abc אבג 123 דהו def", 0, "abc |דהו| |123| |אבג| def"),
        ("של Django 6 (חלק", 1, "(חלק|Django 6|של "),
    ],
)
def test_pieces_stand_in_the_order_in_which_they_are_seen(text, base, seen):
    pytest.importorskip("bidi")
    if lacking(text):
        pytest.skip("No Hebrew font here.")
    levels_joined: list[tuple[str, int]] = []
    for (letters, _), level in pieces_of(text, base):
        if levels_joined and levels_joined[-1][1] == level:
            before = levels_joined[-1][0]
            levels_joined[-1] = (letters + before if level % 2 else before + letters, level)
        else:
            levels_joined.append((letters, level))
    assert "".join(one for one, _ in levels_joined).replace(" ", "") == seen.replace("|", "").replace(" ", "")


@pytest.mark.parametrize("text", ["سلام\u200cها 12", "a\u200dאb\u2060", "\u200b", "", "אבג (abc) 12%"])
@pytest.mark.parametrize("base", [0, 1])
def test_every_code_point_has_a_level(text, base):
    assert len(levels(text, base)) == len(text)


@pytest.mark.parametrize("base", [0, 1])
def test_without_the_library_letters_go_by_their_own_direction(monkeypatch, base):
    monkeypatch.setattr(bidi, "algorithm", None)
    found = levels("abc אבג 12", base)
    assert [one % 2 for one in found[:3]] == [0, 0, 0]
    assert [one % 2 for one in found[4:7]] == [1, 1, 1]
    assert [one % 2 for one in found[8:]] == [0, 0]


def test_what_needs_shaping_is_not_shown_without_it(monkeypatch):
    monkeypatch.setattr(sheets, "features", SimpleNamespace(check=lambda name: False))
    assert not sheets.can_be_read("مرحبا")
    assert not sheets.can_be_read("हिन्दी")
    assert sheets.can_be_read("Tea")


def test_thai_breaks_before_a_syllable():
    if lacking("ไทย"):
        pytest.skip("No Thai font here.")
    block = fit("ทำอย่างไรให้ผู้คนอยากแบ่งปันลิงก์ของคุณโดยไม่เสียหน้า", 700, 400, **ROOM)
    assert len(block.lines) > 1
    assert block.size > ROOM["smallest"]
    assert all(line[0] not in "ะาิีึืุู่้๊๋์ำ" for line in block.lines)


@pytest.mark.parametrize("text", ["ไทย", "हिन्दी", "مرحبا"])
def test_tall_scripts_have_more_room_between_lines(text):
    assert fit(text, 900, 400, **ROOM).step > fit("Tea", 900, 400, **ROOM).step


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("a\u202eevil", "aevil"),
        ("\u2066a\u2069\u200e\u200b\x07b", "ab"),
        ("a" + "\u0301" * 60 + "b", "a" + "\u0301" * 4 + "b"),
        ("a" + "\u0301\u200d" * 60, "a" + "\u0301\u200d" * 4),
        ("سلام\u200cها", "سلام\u200cها"),
        ("👩‍👩‍👧 1️⃣ 🏴\U000e0067\U000e0062\U000e007f", "👩‍👩‍👧 1️⃣ 🏴\U000e0067\U000e0062\U000e007f"),
    ],
)
def test_a_text_is_drawn_as_it_is_read(text, drawn):
    assert tamed(text) == drawn


def test_an_opening_bracket_stays_with_what_it_opens():
    for text in ("漢字「漢字」漢字", "abc（漢字）", "「『漢』」", "「เก", "f(x) 「"):
        pieces = _PIECES.findall(text)
        assert "".join(pieces) == text
        assert not any(piece.rstrip()[-1] in "「『（" for piece in pieces[:-1])
    assert _PIECES.findall("f(x) abc「漢」") == ["f(x) ", "abc", "「漢」"]
