"""What locks keep of people and for how long; what a member sees of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import RequestFactory
from django.utils import timezone
from django.utils.translation import override

from smo_kit.core.identities import ERASED, of_member
from smo_kit.core.members import panels
from smo_kit.core.models import CardRow, Place
from smo_kit.core.people import erase, look, person_of
from smo_kit.core.subjects import key_of
from smo_kit.core.sweeps import run_sweeps
from smo_kit.lock.models import Count, Lock, Opening, Spot
from smo_kit.lock.panels import panel_html
from tests.apps.lock.desk_locks import lock_of, opened, post, put

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def member(django_user_model: Any) -> Any:
    return django_user_model.objects.create_user("ada", email="ada@example.org", password="pw")


def panel(member: Any, rf: RequestFactory) -> list[str]:
    request = rf.get("/account/")
    request.user = member
    return [one.get_text(" ", strip=True) for one in BeautifulSoup(panel_html(request), "html.parser").select("li")]


class TestPerson:
    def test_reads_what_he_has_opened(self, member: Any) -> None:
        made = post()
        lock = lock_of(made, "recipe")
        until = timezone.now() + DAY
        row = opened(lock, member, opener=of_member(member.pk)[0], way="share", network="vk", until=until)
        opened(lock, opener="somebody else")

        assert look(person_of(member))["lock"]["openings"] == [
            {
                "page": made.get_absolute_url(),
                "lock": "recipe",
                "way": "share",
                "network": "vk",
                "tried": row.tried,
                "opened": row.opened,
                "until": until,
            }
        ]

    def test_reads_what_has_his_mark_alone(self, member: Any) -> None:
        opened(lock_of(post()), opener=of_member(member.pk)[0])

        assert len(look(person_of(member))["lock"]["openings"]) == 1

    def test_leaves_no_mark_when_his_account_is_deleted(self, member: Any) -> None:
        row = opened(lock_of(post()), member, opener=of_member(member.pk)[0], way="wait")
        member.delete()
        row.refresh_from_db()
        assert row.user is None
        assert row.opener.startswith(ERASED)

    def test_is_taken_out_of_what_he_has_opened(self, member: Any) -> None:
        lock = lock_of(post())
        put(lock, "opened", 2)
        mark = of_member(member.pk)[0]
        opened(lock, member, opener=mark, way="wait")
        opened(lock, member, opener=mark, way="rate")
        opened(lock, opener="other")

        assert erase(person_of(member))["lock"] == {"openings": 2}
        assert Opening.objects.filter(user=None).exclude(opener=mark).count() == 3
        assert Opening.objects.filter(opener="other").exists()
        assert Count.objects.get().n == 2
        assert look(person_of(member))["lock"]["openings"] == []

    def test_of_a_page_that_is_gone_the_address_is_empty(self, member: Any) -> None:
        opened(lock_of(post()), member)
        CardRow.objects.all().delete()

        assert look(person_of(member))["lock"]["openings"][0]["page"] == ""


class TestSweeps:
    def test_what_has_closed_long_ago_goes(self) -> None:
        lock, now = lock_of(post()), timezone.now()
        opened(lock, until=now - 31 * DAY)
        kept = [opened(lock, until=now - 29 * DAY), opened(lock, until=now + DAY), opened(lock, until=None)]

        assert run_sweeps()["openings that have closed"] == 1
        assert set(Opening.objects.all()) == set(kept)

    def test_tries_that_came_to_nothing_go(self) -> None:
        lock, now = lock_of(post()), timezone.now()
        opened(lock, opened=None, tried=now - 31 * DAY)
        kept = [
            opened(lock, opened=None, tried=now - 29 * DAY),
            opened(lock, opened=now - 90 * DAY, tried=now - 90 * DAY),
        ]

        assert run_sweeps()["tries that opened nothing"] == 1
        assert set(Opening.objects.all()) == set(kept)

    def test_counts_of_two_years_stay(self) -> None:
        lock = lock_of(post())
        put(lock, "shown", 1, ago=732)
        put(lock, "shown", 2, ago=730)

        assert run_sweeps()["old counts of locks"] == 1
        assert Count.objects.get().n == 2

    def test_locks_of_deleted_pages_go_with_all_that_hangs_on_them(self) -> None:
        gone, hidden = post(), post()
        lock = lock_of(gone, "one")
        opened(lock)
        put(lock, "shown", 1)
        lock_of(gone, "two")
        kept = lock_of(hidden)
        CardRow.objects.all().delete()
        gone.delete()

        assert run_sweeps()["locks of deleted pages"] == 2
        assert Lock.objects.get() == kept
        assert (Opening.objects.count(), Count.objects.count(), Spot.objects.count()) == (0, 0, 1)

    def test_locks_of_places_stay_as_long_as_the_place(self) -> None:
        place = Place.objects.create(path="/about/")
        key = key_of(place)
        Lock.objects.create(content_type_id=key.content_type_id, object_pk=key.object_pk)
        Lock.objects.create(content_type_id=key.content_type_id, object_pk="99999")

        assert run_sweeps()["locks of deleted pages"] == 1
        assert Lock.objects.get().object_pk == key.object_pk

    def test_of_another_site_nothing_goes(self) -> None:
        lock = lock_of(post(), site_id=2)
        opened(lock, until=timezone.now() - 99 * DAY)
        put(lock, "shown", 1, ago=999)

        run_sweeps()
        assert (Opening.objects.count(), Count.objects.count()) == (1, 1)


class TestPanel:
    def test_lists_each_page_once_the_last_opened_first(self, member: Any, rf: RequestFactory) -> None:
        now, tea, rum = timezone.now(), post("Tea"), post("Rum")
        first, second = lock_of(tea, "first"), lock_of(tea, "second")
        opened(first, member, opened=now - 3 * DAY, until=dt.datetime(2031, 1, 1, 12, tzinfo=dt.UTC))
        opened(second, member, opened=now - 2 * DAY, until=dt.datetime(2031, 1, 5, 12, tzinfo=dt.UTC))
        opened(lock_of(rum), member, opened=now - DAY, until=None)

        assert panel(member, rf) == ["Rum open for good", "Tea open until Jan. 5, 2031"]

    def test_what_is_open_for_good_by_one_way_is_so_on_the_whole(self, member: Any, rf: RequestFactory) -> None:
        lock = lock_of(post("Tea"))
        opened(lock, member, way="wait", until=timezone.now() + DAY)
        opened(lock, member, way="rate", until=None, opened=timezone.now() - DAY)

        assert panel(member, rf) == ["Tea open for good"]

    def test_what_signing_in_opens_has_no_end_for_a_member(self, member: Any, rf: RequestFactory) -> None:
        opened(lock_of(post("Tea"), said={"ways": ["wait", "sign_in"]}), member, until=timezone.now() + DAY)

        assert panel(member, rf) == ["Tea open as long as you are signed in"]

    def test_leaves_out_what_is_closed_tried_or_of_another(self, member: Any, rf: RequestFactory) -> None:
        lock = lock_of(post())
        opened(lock, member, way="wait", until=timezone.now() - DAY)
        opened(lock, member, way="rate", opened=None)
        opened(lock)
        opened(lock_of(post(), site_id=2), member)
        opened(lock_of(post(), source="file"), member)

        assert panel(member, rf) == []

    def test_a_page_without_a_snapshot_is_its_address(self, member: Any, rf: RequestFactory) -> None:
        made = post()
        opened(lock_of(made), member)
        CardRow.objects.all().delete()

        assert panel(member, rf) == [f"{made.get_absolute_url()} open for good"]

    def test_a_hostile_title_stays_a_text(self, member: Any, rf: RequestFactory) -> None:
        opened(lock_of(post("<script>x</script>")), member)

        assert panel(member, rf) == ["<script>x</script> open for good"]

    def test_costs_as_much_with_more_pages(
        self, member: Any, rf: RequestFactory, django_assert_max_num_queries: Any
    ) -> None:
        for _ in range(5):
            opened(lock_of(post()), member)

        with django_assert_max_num_queries(3):
            assert len(panel(member, rf)) == 5

    @pytest.mark.parametrize("language", ["en", "ru"])
    def test_is_among_the_parts_of_his_page(self, member: Any, rf: RequestFactory, language: str) -> None:
        opened(lock_of(post("Tea")), member)
        with override(language):
            (one,) = [one for one in panels() if one.id == "lock"]

            assert str(one.label)
            assert panel(member, rf)[0].startswith("Tea ")
