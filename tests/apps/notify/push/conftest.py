"""Members' devices, and a push service on this machine."""

from __future__ import annotations

import pytest

from smo_kit.notify.models import PushDevice
from smo_kit.notify.push import keys
from smo_kit.notify.push.devices import add_device
from tests.require import missing

SERVICE = "tests.apps.notify.push.service"
"""Imported when it is known that the packages are there."""


@pytest.fixture(scope="module")
def pair():
    if not keys.IS_INSTALLED:
        missing("push", "http-ece and py-vapid are not installed")
    return keys.new_pair()


@pytest.fixture
def service(pair, settings):
    running = pytest.importorskip(SERVICE).running
    with running() as service:
        notify = {"push_public_key": pair.public, "push_private_key": pair.private}
        core = {**settings.SMO_KIT["CORE"], "base_url": "https://magazine.test", "http_allow": [service.host]}
        settings.SMO_KIT = settings.SMO_KIT | {"NOTIFY": notify, "CORE": core}
        yield service


@pytest.fixture
def browser(service):
    return pytest.importorskip(SERVICE).Browser()


@pytest.fixture
def device(service, browser, ada):
    """Ada's device."""

    def device(path: str = "/ada", user=ada, language: str = "en") -> PushDevice:
        one = {"endpoint": service.url + path, "p256dh": browser.p256dh, "auth": browser.auth}
        return add_device(user, language=language, **one)

    return device


@pytest.fixture
def answered(say, ada, bob):
    """Bob answers Ada."""

    def answered(text="It is the second one.", to="The third arch is the oldest one."):
        return say(bob, text, reply_to=say(ada, to))

    return answered
