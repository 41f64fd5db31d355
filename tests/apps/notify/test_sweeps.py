"""What is old is thrown away by ``smo_sync``."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from smo_kit.notify.due_times import FOREVER
from smo_kit.notify.fan_out import spread
from smo_kit.notify.models import Delivery, Subscriber
from smo_kit.notify.services import ask, end_all, set_frequency
from smo_kit.notify.subscribers import at_address, subscriber_of
from smo_kit.notify.sweeps import sweep_deliveries, sweep_subscribers

pytestmark = pytest.mark.django_db


def age(rows, **long: float) -> None:
    rows.update(created=timezone.now() - dt.timedelta(**long))


class TestNotifications:
    @pytest.fixture
    def row(self, say, ada, reader):
        reader()
        say(ada)
        spread(100)
        return Delivery.objects

    def test_old_ones_go(self, row):
        row.update(due=None)
        age(row, days=89)
        assert sweep_deliveries() == 0
        age(row, days=91)
        assert sweep_deliveries() == 1
        assert not row.exists()

    def test_one_that_waits_for_the_end_of_a_pause_stays(self, row):
        row.update(due=timezone.now() + dt.timedelta(days=30))
        age(row, days=91)
        assert sweep_deliveries() == 0

    def test_one_that_waits_for_the_end_of_a_pause_without_end_goes(self, row):
        row.update(due=FOREVER)
        age(row, days=89)
        assert sweep_deliveries() == 0
        age(row, days=91)
        assert sweep_deliveries() == 1


class TestSubscribers:
    def test_who_has_not_proved_his_address_in_time_goes(self, db):
        at_address("guest@example.org")
        age(Subscriber.objects, hours=47)
        assert sweep_subscribers() == 0
        age(Subscriber.objects, hours=49)
        assert sweep_subscribers() == 1

    def test_who_has_asked_again_can_still_prove_it(self, discussion):
        at_address("guest@example.org")
        age(Subscriber.objects, hours=49)
        ask("Guest@example.org", discussion, language="en")
        assert sweep_subscribers() == 0

    def test_who_ended_all_mails_long_ago_goes_with_what_he_followed(self, reader):
        end_all(reader())
        age(Subscriber.objects, days=91)
        assert sweep_subscribers() == 0
        Subscriber.objects.update(ended_at=timezone.now() - dt.timedelta(days=91))
        assert sweep_subscribers() == 1

    def test_who_has_begun_again_stays(self, reader):
        one = reader()
        end_all(one)
        set_frequency(one, "daily")
        assert one.ended_at is None

    def test_ending_once_more_prolongs_nothing(self, reader):
        one = reader()
        end_all(one)
        first = one.ended_at
        end_all(one)
        assert one.ended_at == first

    def test_readers_and_members_stay(self, reader, ada):
        reader()
        subscriber_of(ada)
        age(Subscriber.objects, days=1000)
        assert sweep_subscribers() == 0
