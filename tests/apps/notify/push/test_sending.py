"""What a device is told, by a push service on this machine that reads what was sent."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.utils import timezone

from smo_kit.comments.moves import move
from smo_kit.comments.states import State
from smo_kit.mail.sending import send_what_is_due
from smo_kit.notify.fan_out import spread
from smo_kit.notify.inbox import mark_read
from smo_kit.notify.models import Delivery, Push, PushDevice
from smo_kit.notify.push import sending
from smo_kit.notify.push.queue import LEASE, claim, queue_pushes
from smo_kit.notify.push.sending import send_pushes
from smo_kit.notify.services import mute, pause
from smo_kit.notify.subscribers import subscriber_of
from smo_kit.notify.tasks import spread_news
from tests.blog.models import Post

pytestmark = pytest.mark.django_db


def again() -> None:
    """Let the pause before the next try be over."""
    Push.objects.filter(due__isnull=False).update(due=timezone.now())


class TestSent:
    def test_a_device_is_told_what_only_it_can_read(self, device, service, browser, answered):
        device()
        entry = answered("It is the *second* one.")
        send_what_is_due()
        ((path, headers, body),) = service.came
        assert path == "/ada"
        assert browser.read(body) == {
            "title": "Bridges of stone",
            "body": "Bob: It is the second one.",
            "tag": f"c{entry.pk}",
            "lang": "en",
            "data": f"https://magazine.test/smo/comments/{entry.pk}/",
        }
        assert headers["content-encoding"] == "aes128gcm"
        assert headers["ttl"] == "86400"
        assert service.is_signed()

    def test_the_task_that_spreads_news_tells_at_once(self, device, service, answered):
        device()
        answered()
        spread_news.func()
        assert len(service.came) == 1

    def test_by_a_worker_of_its_site(self, settings, device, answered):
        device()
        answered()
        spread(100)
        settings.SITE_ID = 2
        assert not claim(10)
        settings.SITE_ID = 1
        assert len(claim(10)) == 1

    def test_each_device_once(self, device, service, answered):
        device("/phone")
        device("/desk")
        entry = answered()
        send_what_is_due()
        move(entry, State.REMOVED)
        move(entry, State.PUBLISHED)
        send_what_is_due()
        assert sorted(path for path, *_rest in service.came) == ["/desk", "/phone"]

    def test_a_long_comment_and_title_are_cut_to_what_services_take(self, device, service, browser, say, ada, bob):
        post = Post.objects.create(slug="long", title="Мосты " * 80)
        device(language="ru")
        say(bob, "Ответ 👨‍👩‍👧‍👦 " * 200, on=post, reply_to=say(ada, "Что скажете?", on=post))
        spread(100)
        send_pushes(10)
        ((_path, _headers, body),) = service.came
        assert len(body) <= 4096
        assert len(browser.read(body)["body"]) < 700

    def test_who_has_none_costs_no_row(self, service, answered):
        answered()
        spread(100)
        assert not Push.objects.exists()

    def test_guests_and_the_author_get_none(self, device, service, say, ada, reader):
        reader()
        device()
        say(ada)
        send_what_is_due()
        assert service.came == []

    def test_without_keys_nothing_is_written_or_asked(self, settings, device, answered, django_assert_num_queries):
        device()
        settings.SMO_KIT = {name: part for name, part in settings.SMO_KIT.items() if name != "NOTIFY"}
        answered()
        spread(100)
        assert not Push.objects.exists()
        with django_assert_num_queries(0):
            assert send_pushes(10) == 0

    def test_queueing_costs_the_same_for_many_devices(self, device, say, ada, bob, django_assert_num_queries):
        for n in range(5):
            device(f"/{n}")
        entry = say(bob, "It is the second one.", reply_to=say(ada))
        rows = [Delivery(subscriber=subscriber_of(ada), entry=entry, discussion_id=entry.discussion_id)]
        with django_assert_num_queries(2):
            queue_pushes(entry, rows)
        assert Push.objects.count() == 5


class TestNotSent:
    @pytest.fixture
    def queued(self, device, answered):
        device()
        entry = answered()
        spread(100)
        assert Push.objects.count() == 1
        return entry

    def test_a_withdrawn_comment_is_not(self, queued, service):
        move(queued, State.REMOVED)
        send_what_is_due()
        assert service.came == []

    def test_one_that_is_withdrawn_and_published_again_is_once(self, queued, service):
        move(queued, State.REMOVED)
        send_what_is_due()
        move(queued, State.PUBLISHED)
        send_what_is_due()
        assert len(service.came) == 1

    def test_one_that_is_read_on_the_site_is_not(self, queued, service, ada):
        mark_read(ada, until=Delivery.objects.get().pk)
        send_what_is_due()
        assert service.came == []
        assert not Push.objects.exists()

    def test_one_of_a_page_that_nobody_may_see_is_not(self, queued, service):
        post = Post.objects.get()
        post.is_public = False
        post.save()
        send_what_is_due()
        assert service.came == []

    def test_one_is_not_during_a_pause(self, queued, service, ada):
        pause(subscriber_of(ada))
        send_what_is_due()
        assert service.came == []

    def test_one_of_a_muted_discussion_is_not(self, device, service, discussion, ada, answered):
        device()
        mute(subscriber_of(ada), discussion)
        answered()
        send_what_is_due()
        assert service.came == []

    def test_another_worker_takes_what_is_left(self, queued, service):
        assert len(claim(10)) == 1  # and is killed
        assert claim(10) == []
        Push.objects.update(due=timezone.now() - LEASE)
        send_pushes(10)
        assert len(service.came) == 1


class TestFaults:
    @pytest.mark.parametrize("status", [404, 410])
    def test_a_device_that_is_gone_is_forgotten(self, device, service, answered, status):
        device()
        service.answers["/ada"] = (status, {})
        answered()
        send_what_is_due()
        assert not PushDevice.objects.exists()

    def test_another_error_is_tried_again_a_few_times(self, device, service, answered):
        device()
        service.answers["/ada"] = (500, {})
        answered()
        spread(100)
        for _ in range(6):
            send_pushes(10)
            again()
        assert len(service.came) == 4
        assert PushDevice.objects.get().last_error.endswith("said 500")

    def test_what_goes_well_later_is_no_error_any_more(self, device, service, answered):
        device()
        service.answers["/ada"] = (503, {})
        answered()
        spread(100)
        send_pushes(10)
        service.answers.clear()
        again()
        send_pushes(10)
        assert PushDevice.objects.get().last_error == ""
        assert Push.objects.get().due is None

    def test_a_service_may_say_when(self, device, service, answered):
        device()
        service.answers["/ada"] = (429, {"Retry-After": "7200"})
        answered()
        send_what_is_due()
        assert Push.objects.get().due > timezone.now() + dt.timedelta(seconds=7000)

    @pytest.mark.parametrize("status", [400, 403, 413])
    def test_what_is_refused_for_good_is_not_tried_again(self, device, service, answered, status):
        device()
        service.answers["/ada"] = (status, {})
        answered()
        send_what_is_due()
        again()
        send_what_is_due()
        assert len(service.came) == 1

    def test_a_redirect_is_not_followed(self, device, service, answered):
        device()
        service.answers["/ada"] = (307, {"Location": f"{service.url}/elsewhere"})
        answered()
        send_what_is_due()
        assert [path for path, *_rest in service.came] == ["/ada"]
        assert Push.objects.get().tries == 1

    def test_a_silent_service_is_left_alone_for_the_rest_and_mails_go_out(
        self, monkeypatch, device, service, say, ada, bob, reader, answered, deliver
    ):
        monkeypatch.setattr(sending, "TIMEOUT", 0.2)
        service.hold = threading.Event()
        for n in range(5):
            device(f"/{n}")
        reader()
        answered()
        assert len(deliver()) == 1
        assert len(service.came) == 1
        assert set(Push.objects.values_list("tries", flat=True)) == {1}

    def test_a_step_ends_when_its_time_is_over(self, monkeypatch, device, service, answered):
        for n in range(3):
            device(f"/{n}")
        answered()
        spread(100)
        monkeypatch.setattr(sending, "STEP_SECONDS", -1.0)
        assert send_pushes(10) == 0
        monkeypatch.undo()
        assert send_pushes(10) == 3

    def test_keys_that_are_no_point_of_the_curve_end_the_device(self, device, service, answered):
        one = device()
        PushDevice.objects.filter(pk=one.pk).update(p256dh="BA" + "B" * 85)
        answered()
        send_what_is_due()
        assert service.came == []
        assert not PushDevice.objects.exists()

    def test_a_private_address_is_never_called(self, settings, device, service, answered):
        device()
        settings.SMO_KIT = settings.SMO_KIT | {"CORE": settings.SMO_KIT["CORE"] | {"http_allow": []}}
        answered()
        send_what_is_due()
        assert service.came == []
        assert "without https" in PushDevice.objects.get().last_error
