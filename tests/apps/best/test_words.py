"""A page becomes a bag of words, whatever stands in it."""

from __future__ import annotations

import time

import numpy as np
import pytest

from smo_kit.best.texts.documents import Document
from smo_kit.best.texts.languages import guessed, language_of
from smo_kit.best.texts.terms import WORD, terms_in
from smo_kit.best.texts.words import READ_TEXT, TERMS_KEPT, Bag, bag_of


def terms(text, language="en"):
    known = terms_in(language)
    return {number for word in WORD.findall(text) for number, _ in known[word]}


def spelled(text, language="en"):
    known = terms_in(language)
    return {spelling for word in WORD.findall(text) for _, spelling in known[word]}


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("servers", "server", "en"),
        ("серверов", "сервера", "ru"),
        ("Ёлка", "елки", "ru"),
        ("deployments", "Deployment", "ru"),
        ("Häuser", "häusern", "de"),
        ("gatos", "gato", "es"),
        ("Get-ChildItem", "get-childitem", "en"),
        ("don’t", "don't", "en"),
    ],
)
def test_forms_of_a_word_are_one_term(one, other, language):
    assert terms(one, language) & terms(other, language)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Get-ChildItem", {"Get-ChildItem", "Get", "ChildItem", "Child", "Item"}),
        ("border-radius", {"border-radius", "border", "radius"}),
        ("Array.prototype.map", {"Array.prototype.map", "Array", "prototype", "map"}),
        ("std::vector", {"std::vector", "std", "vector"}),
        ("snake_case", {"snake_case", "snake", "case"}),
        ("HTTPServer2", {"HTTPServer2", "HTTP", "Server"}),
        ("C++ и C#", {"C++", "C#"}),
        ("интернет-магазин", {"интернет", "магазин"}),
        ("Überraschung", {"Überraschung"}),
        ("404", {"404"}),
    ],
)
def test_an_identifier_is_itself_and_its_parts(text, expected):
    assert spelled(text, "ru") == expected


def test_small_words_single_letters_and_data_say_nothing():
    assert spelled("the and a I x " + "f" * 65) == set()


def test_scripts_without_blanks_are_read_in_pairs_of_letters():
    assert spelled("Djangoの本", "ja") == {"Django", "の本"}
    assert terms("東京都", "ja") & terms("東京", "ja")


def test_words_are_forgotten_when_too_many_are_known(monkeypatch):
    monkeypatch.setattr("smo_kit.best.texts.terms.REMEMBERED", 10)
    known = terms_in.__wrapped__("en")
    before = known["bakery"]
    for number in range(25):
        assert known[f"word{number}"]
    assert len(known) <= 10
    assert known["bakery"] == before


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The bread is in the oven", "en"),
        ("Хлеб стоит в печи", "ru"),
        ("Хліб уже в печі, і це добре", "uk"),
        ("Das Brot ist noch nicht im Ofen und wird kalt", "de"),
        ("Le pain est dans le four et il est chaud", "fr"),
        ("El pan está en el horno y no se quema", "es"),
        ("Non-stop", "en"),
        ("Как устроен border-radius: border-radius: 4px; .card { border-radius: 4px }", "ru"),
        ("Install it with apt, see Хабр for the rest of this long story about servers", "en"),
        ("パンを焼く", "ja"),
        ("烤面包", "zh"),
        ("빵 굽기", "ko"),
        ("Ψωμί", "el"),
        ("", "und"),
        ("12345 \x00 …", "und"),
    ],
)
def test_a_language_is_told_by_letters_and_small_words(text, language):
    assert guessed(text) == language


@pytest.mark.parametrize(("given", "language"), [("pt-BR", "pt"), ("zh_Hans", "zh"), ("EN", "en"), ("", "ru")])
def test_a_given_language_is_believed(given, language):
    assert language_of(Document(1, "Печём хлеб", language=given)) == language


def test_pages_of_two_languages_share_no_term():
    one, other = (bag_of(Document(1, "Django ORM", language=code)) for code in ("en", "ru"))
    assert not np.intersect1d(one.terms, other.terms).size


def test_a_tag_is_a_term_of_its_own_beside_its_words():
    tagged, written = (
        bag_of(Document(1, tags=("Sour Dough",), language="en")),
        bag_of(Document(1, "sour dough", language="en")),
    )
    assert set(written.terms.tolist()) < set(tagged.terms.tolist())
    assert "Sour Dough" in tagged.words.values()
    assert bag_of(Document(2, tags=("sour  dough",), language="en")).terms.tolist() == tagged.terms.tolist()


def test_the_title_counts_more_than_a_word_of_the_text():
    bag = bag_of(Document(1, "Sourdough", "oven flour water salt sugar butter yeast bowl", language="en"))
    counts = {bag.words[term]: count for term, count in zip(bag.terms.tolist(), bag.counts.tolist(), strict=True)}
    assert counts["Sourdough"] > counts["oven"]


def test_terms_rise_and_counts_are_bytes():
    bag = bag_of(Document(1, "Sourdough", "oven flour water oven"))
    assert (np.diff(bag.terms.astype(np.int64)) > 0).all()
    assert bag.counts.max() == 1
    assert np.allclose(bag.counts * 255, np.rint(bag.counts * 255), atol=1e-4)
    assert (bag.terms.dtype, bag.counts.dtype) == (np.uint32, np.float32)


def test_a_packed_bag_is_the_same_and_small():
    bag = bag_of(Document(1, "Свежий хлеб", " ".join(f"слово{number} мука" for number in range(2000)), ("кухня",)))
    packed = bag.pack()
    back = Bag.unpack(packed)
    assert len(packed) <= 1500
    assert len(bag.terms) == TERMS_KEPT
    assert (back.language, back.terms.tolist(), back.counts.tolist()) == ("ru", bag.terms.tolist(), bag.counts.tolist())
    assert {"кухня", "хлеб", "мука"} <= set(back.words.values())
    assert back.words.items() <= bag.words.items()


def test_an_empty_bag_is_packed_too():
    assert Bag.unpack(bag_of(Document(1)).pack()).terms.size == 0


@pytest.mark.parametrize(
    "packed", [b"", b"abc", b"\xff" * 40, bag_of(Document(1, "bread butter")).pack()[:-3], b"en" + b"\xff" * 60]
)
def test_what_is_no_packed_bag_says_so(packed):
    with pytest.raises(ValueError, match="No packed bag"):
        Bag.unpack(packed)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "bread",
        "\x00\x01\x02\xff\xfe" * 50,
        "\ud800 lone \udfff surrogates \ud83d",
        "bread\x00butter",
        "Хлеб bread パン خبز 🍞",
        "a" * 100_000,
        "-._'" * 1000,
        "İstanbul ﬁne ß ǅ ﷺ",
        "e\u0301" * 500,
        "&nbsp;&lt;b&gt;",
    ],
)
def test_no_text_is_too_odd(text):
    bag = bag_of(Document(1, text, text, (text,)))
    assert Bag.unpack(bag.pack()).terms.tolist() == bag.terms.tolist()


def test_decomposed_letters_are_composed():
    assert bag_of(Document(1, "и\u0306од")).terms.tolist() == bag_of(Document(1, "йод")).terms.tolist()


@pytest.mark.parametrize("piece", ["bread and butter ", "x" * 63 + " ", "word-", "ab", "パン", "\x00\xff"])
def test_of_a_giant_only_the_beginning_is_read(piece):
    giant = piece * (5_000_000 // len(piece))
    before = time.process_time()
    bag = bag_of(Document(1, giant, giant, (giant,) * 1000))
    assert time.process_time() - before < 1
    assert len(bag.terms) <= TERMS_KEPT
    assert (
        bag_of(Document(1, "", giant[:READ_TEXT], ())).terms.tolist()
        == bag_of(Document(1, "", giant, ())).terms.tolist()
    )
