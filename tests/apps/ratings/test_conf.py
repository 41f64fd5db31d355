"""Wrong settings are said clearly, and have no effect."""

from __future__ import annotations

import pytest

from smo_kit.ratings.conf import ratings_settings
from smo_kit.ratings.scales import choices_of


def said(**conf):
    return [one.message for one in ratings_settings._sift(conf)[1]]


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["Thank you"], "must have lines like “thanks: ♥ Thank you”, not 'Thank you'"),
        (["thanks: ♥"], "must have lines like “thanks: ♥ Thank you”, not 'thanks: ♥'"),
        (["Thanks!: ♥ Thank you"], "must have lines like “thanks: ♥ Thank you”, not 'Thanks!: ♥ Thank you'"),
        ([""], "must have lines like “thanks: ♥ Thank you”, not ''"),
        (["a: ♥ One", "a: ☺ Two"], "has the name 'a' twice"),
        ([f"a{n}: ♥ One" for n in range(13)], "may have 12 lines, not 13"),
        (
            ["a: abcdefghi One"],
            "has too long a line: 'a: abcdefghi One'. A symbol has up to 8 letters, a label 40.",
        ),
    ],
    ids=["words", "no label", "name", "empty", "twice", "many", "long"],
)
def test_a_wrong_line_of_reactions_is_said(lines, message):
    assert said(reactions=lines) == [message]


def test_right_lines_are_the_reactions():
    conf = ratings_settings.conf(reactions=("yum: ☕ Very tasty ", "no-2:~ No"))
    assert [(one.value, one.symbol, one.label) for one in choices_of("reactions", conf)] == [
        ("yum", "☕", "Very tasty"),
        ("no-2", "~", "No"),
    ]


def test_without_lines_there_are_five():
    assert len(choices_of("reactions", ratings_settings.conf())) == 5


@pytest.mark.parametrize("name", ["minimum", "ratings_an_hour", "newcomers_a_day"])
def test_numbers_have_bounds(name):
    assert said(**{name: 0}) == ["must be from 1 to 100000, not 0"]


def test_everything_can_be_edited():
    assert set(ratings_settings.editable) == set(ratings_settings.fields)
