"""Which ways of signing in there are, and what their applications get that say nothing."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp
from django.contrib.sites.models import Site
from django.core.cache import cache
from django.urls import reverse

from smo_kit.core.entrance import ways_in
from smo_kit.login.ways import SECONDS, apps_here, name_of, network_id, way_of, ways
from smo_kit.networks.registry import all_networks
from tests.apps.login.wire import Reader, Web

pytestmark = pytest.mark.django_db


def ids() -> list[str]:
    return [one.id for one in ways()]


@pytest.fixture
def app() -> SocialApp:
    """An application in the database."""
    one = SocialApp.objects.create(provider="github", name="GitHub", client_id="us", secret="s")
    one.sites.add(Site.objects.get_current())
    return one


def test_without_applications_there_are_none() -> None:
    assert ways() == ()
    assert ways_in() == ()


def test_they_stand_by_name_or_as_the_site_says(web: Web, settings: Any) -> None:
    assert ids() == ["github", "google", "issuer", "mailru", "odnoklassniki", "telegram", "vk", "yandex"]

    settings.SMO_KIT = settings.SMO_KIT | {
        "LOGIN": {"order": ("yandex", "nowhere", "vk"), "hidden": ("github", "issuer")}
    }

    assert ids() == ["yandex", "vk", "google", "mailru", "odnoklassniki", "telegram"]
    assert way_of("github") is not None  # who is connected can still use it


def test_networks_have_their_face_and_others_their_name(web: Web) -> None:
    by_id = {one.id: one for one in ways()}

    assert (by_id["issuer"].name, by_id["issuer"].mark) == ("Issuer", "")
    assert by_id["github"].mark
    assert (network_id("github"), network_id("issuer")) == ("github", "")
    assert (name_of("issuer"), name_of("discord"), name_of("gone")) == ("Issuer", "Discord", "gone")


def test_an_application_without_its_provider_is_none(settings: Any) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = {"discord": {"APP": {"client_id": "a"}}, "github": {"APP": {"client_id": "b"}}}

    assert ids() == ["github"]


def test_two_applications_of_one_provider_are_two_ways(settings: Any) -> None:
    one = {"client_id": "a", "settings": {"server_url": "https://a.example"}}
    two = [{**one, "provider_id": "a", "name": "A"}, {**one, "provider_id": "b", "name": "B"}]
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": two}}

    assert [(one.id, one.name) for one in ways()] == [("a", "A"), ("b", "B")]


def test_one_that_django_allauth_hides_is_none(settings: Any) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = {"github": {"APP": {"client_id": "a", "settings": {"hidden": True}}}}

    assert ids() == []


def test_what_an_editor_changes_is_seen_at_once(app: SocialApp, admin_client: Any) -> None:
    assert ids() == ["github"]

    admin_client.post(reverse("admin:socialaccount_socialapp_delete", args=[app.pk]), {"post": "yes"})
    assert ids() == []

    data = {"provider": "google", "name": "G", "client_id": "g", "secret": "s", "settings": "{}", "sites": [1]}
    admin_client.post(reverse("admin:socialaccount_socialapp_add"), data)
    assert ids() == ["google"]

    SocialApp.objects.get().sites.clear()
    assert ids() == []


def test_another_process_may_have_looked_before_it_came_true(
    app: SocialApp, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        app.delete()
        cache.set("smo:login:apps:1:en", ("as it was",))

    assert ids() == []


def test_another_site_hears_of_it_too(app: SocialApp) -> None:
    Site.objects.create(pk=2, domain="two.example", name="Two")
    cache.set("smo:login:apps:2:en", ("as it was",))

    app.save()

    assert cache.get("smo:login:apps:2:en") is None


def test_an_application_of_another_site_is_none_of_ours(app: SocialApp) -> None:
    app.sites.set([Site.objects.create(domain="two.example", name="Two")])

    assert ids() == []


def test_it_is_remembered_for_some_minutes(app: SocialApp, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[int] = []
    monkeypatch.setattr(cache, "set", lambda key, value, seconds: kept.append(seconds))

    ways()

    assert kept == [SECONDS]


def test_a_page_asks_nothing_again(app: SocialApp, django_assert_num_queries: Any) -> None:
    ways()

    with django_assert_num_queries(0):
        ways()
        way_of("github")
        apps_here()


def test_no_secret_is_remembered(web: Web) -> None:
    ways()

    assert "s3cret" not in str(cache.get("smo:login:apps:1:en"))


def asked_at(reader: Reader, way: str) -> dict[str, str]:
    return {name: words[0] for name, words in parse_qs(urlsplit(reader.start(way)["Location"]).query).items()}


def test_any_openid_connect_gets_pkce(web: Web, reader: Reader) -> None:
    web.issues({})

    assert asked_at(reader, "issuer")["code_challenge_method"] == "S256"


def test_an_application_that_says_no_gets_none(web: Web, reader: Reader, settings: Any) -> None:
    web.issues({})
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    app = {**app, "settings": {**app["settings"], "oauth_pkce_enabled": False, "scope": ["openid"]}}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}

    asked = asked_at(reader, "issuer")

    assert "code_challenge" not in asked
    assert asked["scope"] == "openid"


def test_what_the_site_says_of_a_provider_goes_before_the_record(web: Web, reader: Reader, settings: Any) -> None:
    web.issues({})
    whole = {**settings.SOCIALACCOUNT_PROVIDERS["openid_connect"], "OAUTH_PKCE_ENABLED": False, "SCOPE": ["openid"]}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": whole}

    asked = asked_at(reader, "issuer")

    assert "code_challenge" not in asked
    assert asked["scope"] == "openid"


RECORDS = [one for one in all_networks() if one.login and (one.login.scopes is not None or one.login.pkce is not None)]


@pytest.mark.parametrize("network", RECORDS, ids=lambda one: one.id)
def test_the_record_of_a_network_is_heeded(settings: Any, network: Any) -> None:
    app: dict[str, Any] = {"client_id": "a", "settings": {"server_url": "https://a.example"}}
    if network.login.provider == "openid_connect":
        app["provider_id"] = network.login_id
    settings.SOCIALACCOUNT_PROVIDERS = {network.login.provider: {"APPS": [app]}}

    (listed,) = get_adapter().list_apps(None)

    for name, value in (("scope", network.login.scopes), ("oauth_pkce_enabled", network.login.pkce)):
        if value is not None:
            assert listed.settings[name] == (list(value) if name == "scope" else value)


def test_what_is_filled_in_is_not_saved(app: SocialApp) -> None:
    get_adapter().list_apps(None)

    app.refresh_from_db()
    assert app.settings == {}
