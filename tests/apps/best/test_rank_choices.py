"""An editor pins, hides, chooses by hand, and keeps a page from being offered anywhere."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from smo_kit.best.models import Choice, Curation, Pick, Text
from smo_kit.best.order.due import sweep_orders
from smo_kit.best.order.picks import renew_offered
from smo_kit.best.order.ranking import rank
from smo_kit.best.suggestions import CHOSEN
from tests.apps.best.shelf import a_card, alike, cards, order, reasons, wish

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    """A page beside which "near" stands before "far"; "other" is new."""
    made = cards(["page", "near", "far", "other"], age=300)
    alike(made["page"], {made["near"]: 0.4, made["far"]: 0.1})
    rank([made["page"].pk])
    Text.objects.update(unranked=None)
    return made


class TestChoices:
    def test_what_is_pinned_comes_first_in_the_editors_order(self, site):
        wish(site["page"], pins=[site["other"], site["far"]])
        rank([site["page"].pk])
        assert order(site["page"]) == ["other", "far", "near"]
        assert reasons(site["page"])["far"] == (CHOSEN, "")

    def test_what_is_hidden_is_not_offered(self, site):
        wish(site["page"], hides=[site["near"], site["other"]])
        rank([site["page"].pk])
        assert order(site["page"]) == ["far"]

    def test_only_what_is_pinned(self, site):
        wish(site["page"], only=True, pins=[site["other"]])
        rank([site["page"].pk])
        assert order(site["page"]) == ["other"]

    def test_only_without_any_pin_is_nothing(self, site):
        wish(site["page"], only=True)
        rank([site["page"].pk])
        assert order(site["page"]) == []

    def test_pins_of_one_series_stay(self, site):
        parts = [a_card(f"part{n}", title=f"Part {n}") for n in range(4)]
        wish(site["page"], pins=parts)
        rank([site["page"].pk])
        assert order(site["page"])[:4] == [part.object_pk for part in parts]

    def test_a_pin_of_a_kind_that_the_index_leaves_out_is_offered(self, site):
        wish(site["page"], pins=[a_card("team", kind="website", text=False)])
        rank([site["page"].pk])
        assert order(site["page"])[0] == "team"

    def test_never_itself_nor_another_language(self, site):
        wish(site["page"], only=True, pins=[site["page"], a_card("russian", language="ru")])
        rank([site["page"].pk])
        assert order(site["page"]) == []

    def test_a_wish_holds_in_every_language_of_the_page(self, site):
        page, near = a_card("page", language="ru"), a_card("near", language="ru")
        a_card("other", language="ru", age=1)
        wish(site["page"], pins=[near])
        rank([page.pk])
        assert order(page) == ["near", "other"]

    def test_of_a_page_that_has_no_text_itself(self, site):
        front = a_card("front", kind="website", text=False)
        wish(front, pins=[site["far"]])
        rank([front.pk])
        assert order(front)[0] == "far"


class TestAtOnce:
    """What an editor saves is seen at the next look."""

    def test_a_choice_that_is_made_and_taken_back(self, site, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            curation = wish(site["page"], pins=[site["far"]])
        assert order(site["page"])[0] == "far"
        with django_capture_on_commit_callbacks(execute=True):
            curation.choices.all().delete()
        assert order(site["page"])[0] == "near"

    def test_a_curation_that_is_deleted_with_its_choices(self, site, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            curation = wish(site["page"], only=True, pins=[site["far"]])
        assert order(site["page"]) == ["far"]
        with django_capture_on_commit_callbacks(execute=True):
            curation.delete()
        assert order(site["page"])[0] == "near"

    def test_many_choices_are_put_in_order_once(self, site, monkeypatch, django_capture_on_commit_callbacks):
        calls = []
        monkeypatch.setattr("smo_kit.best.order.choices.rank", lambda ids: calls.append(ids) or rank(ids))
        with django_capture_on_commit_callbacks(execute=True):
            wish(site["page"], pins=[site["far"], site["other"]], hides=[site["near"]])
        assert [ids for ids in calls if ids] == [[site["page"].pk]]

    def test_fixtures_that_are_loaded_raw_put_nothing_in_order(self, site):
        Curation(content_type=site["page"].content_type, object_pk="page").save_base(raw=True)
        Choice(curation=Curation.objects.get(), content_type=site["page"].content_type, object_pk="far").save_base(
            raw=True
        )
        Pick(content_type=site["page"].content_type, object_pk="far", verb=Pick.Verb.NEVER).save_base(raw=True)
        assert not Text.objects.to_rank()
        assert not Text.objects.filter(offered=False)


class TestNowhere:
    def pick(self, card, **fields):
        fields = {"verb": Pick.Verb.NEVER} | fields
        return Pick.objects.create(content_type=card.content_type, object_pk=card.object_pk, **fields)

    def offered(self, card) -> bool:
        return Text.objects.get(card=card).offered

    def test_a_page_is_offered_nowhere_any_more_and_again(self, site):
        pick = self.pick(site["near"])
        assert not self.offered(site["near"])
        assert site["page"].pk in Text.objects.to_rank().values_list("pk", flat=True)
        rank([site["page"].pk])
        assert "near" not in order(site["page"])
        pick.delete()
        assert self.offered(site["near"])
        rank([site["page"].pk])
        assert order(site["page"])[0] == "near"

    def test_an_editors_pick_is_none_of_them(self, site):
        self.pick(site["near"], verb=Pick.Verb.PICK)
        assert self.offered(site["near"])

    def test_nowhere_of_one_site_is_nowhere_on_all(self, site, settings):
        self.pick(site["near"], site_id=7)
        assert not self.offered(site["near"])
        settings.SITE_ID = 2
        renew_offered()
        assert not self.offered(site["near"])

    def test_it_begins_and_ends_by_itself(self, site):
        now = timezone.now()
        pick = self.pick(site["near"], since=now + dt.timedelta(hours=1))
        assert self.offered(site["near"])
        Pick.objects.update(since=now - dt.timedelta(hours=1))
        sweep_orders()
        assert not self.offered(site["near"])
        Pick.objects.update(until=now - dt.timedelta(minutes=1))
        sweep_orders()
        assert self.offered(site["near"])
        assert pick.pk

    def test_one_that_is_asked_for_leaves_the_others_alone(self, site):
        Pick.objects.bulk_create(
            Pick(content_type=site[name].content_type, object_pk=name, verb=Pick.Verb.NEVER) for name in ("near", "far")
        )
        assert renew_offered([site["far"].key]) == 1
        assert self.offered(site["near"])
        assert not self.offered(site["far"])

    def test_what_is_so_already_is_not_written(self, site, django_assert_num_queries):
        self.pick(site["near"])
        with django_assert_num_queries(3):
            assert renew_offered() == 0
