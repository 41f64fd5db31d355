"""Letters in disguise become themselves, and are counted."""

from __future__ import annotations

import time

import pytest

from smo_kit.spam.folding import fold
from smo_kit.spam.reading import read


@pytest.mark.parametrize(
    ("text", "plain", "disguise", "times"),
    [
        ("𝐂𝐀𝐒𝐈𝐍𝐎", "casino", "fancy", 6),
        ("ＣＡＳＩＮＯ７７", "casino77", "fancy", 8),
        ("🅲🅰🆂🅸🅽🅾", "casino", "fancy", 6),
        ("ᴄᴀꜱɪɴᴏ", "casino", "fancy", 6),
        ("SLOT❼❼❼", "slot777", "fancy", 3),
        ("рaбoта", "работа", "mixed", 1),
        ("cаsino", "casino", "mixed", 1),
        ("ca\u200bsi\u2060no", "casino", "hidden", 2),
        ("c a s i n o", "casino", "apart", 1),
        ("c4s1no", "casino", "leet", 2),
    ],
)
def test_a_disguise_is_taken_off_and_counted(text, plain, disguise, times):
    folded = fold(text)
    assert (folded.text, getattr(folded, disguise)) == (plain, times)


@pytest.mark.parametrize(
    "text",
    ["Ёлка и йод", "naïve café", "5 GB of RAM", "👩‍👩‍👧 family", "I a m", "x² + y² = z²", "ﬁne", "COVID-19", "Straße"],
)
def test_plain_writing_wears_no_disguise(text):
    folded = fold(text)
    assert (folded.mixed, folded.hidden, folded.apart, folded.leet) == (0, 0, 0, 0)
    assert folded.fancy <= 2


def test_a_word_of_two_languages_in_one_text_is_not_mixed():
    assert fold("Купил iPhone в Apple Store").mixed == 0


@pytest.mark.parametrize(
    ("text", "links", "anchors"),
    [
        ("See https://example.org/a and www.example.com", 2, 0),
        ('<a href="https://example.org">here</a><br />', 1, 1),
        ("[url=https://example.org]here[/url]", 1, 1),
        ("Version 3.11.7, e.g. this one.", 0, 0),
    ],
)
def test_links_are_found_in_whatever_markup(text, links, anchors):
    seen = read(text)
    assert (len(seen.links), seen.anchors) == (links, anchors)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\x00",
        "<" * 5000,
        "[" * 5000,
        "\ud800",
        "a." * 5000,
        "&#x" * 3000,
        "1 " * 3000,
        "x@" * 3000,
        "a" * 6000,
    ],
)
def test_hostile_text_is_read_in_well_under_a_second(text):
    before = time.process_time()
    read(text)
    assert time.process_time() - before < 0.5


@pytest.mark.parametrize(
    ("mask", "trait"), [("[USERNAME]", "handles"), ("[CURRENCY]", "money"), ("[URL]", "links"), ("[EMAIL]", "emails")]
)
def test_a_mask_of_a_published_set_counts_as_what_it_stands_for(mask, trait):
    assert getattr(read(f"see {mask} there"), trait)
    assert not getattr(read("see [OTHER] there"), trait)
