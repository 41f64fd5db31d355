"""What a block beside a page shows of the kept order: one query."""

from __future__ import annotations

import pytest

from smo_kit.best.conf import BestConf
from smo_kit.best.models import Neighbour, Tagged, Text
from smo_kit.best.order.ranking import rank
from smo_kit.best.services import related_to
from smo_kit.best.suggestions import NEW, TEXT
from smo_kit.core.subjects import Key
from tests.apps.best.shelf import a_card, alike, cards, wish

pytestmark = pytest.mark.django_db


def names(page, **options) -> list[str]:
    return [one.key.object_pk for one in related_to(page.key, BestConf(**{"explore": 0} | options))]


@pytest.fixture
def site():
    """A page with five neighbours, and a sixth page that is the newest."""
    made = cards(["page", "a", "b", "c", "d", "e"], age=300)
    a_card("young", age=1)
    alike(made["page"], {made[name]: 0.5 - n / 10 for n, name in enumerate("abcde")})
    rank([made["page"].pk])
    return made


def test_the_first_ones_in_order_by_one_query(site, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert names(site["page"]) == ["a", "b", "c", "d"]


def test_with_a_try_it_is_one_query_too_and_writes_nothing(site, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = related_to(site["page"].key, BestConf(explore=25))
    assert len(found) == 4
    assert found[0].key.object_pk == "a"
    assert "You may have missed this" in [one.why for one in found]


def test_a_suggestion_has_its_card_and_its_reason(site):
    one = related_to(site["page"].key, BestConf())[0]
    assert (one.card.url, one.card.title, one.reason) == ("/en/a/", "a", TEXT)


def test_as_many_as_there_is_room_for(site):
    assert len(names(site["page"], limit=2)) == 2
    assert names(site["page"], limit=12) == ["a", "b", "c", "d", "e", "young"]


def test_what_was_locked_withdrawn_or_refused_since_is_left_out_at_once(site):
    type(site["a"]).objects.filter(pk=site["a"].pk).update(free=False)
    site["b"].delete()
    Text.objects.filter(card=site["c"]).update(offered=False)
    assert names(site["page"]) == ["d", "e", "young"]
    assert names(site["page"], locked=True) == ["a", "d", "e", "young"]


def test_only_of_a_kind(site):
    type(site["c"]).objects.filter(pk=site["c"].pk).update(kind="recipe")
    assert names(site["page"], kind="recipe") == ["c"]


def test_only_with_a_tag(site):
    type(site["e"]).objects.filter(pk=site["e"].pk).update(tags=["Stone"])
    assert names(site["page"], tag="stone") == ["e"]


def test_where_too_few_are_of_a_kind_the_newest_of_it_follow(site, django_assert_num_queries):
    type(site["c"]).objects.filter(pk=site["c"].pk).update(kind="recipe")
    for n in range(3):
        a_card(f"recipe{n}", kind="recipe", age=9 - n)
    with django_assert_num_queries(2):
        assert names(site["page"], kind="recipe", limit=3) == ["c", "recipe2", "recipe1"]


def test_where_too_few_have_a_tag_the_newest_with_it_follow(site):
    Tagged.objects.create(card=a_card("tagged", tags=["Stone"]), tag="stone")
    assert names(site["page"], tag="Stone") == ["tagged"]


def test_a_page_that_the_index_does_not_know_yet_has_the_newest_beside_it(site, django_assert_num_queries):
    page = a_card("fresh", text=False, age=0)
    with django_assert_num_queries(2):
        found = related_to(page.key, BestConf(limit=2))
    assert [(one.key.object_pk, one.reason) for one in found] == [("young", NEW), ("e", NEW)]


def test_or_nothing_where_a_site_wants_no_others(site):
    assert names(a_card("fresh", text=False), fill=False) == []


def test_a_block_that_wants_no_new_pages_has_none(site):
    assert names(site["page"], limit=12, fill=False) == ["a", "b", "c", "d", "e"]


def test_a_block_that_wants_them_has_them_though_the_site_does_not(settings):
    settings.SMO_KIT = settings.SMO_KIT | {"BEST": {"fill": False}}
    page, near, _ = cards(["page", "near", "other"]).values()
    alike(page, {near: 0.5})
    rank([page.pk])
    assert names(page) == ["near", "other"]
    assert names(page, fill=False) == ["near"]


def test_a_page_without_a_card_has_the_newest_beside_it(site):
    found = related_to(Key(site["page"].content_type_id, "nowhere", "en"), BestConf(limit=1))
    assert [one.key.object_pk for one in found] == ["young"]


def test_the_newest_are_never_the_page_itself_nor_what_is_locked_or_hidden(site):
    page = a_card("fresh", age=0)
    a_card("locked", free=False, age=0)
    wish(page, hides=[a_card("hidden", age=0)])
    Neighbour.objects.filter(card=page).delete()
    assert names(page, limit=1) == ["young"]


def test_where_an_editor_wants_only_his_choice_nothing_follows(site):
    wish(site["page"], only=True, pins=[site["d"]])
    rank([site["page"].pk])
    assert names(site["page"]) == ["d"]
    assert names(site["page"], kind="recipe") == []
    site["d"].delete()
    assert names(site["page"]) == []


def test_a_pin_of_a_kind_that_the_index_leaves_out_is_shown(site):
    wish(site["page"], pins=[a_card("team", text=False)])
    rank([site["page"].pk])
    assert names(site["page"])[0] == "team"


class TestLanguages:
    @pytest.fixture
    def translated(self, site):
        """The page in Russian too, where "c" is the most alike, and a page that is there in Russian alone."""
        page = a_card("page", language="ru")
        third, own = a_card("c", language="ru"), a_card("own", language="ru")
        alike(page, {third: 0.5, own: 0.4})
        rank([page.pk])
        return page

    def test_each_language_has_its_own(self, site, translated):
        assert names(translated) == ["c", "own"]
        assert names(site["page"])[:2] == ["a", "b"]

    def test_those_of_another_language(self, site, translated):
        found = related_to(site["page"].key, BestConf(language="ru"))
        assert [(one.key.object_pk, one.key.language) for one in found] == [("c", "ru"), ("own", "ru")]

    def test_those_of_every_language_each_page_once_in_the_readers_own(
        self, site, translated, django_assert_num_queries
    ):
        with django_assert_num_queries(1):
            found = related_to(site["page"].key, BestConf(language="*", limit=6, explore=0))
        spoken = {one.key.object_pk: one.key.language for one in found}
        assert spoken == {"a": "en", "b": "en", "c": "en", "d": "en", "e": "en", "own": "ru"}

    def test_the_newest_of_another_language_where_the_page_is_not_in_it(self, site):
        a_card("german", language="de")
        assert names(site["page"], language="de") == ["german"]

    def test_the_newest_of_every_language_each_page_once(self, translated):
        for name, language, age in (("own", "en", 0.3), ("both", "en", 0.2), ("both", "ru", 0.1)):
            a_card(name, language=language, age=age)
        found = related_to(Key(translated.content_type_id, "nowhere", "ru"), BestConf(language="*", limit=3))
        assert [(one.key.object_pk, one.key.language) for one in found] == [
            ("both", "ru"),
            ("own", "ru"),
            ("young", "en"),
        ]
