from __future__ import annotations

from typing import Any

import pytest
import requests
from django.contrib.auth import get_user_model
from django.test import Client

from tests.apps.login.wire import SERVER, Reader, Web

APPS = {
    "openid_connect": [
        {
            "provider_id": "issuer",
            "name": "Issuer",
            "client_id": "us",
            "secret": "s3cret",
            "settings": {"server_url": SERVER},
        }
    ],
    **{
        name: [{"client_id": "us", "secret": "s3cret", "key": "public"}]
        for name in ("github", "google", "mailru", "odnoklassniki", "telegram", "vk", "yandex")
    },
}


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Web:
    """The providers, with an application of the site at each."""
    one = Web()
    monkeypatch.setattr(requests.Session, "send", lambda session, request, **kwargs: one.send(session, request))
    settings.SOCIALACCOUNT_PROVIDERS = {name: {"APPS": apps} for name, apps in APPS.items()}
    return one


@pytest.fixture
def reader(client: Client) -> Reader:
    """Somebody who is not signed in."""
    return Reader(client)


@pytest.fixture
def ann(db: None) -> Any:
    """A member with a password, whose address is not known to be his."""
    return get_user_model().objects.create_user("ann", "ann@example.org", "pw", first_name="Ann")


@pytest.fixture
def bob(db: None) -> Any:
    """Another member."""
    return get_user_model().objects.create_user("bob", "bob@example.org", "pw", first_name="Bob")
