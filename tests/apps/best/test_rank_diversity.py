"""Not five pages of one series, and no text twice."""

from __future__ import annotations

import pytest

from smo_kit.best.order.candidates import Page
from smo_kit.best.order.diversity import of_one_series
from smo_kit.best.order.ranking import rank
from tests.apps.best.shelf import a_card, alike, cards, order, terms

SERIES = [
    ("Bridges of stone, part 1", "Bridges of stone, part 2", "Ada", "Bob", 0.1),
    ("Мосты. Часть I", "Мосты. Часть IV", "", "", 0.0),
    ("Letters home (12)", "Letters home", "Ada", "Ada", 0.2),
    ("River talk: the ford", "River talk: the ferry", "Ada", "Ada", 0.2),
    ("River talk — the ford", "River talk — the ferry", "Ada", "Ada", 0.2),
    ("How to mix good mortar", "How to mix old mortar", "Ada", "Ada", 0.2),
    ("The ford", "Low water", "Ada", "Ada", 0.8),
    ("Bulletin 7", "Bulletin 8", "", "", 0.4),
    ("Bulletin 7", "Bulletin 8", "Ada", "Ada", 0.1),
]
APART = [
    ("River talk: the ford", "River talk: the ferry", "Ada", "Bob", 0.2),
    ("The ford", "Low water", "Ada", "Bob", 0.8),
    ("The ford", "Low water", "Ada", "Ada", 0.4),
    ("2024", "2025", "Ada", "Bob", 0.1),
    ("Post 7", "Post 8", "", "", 0.1),
    ("Ant of the wood", "Bee of the wood", "Ada", "Ada", 0.1),
    ("Well-made arches", "Well-kept rivers", "Ada", "Ada", 0.1),
    ("", "", "Ada", "Bob", 0.0),
]


def titled(title: str, author: str) -> Page:
    return Page(1, (1, "1"), "en", title, author, (), None, True, (), True)


def named(case) -> str:
    return " | ".join(map(str, case))


@pytest.mark.parametrize("case", SERIES, ids=named)
def test_two_parts_of_a_series(case):
    one, other, author, another, likeness = case
    assert of_one_series(titled(one, author), titled(other, another), likeness)


@pytest.mark.parametrize("case", APART, ids=named)
def test_two_pages_that_belong_to_no_series(case):
    one, other, author, another, likeness = case
    assert not of_one_series(titled(one, author), titled(other, another), likeness)


@pytest.mark.django_db
class TestOrder:
    @pytest.fixture
    def site(self):
        """A page, five parts of a series that are the most alike, and two others."""
        page = a_card("page")
        parts = [a_card(f"part{n}", title=f"Bridges, part {n}") for n in range(1, 6)]
        others = [a_card("ferry"), a_card("ford")]
        alike(page, {part: 0.9 - n / 100 for n, part in enumerate(parts)} | {others[0]: 0.2, others[1]: 0.1})
        return page

    def test_a_series_has_two_places_of_all(self, site):
        rank([site.pk])
        assert order(site) == ["part1", "part2", "ferry", "ford"]

    @pytest.mark.parametrize("same", [1, 3])
    def test_or_as_many_as_a_site_wants(self, site, settings, same):
        settings.SMO_KIT = settings.SMO_KIT | {"BEST": {"same": same, "limit": 3}}
        rank([site.pk])
        assert order(site) == [*(f"part{n + 1}" for n in range(same)), "ferry", "ford"]

    def test_more_of_it_only_where_there_is_nothing_else(self, site, settings):
        settings.SMO_KIT = settings.SMO_KIT | {"BEST": {"limit": 6}}
        rank([site.pk])
        assert order(site) == ["part1", "part2", "ferry", "ford", "part3", "part4"]

    def test_or_any_number(self, site, settings):
        settings.SMO_KIT = settings.SMO_KIT | {"BEST": {"same": 0}}
        rank([site.pk])
        assert order(site)[:5] == [f"part{n}" for n in range(1, 6)]

    def test_a_text_that_stands_at_two_addresses_is_offered_once(self):
        page, one, copy, other = cards(["page", "one", "copy", "other"]).values()
        alike(page, {one: 0.5, copy: 0.49, other: 0.1})
        for card in (one, copy):
            terms(card, *range(40))
        terms(other, *range(100, 140))
        rank([page.pk])
        assert order(page) == ["one", "other"]

    def test_copies_of_the_page_itself_stand_at_the_end_and_once(self):
        page, copy, again, other = cards(["page", "copy", "again", "other"]).values()
        alike(page, {copy: 1.0, again: 0.99, other: 0.1})
        for card in (page, copy, again):
            terms(card, *range(40))
        rank([page.pk])
        assert order(page)[0] == "other"
        assert len(order(page)) == 2

    def test_what_one_above_it_says_already_comes_after_another_subject(self):
        page, one, same, other = cards(["page", "one", "same", "other"]).values()
        alike(page, {one: 0.5, same: 0.45, other: 0.35})
        terms(one, *range(40))
        terms(same, *range(4, 44))
        terms(other, *range(100, 140))
        rank([page.pk])
        assert order(page) == ["one", "other", "same"]

    def test_a_page_without_terms_is_like_no_other(self):
        page, *others = cards(["page", "one", "other"]).values()
        alike(page, dict(zip(others, (0.5, 0.4), strict=True)))
        terms(others[0], 1, 2, 3)
        rank([page.pk])
        assert order(page) == ["one", "other"]
