"""Signing in with networks: the records, held against what django-allauth really does."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from urllib.parse import urlsplit

import allauth
import pytest
from django.utils.functional import Promise

from smo_kit.networks.logins import OPENID_CONNECT
from smo_kit.networks.network import Network
from smo_kit.networks.registry import network, network_of_login, networks_that_can

PROVIDERS = Path(allauth.__file__).parent / "socialaccount" / "providers"
NETWORKS = networks_that_can("login")
EVERY = [*((one.id, one.login) for one in NETWORKS), ("any issuer", OPENID_CONNECT)]
KEPT_IN_COLUMNS = {"client_id", "secret", "key"}
"""The other values of an app are kept in its ``settings``."""


def source_of(login, *names):
    files = [PROVIDERS / login.provider / f"{name}.py" for name in names or ("provider", "views", "client")]
    return "\n".join(file.read_text(encoding="utf-8") for file in files if file.exists())


def said(text):
    return str(text).strip()


@pytest.mark.parametrize("login", [login for _, login in EVERY], ids=[id_ for id_, _ in EVERY])
class TestEveryLogin:
    def test_allauth_has_its_provider(self, login):
        assert (PROVIDERS / login.provider / "provider.py").is_file()

    def test_it_is_dated_and_says_where_from(self, login):
        assert dt.date(2026, 11, 1) <= login.as_of
        assert said(login.source)

    def test_scopes_are_names(self, login):
        assert login.scopes is None or (isinstance(login.scopes, tuple) and all(map(said, login.scopes)))

    def test_it_asks_for_pkce_only_where_allauth_would_not(self, login):
        assert login.pkce is None or login.pkce != ("pkce_enabled_default = True" in source_of(login))

    def test_it_names_every_value_that_allauth_wants(self, login):
        source = source_of(login)
        assert {"client_id", "secret"} <= set(login.labels)
        assert all(map(said, login.labels.values()))
        assert ("key" in login.labels) == bool(re.search(r"\bapp\.key\b", source))
        for name in set(login.labels) - KEPT_IN_COLUMNS:
            assert re.search(rf"""settings(?:\.get\(|\[)["']{name}["']""", source)

    def test_it_says_of_addresses_what_allauth_makes_of_them(self, login):
        source = source_of(login, "provider")
        believed = bool(re.search(r"verified=(?!False\b)", source))
        assert (login.gives_email == "never") == (not re.search(r"""["']email["']|\bemail=""", source))
        assert login.gives_email != "verified" or believed
        assert login.gives_email != "unverified" or not believed

    def test_its_notes_are_a_few_short_sentences_in_the_language_of_the_owner(self, login):
        assert 1 <= len(login.notes) <= 3
        for note in login.notes:
            assert isinstance(note, Promise)
            assert 15 < len(said(note)) <= 120
            assert said(note).endswith(".")

    def test_only_a_generic_provider_is_told_its_issuer(self, login):
        has_issuer = bool(login.server) or "server_url" in login.labels
        assert has_issuer == (login.provider == OPENID_CONNECT.provider)


@pytest.mark.parametrize("one", NETWORKS, ids=lambda one: one.id)
class TestEveryNetworkWithASignIn:
    def test_a_site_registers_at_an_https_address(self, one):
        parts = urlsplit(one.login.console)
        assert parts.scheme == "https"
        assert "." in parts.netloc

    def test_an_issuer_is_an_https_address_that_names_no_document(self, one):
        assert one.login.server == "" or urlsplit(one.login.server).scheme == "https"
        assert "/.well-known/" not in one.login.server

    def test_it_is_found_by_what_allauth_calls_it(self, one):
        assert one.login_id
        assert network_of_login(one.login_id) is one


def test_no_two_networks_have_one_id_in_allauth():
    ids = [one.login_id for one in NETWORKS]
    assert len(set(ids)) == len(ids)
    assert OPENID_CONNECT.provider not in ids


def test_readers_can_sign_in_with_these():
    assert {one.id for one in NETWORKS} == {
        *("vk", "ok", "mailru", "yandex", "telegram", "google", "facebook", "x", "github", "linkedin", "apple"),
        *("microsoft", "discord", "twitch", "reddit", "weibo", "line", "tumblr", "tiktok", "pinterest"),
    }


def test_only_one_needs_a_script_and_only_one_has_secrets_that_run_out():
    assert [one.id for one in NETWORKS if one.login.needs_script] == ["telegram"]
    assert [one.id for one in NETWORKS if one.login.secret_expires] == ["microsoft"]


@pytest.mark.parametrize(
    ("login_id", "network_id"),
    [("vk", "vk"), ("odnoklassniki", "ok"), ("twitter_oauth2", "x"), ("linkedin", "linkedin")],
)
def test_an_app_of_allauth_is_of_a_network(login_id, network_id):
    assert network_of_login(login_id) is network(network_id)


@pytest.mark.parametrize("login_id", ["", "ok", "x", "openid_connect", "linkedin_oauth2", "instagram", "company"])
def test_another_app_is_of_none(login_id):
    assert network_of_login(login_id) is None


COMPANY = Network(id="company", name="Company", login=OPENID_CONNECT)


def test_a_network_without_a_sign_in_has_no_id_for_it():
    assert network("whatsapp").login_id == ""


def test_an_issuer_of_the_site_bears_the_id_of_its_network(settings):
    settings.SMO_KIT = {"NETWORKS": {"extra": [f"{__name__}.COMPANY"]}}
    assert network_of_login("company") is COMPANY
