"""Which devices are told, and what is said of keys and packages that are missing."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from bs4 import BeautifulSoup
from django.core.management import CommandError, call_command
from django.utils import timezone

from smo_kit.core.people import Erasure, Person
from smo_kit.mail.sending import send_what_is_due
from smo_kit.notify import personal, sweeps
from smo_kit.notify.conf import notify_settings
from smo_kit.notify.models import Push, PushDevice, Subscriber
from smo_kit.notify.push import checks, keys
from smo_kit.notify.push.devices import BadDevice, add_device

pytestmark = pytest.mark.django_db
INBOX = "/smo/notify/inbox/"
DEVICE = "/smo/notify/push/"
PUBLIC = "BDd3_hVL9fZi9Ybo2UUzA284WG5FZR30_95YeZJsiApwXKpNcF1rRPF3foIiBHXRdJI2Qhumhf6_LFTeZaNndIo"


class TestDevices:
    @pytest.fixture
    def as_ada(self, client, ada):
        client.force_login(ada)
        return client

    @pytest.fixture
    def fields(self, service, browser):
        return {"endpoint": f"{service.url}/ada", "p256dh": browser.p256dh, "auth": browser.auth, "language": "ru"}

    def test_the_button_registers_and_takes_off(self, as_ada, ada, fields):
        assert as_ada.post(DEVICE, fields).status_code == 204
        one = PushDevice.objects.get()
        assert (one.subscriber.user, one.language) == (ada, "ru")
        assert as_ada.post(DEVICE, {"endpoint": fields["endpoint"], "end": "1"}).status_code == 204
        assert not PushDevice.objects.exists()

    def test_twice_is_once(self, as_ada, fields):
        as_ada.post(DEVICE, fields)
        as_ada.post(DEVICE, fields)
        assert PushDevice.objects.count() == 1

    def test_a_browser_is_that_of_who_was_there_last(self, as_ada, client, bob, fields):
        as_ada.post(DEVICE, fields)
        client.force_login(bob)
        client.post(DEVICE, fields)
        assert PushDevice.objects.get().subscriber.user == bob

    def test_nobody_takes_off_anothers(self, as_ada, client, bob, fields):
        as_ada.post(DEVICE, fields)
        client.force_login(bob)
        client.post(DEVICE, {"endpoint": fields["endpoint"], "end": "1"})
        assert PushDevice.objects.exists()

    def test_the_oldest_makes_room_for_the_eleventh(self, device, ada, service):
        for n in range(12):
            device(f"/{n}")
        left = {one.endpoint.removeprefix(service.url) for one in PushDevice.objects.all()}
        assert left == {f"/{n}" for n in range(2, 12)}

    @pytest.mark.parametrize(
        "wrong",
        [
            {"endpoint": ""},
            {"endpoint": "http://push.example.org/x"},
            {"endpoint": "https://10.0.0.1/x"},
            {"endpoint": "https://[::1]/x"},
            {"endpoint": "https://me:word@push.example.org/x"},
            {"endpoint": "javascript:alert(1)"},
            {"endpoint": "https://push.example.org/" + "x" * 2000},
            {"p256dh": "short"},
            {"p256dh": "ÿ" * 87},
            {"auth": ""},
            {"auth": "AAAA"},
        ],
    )
    def test_what_no_push_service_could_be_told_is_refused(self, as_ada, fields, wrong):
        response = as_ada.post(DEVICE, fields | wrong)
        assert response.status_code == 400
        assert "can't be used here" in response.content.decode()
        assert not PushDevice.objects.exists()

    def test_who_is_not_signed_in_registers_none(self, client, fields):
        assert client.post(DEVICE, fields).status_code == 302
        assert not PushDevice.objects.exists()

    def test_the_button_is_there_for_the_script_alone(self, as_ada, pair, service):
        form = BeautifulSoup(as_ada.get(INBOX).content, "html.parser").select_one(".smo-devices")
        assert form.has_attr("hidden")
        assert form["data-smo-key"] == pair.public
        assert form["data-smo-worker"] == "/smo/notify/worker.js"

    def test_the_worker_lies_in_the_folder_of_the_list(self, client):
        response = client.get("/smo/notify/worker.js")
        assert response["Content-Type"].startswith("text/javascript")
        assert b"showNotification" in response.content
        assert not response.cookies

    def test_exported_and_erased_with_the_person(self, device, ada):
        device()
        person = Person(address="ada@example.org", user_ids=(ada.pk,))
        assert personal.export(person)["devices"][0]["push service"].startswith("127.0.0.1")
        personal.erase(person, Erasure())
        assert not PushDevice.objects.exists()

    def test_old_rows_are_swept(self, device, answered):
        device()
        answered()
        send_what_is_due()
        assert sweeps.sweep_pushes() == 0
        Push.objects.update(created=timezone.now() - dt.timedelta(days=91))
        assert sweeps.sweep_pushes() == 1

    def test_a_bad_device_says_so(self, ada, service):
        with pytest.raises(BadDevice):
            add_device(ada, endpoint="https://push.example.org/x", p256dh="", auth="")
        assert not Subscriber.objects.exists()


class TestSetUp:
    def found(self, settings, **notify) -> list[str]:
        settings.SMO_KIT = {**settings.SMO_KIT, "NOTIFY": notify}
        return [one.msg for one in checks.push_is_whole(None)]

    def test_nothing_is_said_without_keys(self, settings):
        assert self.found(settings) == []

    def test_half_of_the_keys(self, settings):
        assert self.found(settings, push_public_key=PUBLIC) == ["No web push is sent: push_private_key is missing."]

    def test_a_pair_is_right_and_two_halves_are_not(self, settings, pair):
        other = keys.new_pair().private
        assert self.found(settings, push_public_key=pair.public, push_private_key=pair.private) == []
        (said,) = self.found(settings, push_public_key=pair.public, push_private_key=other)
        assert "don't belong together" in said

    def test_keys_without_the_packages(self, settings, monkeypatch, client, ada):
        monkeypatch.setattr(checks, "IS_INSTALLED", False)
        monkeypatch.setattr(keys, "IS_INSTALLED", False)
        private = "A" * 43
        (said,) = self.found(settings, push_public_key=PUBLIC, push_private_key=private)
        assert "not installed" in said
        client.force_login(ada)
        assert b"smo-devices" not in client.get(INBOX).content
        assert client.post(DEVICE, {}).status_code == 404

    @pytest.mark.parametrize("name", ["push_public_key", "push_private_key"])
    @pytest.mark.parametrize("value", ["x", "ключ", "A" * 60, "A" * 43 + "!"])
    def test_what_is_no_key_is_a_fault_that_does_not_repeat_it(self, settings, name, value):
        settings.SMO_KIT = {"NOTIFY": {name: value}}
        (wrong,) = notify_settings.from_code()[1]
        assert wrong.message.endswith("of smo_push_keys")
        assert value not in wrong.message or value == "x"

    def test_the_command_prints_keys_that_work(self, settings, pair):
        out = io.StringIO()
        call_command("smo_push_keys", stdout=out, stderr=io.StringIO())
        public, private = (line.split('"')[3] for line in out.getvalue().splitlines())
        assert keys.is_pair(public, private)

    def test_the_command_names_the_package(self, monkeypatch):
        monkeypatch.setattr("smo_kit.notify.management.commands.smo_push_keys.IS_INSTALLED", False)
        with pytest.raises(CommandError, match=r"smo-kit\[push\]"):
            call_command("smo_push_keys")
