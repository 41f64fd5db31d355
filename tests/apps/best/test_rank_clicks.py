"""What readers click rises, whatever place it stood at; what nobody clicks sinks; chance does neither."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from django.core.cache import cache
from django.utils import timezone

from smo_kit.best.conf import BestConf
from smo_kit.best.models import Neighbour, Offer
from smo_kit.best.order.attraction import DOUBT, NOTHING, RATE, Evidence, guess, usual_rates
from smo_kit.best.order.ranking import rank
from smo_kit.best.services import related_to
from tests.apps.best.shelf import alike, cards, order, shown

PLACES = (0.30, 0.20, 0.14, 0.10)
"""How often a usual page is clicked at each place of a block."""


class TestGuess:
    def test_of_what_nobody_saw_is_what_its_text_promises(self):
        assert guess(0.4, NOTHING, NOTHING).mean == pytest.approx(0.4)

    def test_a_few_showings_say_little(self):
        seen = Evidence(clicks=1, expected=0.1)
        assert guess(0.4, seen, seen).mean < 0.51

    def test_many_say_all(self):
        seen = Evidence(clicks=3000, expected=1000)
        assert guess(0.4, seen, seen).mean == pytest.approx(3, rel=0.02)

    def test_what_it_gets_elsewhere_is_believed_here_until_it_is_seen_here(self):
        elsewhere = Evidence(clicks=300, expected=100)
        assert guess(1, elsewhere, NOTHING).mean == pytest.approx(310 / 110)
        here = Evidence(clicks=0, expected=100)
        both = Evidence(clicks=300, expected=200)
        assert guess(1, both, here).mean < 0.3

    def test_a_try_is_worth_less_the_more_was_seen_and_the_worse_it_is(self):
        seen = Evidence(clicks=DOUBT * 9, expected=DOUBT * 9)
        bad = Evidence(clicks=0, expected=DOUBT)
        assert guess(1, seen, seen).worth_of_a_try < guess(0.2, NOTHING, NOTHING).worth_of_a_try
        assert guess(0.4, bad, bad).worth_of_a_try < guess(0.4, NOTHING, NOTHING).worth_of_a_try / 4
        assert guess(0.2, NOTHING, NOTHING).worth_of_a_try < guess(0.4, NOTHING, NOTHING).worth_of_a_try


@pytest.mark.django_db
class TestPlaces:
    def test_a_place_that_nobody_saw_has_the_rate_of_any(self):
        assert usual_rates().get(("related", 0), RATE) == RATE

    def test_a_place_has_its_own_rate_when_it_was_seen_often(self):
        page, one = cards(["page", "one"]).values()
        shown(page, one, 0, 10_000, 3_000)
        shown(page, one, 3, 10_000, 500)
        shown(page, one, 3, 2, 2, block="best")
        rates = usual_rates()
        assert rates["related", 0] == pytest.approx(0.3, rel=0.03)
        assert rates["related", 3] == pytest.approx(0.05, rel=0.03)
        assert rates["best", 3] < 0.04

    def test_the_same_clicks_say_more_at_a_low_place(self):
        page, high, low, *rest = cards(["page", "high", "low", "one", "two"]).values()
        alike(page, {high: 0.3, low: 0.3})
        for place, rate in enumerate(PLACES):
            shown(rest[0], rest[1], place, 10_000, int(10_000 * rate))
        shown(page, high, 0, 400, 60)
        shown(page, low, 3, 400, 60)
        rank([page.pk])
        assert order(page)[:2] == ["low", "high"]

    def test_showings_of_another_site_or_of_last_year_say_nothing(self):
        page, one, other = cards(["page", "one", "other"]).values()
        alike(page, {one: 0.3, other: 0.29})
        shown(page, one, 0, 1_000, 0)
        Offer.objects.update(site_id=7)
        shown(page, one, 0, 1_000, 0)
        Offer.objects.filter(site_id=1).update(week="2020-01-06")
        rank([page.pk])
        assert order(page)[0] == "one"

    def test_what_is_clicked_in_a_list_of_the_best_rises_beside_pages(self):
        page, one, other = cards(["page", "one", "other"]).values()
        alike(page, {one: 0.3, other: 0.25})
        shown(None, one, 0, 3_000, 300, block="best")
        shown(None, other, 0, 1_000, 400, block="best")
        rank([page.pk])
        assert order(page)[0] == "other"


class Readers:
    """Simulated readers of one page: each looks at the places of its block, and clicks by place and by quality."""

    def __init__(self, page, qualities: dict[str, float], seed: int = 1) -> None:
        self.page, self.qualities, self.chance = page, qualities, random.Random(seed)
        self.conf = BestConf()
        self.start = dt.datetime(2026, 11, 25, tzinfo=dt.UTC)  # what is tried is drawn from the day

    def live(self, periods: int, readers: int) -> None:
        for period in range(periods):
            moment = self.start + timezone.timedelta(hours=24 * period)
            for place, offer in enumerate(related_to(self.page.key, self.conf, moment=moment)):
                rate = PLACES[place] * self.qualities.get(offer.key.object_pk, 1.0)
                clicks = sum(self.chance.random() < rate for _ in range(readers))
                shown(self.page, _card(offer.key), place, readers, clicks)
            cache.clear()
            rank([self.page.pk])


def _card(key):
    from smo_kit.core.models import CardRow

    return CardRow.objects.get(**key.fields, language=key.language)


@pytest.mark.django_db
class TestReaders:
    @pytest.fixture
    def site(self):
        """A page and 29 others, the later the less alike."""
        page, *others = cards(["page", *(f"other{n}" for n in range(29))], age=300).values()
        alike(page, {other: 0.45 - n * 0.014 for n, other in enumerate(others)})
        rank([page.pk])
        return page

    @pytest.mark.parametrize("good", ["other12", "other25"])
    def test_a_better_page_rises_from_the_last_places_or_from_none(self, site, good):
        assert good not in order(site)[:10]
        Readers(site, {good: 3.0}).live(periods=60, readers=100)
        assert order(site).index(good) < 2

    def test_a_bad_page_that_was_first_sinks(self, site):
        assert order(site)[0] == "other0"
        Readers(site, {"other0": 0.1}).live(periods=15, readers=100)
        assert "other0" not in order(site)[:4]

    def test_where_all_are_alike_good_the_order_stays_much_as_it_was(self, site):
        Readers(site, {}).live(periods=20, readers=100)
        first = {f"other{n}" for n in range(10)}
        assert len(first & set(order(site)[:10])) >= 5

    def test_one_click_on_a_page_that_was_seldom_seen_is_no_reason_to_jump(self, site):
        before = order(site)
        shown(site, Neighbour.objects.get(card=site, place=10).other, 3, 2, 1)
        rank([site.pk])
        assert order(site)[:4] == before[:4]

    def test_one_reader_who_comes_back_and_clicks_is_not_enough(self, site):
        """The beacon counts a reader once a day: he was here on three."""
        before = order(site)
        other = Neighbour.objects.get(card=site, place=14).other
        shown(site, other, 3, 3, 3)
        shown(site, Neighbour.objects.get(card=site, place=0).other, 0, 100, 30)
        cache.clear()
        rank([site.pk])
        assert order(site)[:3] == before[:3]
