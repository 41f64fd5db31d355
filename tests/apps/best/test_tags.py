"""``{% smo_related %}`` and ``{% smo_best %}``: which pages stand there, and what it costs."""

from __future__ import annotations

import pytest
from django.template import TemplateSyntaxError
from django.utils.translation import override

from smo_kit.best import rendering
from smo_kit.best.conf import BestConf, best_settings
from smo_kit.best.models import Neighbour, Score
from smo_kit.best.stamp import bump
from smo_kit.best.tags import BEST_OPTIONS, RELATED_OPTIONS
from smo_kit.core.models import CardRow
from smo_kit.core.subjects import Key, key_of
from tests.apps.best.shown import beside, html, liked, page, shown, titles
from tests.blog.models import Post, Story, Telling

pytestmark = pytest.mark.django_db
FEW = [
    pytest.param("smo_related limt=2", "Did you mean 'limit'", id="a slip"),
    pytest.param('smo_related period="week"', "is no option", id="an option of the other tag"),
    pytest.param('smo_related layout="grid"', "must be one of", id="a layout that there is not"),
    pytest.param("smo_related limit=13", "limit", id="too many"),
    pytest.param('smo_best period="day"', "must be one of", id="a period that there is not"),
]


@pytest.fixture
def tea() -> Post:
    return beside(page("tea"), page("mint"), page("rum"))


class TestRelated:
    def test_shows_what_is_beside_the_object_in_its_order(self, tea):
        assert titles(shown("smo_related post", post=tea)) == ["Mint", "Rum"]

    def test_speaks_of_the_page_without_an_object(self, tea):
        assert titles(shown("smo_related", object=tea)) == ["Mint", "Rum"]

    def test_takes_no_more_than_its_limit(self, tea):
        assert titles(shown("smo_related post limit=1", post=tea)) == ["Mint"]

    def test_prints_nothing_at_all_where_there_is_nothing(self, tea):
        Neighbour.objects.all().delete()
        assert html("smo_related post fill=False", post=tea) == ""

    def test_says_nothing_of_a_draft_to_a_stranger(self, tea):
        Post.objects.update(is_public=False)
        tea.refresh_from_db()
        assert html("smo_related post", post=tea) == ""

    def test_a_page_without_an_object_has_no_neighbours(self, tea):
        assert html("smo_related") == ""

    def test_finds_those_of_a_model_with_one_language_on_pages_in_any(self, tea):
        with override("ru"):
            assert titles(shown("smo_related post", post=tea)) == ["Mint", "Rum"]

    def test_speaks_the_language_of_the_page(self, db):
        story = Story.objects.create()
        for code in ("en", "ru"):
            Telling.objects.create(story=story, language=code, slug=code, title=code)
        for code in ("en", "ru"):
            key = key_of(story, code)
            columns = {"source_type_id": key.content_type_id, "source_pk": key.object_pk, "url": "/", "title": code}
            row = CardRow.objects.create(**key.fields, language=code, **columns)
            beside_it = page(f"tea-{code}", code, title=f"Tea {code}")
            Neighbour.objects.create(card=row, other=beside_it, place=0)
        for code in ("en", "ru"):
            with override(code):
                telling = Telling.objects.get(language=code)
                assert titles(shown("smo_related one", one=telling)) == [f"Tea {code}"]


class TestBest:
    def test_shows_the_best_of_a_period(self, db):
        liked(page("tea"), page("mint"))
        liked(page("rum"), period="week")
        assert titles(shown("smo_best fill=False")) == ["Tea", "Mint"]
        assert titles(shown('smo_best period="week" fill=False')) == ["Rum"]

    def test_speaks_the_language_of_the_page(self, db):
        liked(page("tea"), page("чай", "ru"))
        with override("ru"):
            assert titles(shown("smo_best fill=False")) == ["Чай"]

    def test_announcements_are_the_newest_unless_told_otherwise(self, db):
        page("tea")
        assert titles(shown('smo_best layout="announcements"')) == ["Tea"]
        assert html('smo_best layout="announcements" period="week" fill=False') == ""

    def test_prints_nothing_at_all_where_there_is_nothing(self, db):
        assert html("smo_best") == ""


class TestOptions:
    @pytest.mark.parametrize(("tag", "cure"), FEW)
    def test_a_wrong_one_is_logged_with_its_cure_and_left_out(self, db, tag, cure, caplog):
        html(tag)
        html(tag.replace("smo_related", "smo_related post"), post=Post.objects.create(slug="a", title="A"))
        assert cure in caplog.text

    def test_a_wrong_one_is_an_error_while_developing(self, tea, settings):
        settings.DEBUG = True
        with pytest.raises(ValueError, match="Did you mean 'limit'"):
            html("smo_related post limt=2", post=tea)

    def test_are_settings_that_an_editor_can_change(self):
        assert {*RELATED_OPTIONS, *BEST_OPTIONS} <= set(best_settings.editable)

    def test_a_setting_holds_where_no_option_says_otherwise(self, tea, settings):
        settings.SMO_KIT = {**settings.SMO_KIT, "BEST": {"limit": 1, "layout": "list"}}
        assert titles(shown("smo_related post", post=tea)) == ["Mint"]
        assert shown("smo_related post", post=tea).select_one(".smo-best-list")
        assert titles(shown("smo_related post limit=2", post=tea)) == ["Mint", "Rum"]

    def test_a_second_object_is_an_error(self):
        with pytest.raises(TemplateSyntaxError):
            html("smo_best one")


class TestCost:
    def test_a_warm_block_asks_no_query(self, tea, django_assert_num_queries):
        liked(page("ale"))
        for tag in ("smo_related post", "smo_best"):
            html(tag, post=tea, object=tea)
            with django_assert_num_queries(0):
                assert html(tag, post=tea, object=tea)

    def test_a_cold_block_asks_one(self, tea, django_assert_num_queries):
        html("smo_related post", post=tea)  # the page's own card is kept now
        with django_assert_num_queries(1):
            assert html("smo_related post limit=2", post=tea)

    def test_while_developing_nothing_is_kept(self, tea, settings):
        settings.DEBUG = True
        html("smo_related post", post=tea)
        Neighbour.objects.filter(place=0).delete()
        assert titles(shown("smo_related post", post=tea)) == ["Rum"]


class TestKept:
    def test_until_the_stamp_is_another(self, tea, django_capture_on_commit_callbacks):
        html("smo_related post", post=tea)
        Neighbour.objects.filter(place=0).delete()
        assert titles(shown("smo_related post", post=tea)) == ["Mint", "Rum"]
        with django_capture_on_commit_callbacks(execute=True):
            bump()
        assert titles(shown("smo_related post", post=tea)) == ["Rum"]

    def test_for_each_page_by_itself(self, tea):
        other = beside(page("ale"), page("gin"))
        assert titles(shown("smo_related post", post=tea)) == ["Mint", "Rum"]
        assert titles(shown("smo_related post", post=other)) == ["Gin"]

    def test_until_other_pages_are_tried(self, tea, monkeypatch):
        made = []
        whole = rendering.render_to_string
        monkeypatch.setattr(rendering, "render_to_string", lambda *args: made.append(1) or whole(*args))
        for turn in (1, 1, 2):
            monkeypatch.setattr("smo_kit.best.tags.period_of", lambda *args, turn=turn: turn)
            html("smo_related post", post=tea)
        assert len(made) == 2


def test_a_list_of_the_best_is_asked_for_in_the_language_of_the_page_and_without_it(tea, monkeypatch):
    asked = []

    def best_of(conf: BestConf, language: str, *, without: list[Key]) -> list[object]:
        asked.append((conf.tag, language, without))
        return []

    monkeypatch.setattr("smo_kit.best.tags.best_of", best_of)
    with override("ru"):
        html('smo_best tag="Green"', object=tea)
        html("smo_best", path="/nowhere/")
    assert asked == [("Green", "en", [key_of(tea)]), ("", "ru", ())]


def test_scores_of_a_card_that_is_gone_show_nothing():
    liked(page("tea"))
    CardRow.objects.all().delete()
    assert Score.objects.count() == 1
    assert html("smo_best") == ""
