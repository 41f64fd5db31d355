"""What is missing in a way of signing in, its callback addresses, and what the owner writes."""

from __future__ import annotations

import ast
from importlib import import_module

import pytest
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers import registry
from django.core import checks
from django.core.exceptions import MultipleObjectsReturned
from django.test import RequestFactory
from django.urls import reverse

from smo_kit.login.callbacks import at_each_origin, callback_of, callback_to_be, origins
from smo_kit.login.recipe import settings_snippet, table_settings, table_url, variables
from smo_kit.login.setup import ANY_ISSUER, Setup, problems, setup_of, site_problems
from smo_kit.networks.registry import networks_that_can
from tests.apps.login.owner import DEMO, GITHUB, provide, state_of

pytestmark = pytest.mark.django_db
FULL = {"client_id": "1", "secret": "2"}
NETWORKS = {one.login_id: one for one in networks_that_can("login")}


@pytest.fixture
def visit(rf: RequestFactory):
    return rf.get("/admin/", headers={"host": "site.example"})


def texts(request, id_: str) -> str:
    setup = setup_of(request, id_)
    assert setup
    return " ".join(f"{one.text} {one.cure}" for one in problems(setup, request))


def in_table(*sites: int, **fields: str) -> SocialApp:
    app = SocialApp.objects.create(**{"provider": "github", "name": "G", "client_id": "1", "secret": "1", **fields})
    app.sites.set(sites)
    return app


def test_a_whole_application_lacks_nothing(visit, settings):
    settings.SOCIALACCOUNT_PROVIDERS = {"github": {"APPS": [GITHUB]}, "openid_connect": {"APPS": [DEMO]}}
    assert texts(visit, "github") == texts(visit, "demo") == ""


@pytest.mark.parametrize(
    ("provider", "app", "words"),
    [
        ("github", {"client_id": " ", "secret": "2"}, "“Client ID” is empty. Enter what the provider gave you"),
        ("odnoklassniki", FULL, "in settings: “key”"),
        ("openid_connect", {**DEMO, "settings": {}}, "“Address of the issuer” is empty."),
        ("openid_connect", {**FULL, "provider_id": "linkedin", "name": "L"}, "“Address of the issuer” is empty."),
        ("facebook", FULL, "Add “allauth.socialaccount.providers.facebook” to INSTALLED_APPS"),
        ("google", FULL, "The provider sends readers back to https only"),
    ],
    ids=["no id", "no key", "no issuer", "no issuer of a network", "not installed", "http"],
)
def test_what_is_missing_is_named_with_its_cure(visit, settings, provider, app, words):
    settings.SOCIALACCOUNT_PROVIDERS = {provider: {"APPS": [app]}}
    assert words in texts(visit, app.get("provider_id", provider))


def test_https_is_asked_for_neither_at_home_nor_where_it_is(rf, settings):
    settings.SOCIALACCOUNT_PROVIDERS = {"google": {"APPS": [FULL]}}
    assert texts(rf.get("/", headers={"host": "127.0.0.1:8000"}), "google") == ""
    assert texts(rf.get("/", headers={"host": "site.example"}, secure=True), "google") == ""


def test_two_applications_leave_it_open_which_is_meant(visit, settings):
    settings.SOCIALACCOUNT_PROVIDERS = {"github": {"APPS": [GITHUB]}}
    app = in_table(1)
    assert "nobody can tell which is meant" in texts(visit, "github")
    app.settings = {"hidden": True}
    app.save()
    assert texts(visit, "github") == ""
    assert setup_of(visit, "github").app.pk is None


def test_what_is_said_to_be_used_is_what_allauth_uses(visit, settings):
    settings.SOCIALACCOUNT_PROVIDERS = {"github": {"APPS": [{**GITHUB, "settings": {"hidden": True}}]}}
    in_table(1)
    in_table(1, provider_id="work")
    for id_ in ("github", "work"):
        try:
            expected = get_adapter().get_app(visit, id_).pk
        except MultipleObjectsReturned:
            expected = None
        app = setup_of(visit, id_).app
        assert (app and app.pk) == expected


def test_an_application_of_another_site_is_found(visit):
    in_table()
    assert "not attached to this site" in texts(visit, "github")


def test_a_second_application_has_the_record_of_its_provider(visit):
    in_table(1, provider_id="work")
    assert setup_of(visit, "work").login == NETWORKS["github"].login
    assert setup_of(visit, "github").apps == ()


def test_any_issuer_can_be_set_up(visit):
    setup = setup_of(visit, ANY_ISSUER)
    assert str(setup.name) == "OpenID Connect"
    assert '"provider_id": "oidc"' in settings_snippet(setup)
    assert callback_of(setup.provider, setup.id, visit) == "http://site.example/accounts/oidc/oidc/login/callback/"


def test_the_table_of_allauth_is_led_to_only_where_it_helps(visit, settings):
    settings.SOCIALACCOUNT_PROVIDERS = {"vk": {"APPS": [FULL]}}
    github = in_table(1)
    in_table(provider="google")
    table = "/admin/socialaccount/socialapp/"
    led = {id_: table_url(setup_of(visit, id_), "admin") for id_ in ("vk", "github", "google", "facebook", "yandex")}
    assert led == {
        "vk": "",
        "github": f"{table}{github.pk}/change/",
        "google": table,
        "facebook": "",
        "yandex": f"{table}add/?provider=yandex&name=Yandex&sites=1",
    }
    assert table_url(setup_of(visit, "vk"), "no-admin") == ""


def test_checks_of_sign_in_are_shown(monkeypatch, settings):
    def look(app_configs, **kwargs):
        return [checks.Error("The adapter is another.", hint="Use ours.", id="smo_kit.E999")]

    look.__module__ = "smo_kit.login.checks"
    monkeypatch.setattr(checks.registry.registry, "registered_checks", {look})
    assert [(one.text, one.cure) for one in site_problems()] == [("The adapter is another.", "Use ours.")]
    settings.SILENCED_SYSTEM_CHECKS = ["smo_kit.E999"]
    assert site_problems() == []


@pytest.mark.parametrize("id_", sorted(id_ for id_, one in NETWORKS.items() if registry.get_class(one.login.provider)))
def test_the_callback_address_is_that_which_allauth_sends(client, settings, monkeypatch, rf, id_):
    provider = NETWORKS[id_].login.provider
    callback = callback_of(provider, id_, rf.get("/"))
    assert callback.startswith("http://testserver/accounts/")
    if provider == "openid_connect":
        return  # its address is asked for in test_trying
    settings.SOCIALACCOUNT_PROVIDERS = {provider: {"APPS": [{**FULL, "key": "3"}]}}
    sent = client.post(f"/accounts/{provider}/login/").headers["Location"]
    assert callback in sent.replace("%3A", ":").replace("%2F", "/")


def test_the_callback_of_an_issuer_is_that_which_allauth_sends(client, settings, monkeypatch, rf):
    provide(monkeypatch)
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [DEMO]}}
    callback = callback_of("openid_connect", "demo", rf.get("/"))
    assert callback == "http://testserver/accounts/oidc/demo/login/callback/"
    start = client.post("/accounts/oidc/demo/login/")
    assert "redirect_uri=http%3A%2F%2Ftestserver%2Faccounts%2Foidc%2Fdemo%2Flogin%2Fcallback%2F" in start["Location"]
    assert state_of(start)


def test_a_provider_that_is_not_installed_has_no_callback_yet(visit):
    assert callback_of("facebook", "facebook", visit) == ""
    assert callback_to_be("facebook", "facebook", visit) == "http://site.example/accounts/facebook/login/callback/"


@pytest.mark.parametrize("id_", sorted(NETWORKS))
def test_the_callback_that_is_to_be_is_that_which_will_be(visit, id_):
    provider = NETWORKS[id_].login.provider
    told = callback_to_be(provider, id_, visit)
    if registry.get_class(provider):
        assert told == callback_of(provider, id_, visit)
        return
    package = import_module(f"allauth.socialaccount.providers.{provider}.urls")
    assert told == f"http://site.example/accounts{reverse(f'{provider}_callback', package)}"


@pytest.mark.parametrize("prefix", ["oidc", ""])
def test_that_of_an_issuer_has_the_prefix_of_the_site(visit, settings, prefix):
    settings.SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX = prefix
    own = f"{prefix}/mine" if prefix else "mine"
    assert callback_to_be("openid_connect", "mine", visit) == f"http://site.example/accounts/{own}/login/callback/"


def test_nobody_knows_it_where_the_site_has_left_the_pages_of_allauth_out(visit, settings):
    settings.ROOT_URLCONF = "tests.apps.core.no_urls"
    assert callback_to_be("facebook", "facebook", visit) == ""


def test_every_host_has_its_callback(visit, settings):
    settings.ALLOWED_HOSTS = [
        "site.example",
        "www.site.example",
        ".all.example",
        "*",
        "localhost",
        "127.0.0.1",
        "[::1]",
    ]
    settings.SMO_KIT = {"CORE": {"base_url": "https://base.example"}}
    assert origins(visit) == ["http://site.example", "http://www.site.example", "https://base.example"]
    assert at_each_origin("http://site.example/back/", visit)[1:] == [
        "http://www.site.example/back/",
        "https://base.example/back/",
    ]


def test_a_site_that_nobody_has_named_is_no_host(visit):
    assert origins(visit) == ["http://site.example"]


@pytest.mark.parametrize("id_", sorted(NETWORKS))
def test_the_snippet_sets_a_way_up_that_lacks_nothing(rf, settings, monkeypatch, id_):
    network = NETWORKS[id_]
    setup = Setup(id=id_, provider=network.login.provider, network=network)
    for variable in variables(setup):
        monkeypatch.setenv(variable, "x")
    namespace: dict[str, object] = {}
    exec(settings_snippet(setup), namespace)
    settings.SOCIALACCOUNT_PROVIDERS = namespace["SOCIALACCOUNT_PROVIDERS"]
    request = rf.get("/", headers={"host": "localhost"})
    found = setup_of(request, id_)
    lacking = [one for one in problems(found, request) if "INSTALLED_APPS" not in one.cure]
    assert found.app
    assert lacking == []
    if network.login.scopes is not None and found.is_installed:
        assert found.app.get_provider(request).get_scope() == list(network.login.scopes)


def test_a_snippet_of_an_issuer_of_the_sites_own(settings):
    app = SocialApp(provider="openid_connect", provider_id='o"dd\n', name="Кот")
    setup = Setup(id='o"dd\n', provider="openid_connect", network=None, apps=(app,))
    assert ast.parse(settings_snippet(setup))
    assert "Кот" in settings_snippet(setup)
    assert "server_url" in table_settings(setup)
