"""SMO: sign-in → Sign-in."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from allauth.socialaccount.models import SocialApp
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from smo_kit.login.faults import Fault
from smo_kit.login.health import failed, succeeded
from smo_kit.login.models import Health
from smo_kit.login.setup import Setup
from tests.apps.login.owner import DEMO, GITHUB, PROVIDERS, TABLE, provide, staff, text, way

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_site(settings):
    settings.SOCIALACCOUNT_PROVIDERS = PROVIDERS


def rows(client: Client, language: str = "en") -> dict[str, list[str]]:
    """Return the cells of each row of the table, by the network's name."""
    page = BeautifulSoup(client.get(TABLE, headers={"accept-language": language}).content, "html.parser")
    found = [[" ".join(one.text.split()) for one in row.select("th, td")] for row in page.select("tbody tr")]
    return {row[0]: row[1:] for row in found}


def test_each_way_says_how_it_stands(admin_client, settings):
    google, vk = {"client_id": "g", "secret": ""}, {"client_id": "v", "secret": "s"}
    settings.SOCIALACCOUNT_PROVIDERS = {**PROVIDERS, "google": {"APPS": [google]}, "yandex": {"APPS": [vk]}}
    succeeded("demo")
    succeeded("yandex")
    failed("yandex", Fault.DOWN, TimeoutError("too slow"))
    found = rows(admin_client)
    assert found["Demo"][0] == "Works"
    assert found["Demo"][2] == "no error yet"
    assert found["GitHub"] == ["Set up, never tried", "never", "no error yet"]
    assert found["Google"][0].startswith("Something is missing “Client secret” is empty.")
    assert found["Yandex"][0] == "Failed the last time"
    assert "Yandex does not answer at the moment." in found["Yandex"][2]
    assert "1 failure in a row" in found["Yandex"][2]
    assert "TimeoutError: too slow" in found["Yandex"][2]
    assert "VK" not in found


def test_networks_that_are_not_set_up_are_offered(admin_client):
    page = BeautifulSoup(admin_client.get(TABLE).content, "html.parser")
    assert page.select_one(f'.smo-signin-absent a[href="{way("vk")}"]')
    assert not page.select_one(f'.smo-signin-absent a[href="{way("github")}"]')


def test_before_anything_is_set_up(admin_client, settings):
    settings.SOCIALACCOUNT_PROVIDERS = {}
    assert "No way of signing in is set up yet." in text(admin_client.get(TABLE))


def test_the_order_is_that_of_the_buttons(admin_client, settings):
    assert list(rows(admin_client)) == ["Demo", "GitHub"]
    settings.SMO_KIT = {**settings.SMO_KIT, "LOGIN": {"order": ("github",), "hidden": ()}}
    assert list(rows(admin_client)) == ["GitHub", "Demo"]
    settings.SMO_KIT = {**settings.SMO_KIT, "LOGIN": {"order": ("github",), "hidden": ("github",)}}
    assert list(rows(admin_client)) == ["Demo", "GitHub without a button"]


def test_a_secret_that_worked_before_may_have_run_out(admin_client):
    hint = "The secret may have run out"
    failed("github", Fault.REFUSED, ValueError("invalid_client"))
    assert hint not in rows(admin_client)["GitHub"][2]
    succeeded("github")
    failed("github", Fault.REFUSED, ValueError("invalid_client"))
    assert hint in rows(admin_client)["GitHub"][2]
    succeeded("github")
    assert hint not in rows(admin_client)["GitHub"][2]


def test_what_another_site_went_through_is_not_shown(admin_client):
    Health.objects.create(site_id=2, app="github", succeeded_at=timezone.now())
    assert rows(admin_client)["GitHub"][0] == "Set up, never tried"


def test_what_a_provider_says_is_no_html(admin_client):
    failed("github", Fault.UNCLEAR, ValueError("<img src=x onerror=alert(1)>"))
    for url in (TABLE, way("github")):
        assert b"<img src=x" not in admin_client.get(url).content


def test_the_table_costs_as_much_with_many_ways_as_with_few(admin_client, settings):
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as counted:
            admin_client.get(TABLE)
        return len(counted)

    queries()
    few = queries()
    many = [{**DEMO, "provider_id": f"demo-{number}"} for number in range(20)]
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": many}, "github": {"APPS": [GITHUB]}}
    assert queries() == few


def test_the_page_of_a_way_has_all_that_the_provider_asks_for(admin_client):
    page = BeautifulSoup(admin_client.get(way("google")).content, "html.parser")
    fields = {page.find("label", attrs={"for": one["id"]}).text: one for one in page.select(".smo-copied [readonly]")}
    assert fields["Callback address (redirect URI)"]["value"] == "http://testserver/accounts/google/login/callback/"
    assert fields["Site (home page, JavaScript origin)"]["value"] == "http://testserver"
    assert fields["Where people have their data deleted"]["value"] == "http://testserver/smo/login/account/"
    assert 'os.environ["GOOGLE_CLIENT_ID"]' in fields["Into settings.py, as a part of SOCIALACCOUNT_PROVIDERS"].text
    console = page.find("a", target="_blank")
    assert "noopener" in console["rel"]
    assert console["href"].startswith("https://")
    assert len(page.select("button[data-smo-copy][hidden]")) == len(fields)


def test_a_provider_that_is_not_installed_has_its_callback_as_it_will_be(admin_client):
    page = BeautifulSoup(admin_client.get(way("facebook")).content, "html.parser")
    assert page.find(id="smo-callback-1")["value"] == "http://testserver/accounts/facebook/login/callback/"
    assert "not installed yet: so the address will be when it is" in page.text
    assert b"not installed yet" not in admin_client.get(way("google")).content


def test_the_table_of_allauth_is_offered_filled_in_to_who_may_write_there(admin_client):
    page = BeautifulSoup(admin_client.get(way("linkedin")).content, "html.parser")
    form = page.find("a", href=re.compile(r"socialapp/add/\?"))["href"]
    filled = BeautifulSoup(admin_client.get(form).content, "html.parser")
    assert filled.select_one("#id_provider option[selected]")["value"] == "openid_connect"
    assert filled.find(id="id_provider_id")["value"] == "linkedin"
    assert filled.find(id="id_name")["value"] == "LinkedIn"
    assert filled.select_one("#id_sites option[selected]")["value"] == "1"
    assert b"socialapp" not in staff("test_sign_in").get(way("linkedin")).content


def test_an_application_in_the_table_is_opened_there(admin_client):
    app = SocialApp.objects.create(provider="google", name="Ours", client_id="1", secret="1")
    app.sites.add(1)
    page = BeautifulSoup(admin_client.get(way("google")).content, "html.parser")
    assert page.find("a", href=f"/admin/socialaccount/socialapp/{app.pk}/change/")


def test_secrets_are_not_shown(admin_client):
    for url in (TABLE, way("github"), way("demo")):
        assert b"hush" not in admin_client.get(url).content


def test_every_network_has_a_page_without_script_or_style_in_it(admin_client):
    page = BeautifulSoup(admin_client.get(TABLE).content, "html.parser")
    links = page.select(".smo-signin-name")
    assert links
    for link in links:
        one = BeautifulSoup(admin_client.get(link["href"]).content, "html.parser").find(id="content-main")
        assert not one.select("[style], style, script, [onclick]")
        names = {label["for"] for label in one.select("label")}
        assert {field["id"] for field in one.select("input[type=text], textarea")} <= names
        ids = [tag["id"] for tag in one.select("[id]")]
        assert len(ids) == len(set(ids))


def test_an_unknown_way_is_not_found(admin_client):
    assert admin_client.get(way("nobody")).status_code == 404


@pytest.mark.parametrize("id_", ["a b", "кот", "a/b", "a?b#c", '"><b>'])
def test_ids_of_any_letters_have_a_page(admin_client, id_):
    app = SocialApp.objects.create(provider="github", provider_id=id_, name="Odd", client_id="1", secret="1")
    app.sites.add(1)
    page = BeautifulSoup(admin_client.get(TABLE).content, "html.parser")
    link = next(one["href"] for one in page.select(".smo-signin-name") if one.text.strip() == "Odd")
    assert "Odd" in admin_client.get(link).content.decode()


def test_dates_and_words_are_in_the_readers_language(admin_client):
    succeeded("github")
    Health.objects.update(succeeded_at=dt.datetime(2026, 3, 9, 12, tzinfo=dt.UTC))
    assert rows(admin_client, "ru")["GitHub"][1].startswith("09.03.2026")


ROLES = {
    "nobody": (None, 302, 302),
    "member": ((), 302, 302),
    "staff": ((), 403, 403),
    "viewer": (("view_health",), 200, 403),
    "tester": (("test_sign_in",), 200, 302),
    "settings": (("smo_core.change_settings", "smo_core.view_settings"), 403, 403),
}


@pytest.mark.parametrize("role", ROLES)
def test_who_may_look_and_who_may_test(monkeypatch, role):
    provide(monkeypatch)
    codenames, looks, tests = ROLES[role]
    client = Client() if codenames is None else staff(*codenames)
    if role == "member":
        User.objects.update(is_staff=False)
    assert client.get(TABLE).status_code == looks
    assert client.get(way("demo")).status_code == looks
    answer = client.post(way("demo"))
    assert answer.status_code == tests
    assert answer.headers.get("Location", "").startswith("https://id.example.org/") is (role == "tester")
    if looks == 200:
        assert (b"Test this sign-in" in client.get(way("demo")).content) is (role == "tester")
        assert TABLE.encode() in client.get("/admin/").content


def test_a_foreign_page_starts_no_test(admin_user):
    client = Client(enforce_csrf_checks=True)
    client.force_login(admin_user)
    assert client.post(way("demo")).status_code == 403


def test_what_is_not_set_up_has_no_test(admin_client):
    assert b"Test this sign-in" not in admin_client.get(way("vk")).content
    assert admin_client.post(way("vk")).headers["Location"] == way("vk")
    assert "This site has no such way of signing in." in text(admin_client.get(way("vk")))


def test_a_state_knows_nobody_in_particular():
    setup = Setup(id="own", provider="nobody", network=None)
    assert (setup.login, setup.name, setup.is_installed) == (None, "own", False)
