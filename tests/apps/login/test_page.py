"""The page with all ways of signing in, the start of one, a password, and who is signed in."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client

from smo_kit.core.members import register_faces
from smo_kit.login import views
from smo_kit.login.faults import Fault
from tests.apps.login.networks import THREE

pytestmark = pytest.mark.django_db

PAGE = "/smo/login/"
START = "/smo/login/start/"
PASSWORD = "/smo/login/password/"
HERE = {"headers": {"Origin": "http://testserver"}}
PART = {"headers": {"X-Smo-Part": "1"}}


@pytest.fixture(autouse=True)
def three_ways(settings):
    settings.SOCIALACCOUNT_PROVIDERS = THREE


@pytest.fixture
def ada():
    user = get_user_model().objects.create_user("ada", "ada@example.org", "pw", first_name="Ada", last_name="Byron")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def soup_of(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


class TestPage:
    def test_nobody_keeps_it_and_no_search_engine_lists_it(self, client):
        response = client.get(PAGE)
        assert response.status_code == 200
        assert "no-store" in response["Cache-Control"]
        assert response["X-Robots-Tag"] == "noindex"

    def test_shows_every_way_and_a_password(self, client):
        page = soup_of(client.get(PAGE, {"next": "/about/"}))
        assert [one["value"] for one in page.select("button[name=with]")] == ["github", "uni", "vk"]
        assert page.select_one(f"form[action='{PASSWORD}'] [name=password]")
        assert page.h1.text == "Sign in"

    def test_where_one_goes_on_to_stands_in_every_form_and_link(self, client):
        then = "/about/?a=1&b=2#there"
        page = soup_of(client.get(PAGE, {"next": then}))
        assert [one["value"] for one in page.select("form [name=next]")] == [then, then]
        links = {one.text: one["href"] for one in page.select("main a")}
        assert links["Back without signing in"] == then
        for label in ("Create an account", "Forgotten your password?"):
            assert parse_qs(urlsplit(links[label]).query)["next"] == [then]

    @pytest.mark.parametrize(
        "hostile", ["//evil.example", "https://evil.example", "javascript:alert(1)", "/\\evil", ""]
    )
    def test_it_leads_to_no_other_site(self, client, hostile):
        response = client.get(PAGE, {"next": hostile})
        assert "evil" not in "".join(str(one) for one in soup_of(response).select("main a, main form [name=next]"))
        assert soup_of(response).select_one("[name=next]")["value"] == "/"

    def test_every_field_and_button_has_a_label(self, client):
        page = soup_of(client.get(PAGE))
        labelled = {one["for"] for one in page.select("label[for]")}
        fields = page.select("main input:not([type=hidden])")
        assert fields
        assert all(one["id"] in labelled or one.find_parent("label") for one in fields)
        assert all(one.get_text().strip() for one in page.select("main button"))

    def test_speaks_the_language_of_the_page_that_one_comes_from(self, client):
        assert client.get(PAGE, {"next": "/ru/stories/tea/"})["Content-Language"] == "ru"
        assert "ВКонтакте" in client.get(PAGE, {"next": "/ru/stories/tea/"}).content.decode()
        assert client.get(PAGE, {"next": "/about/"})["Content-Language"] == "en"

    def test_without_networks_it_asks_for_a_password_alone(self, client, settings):
        settings.SOCIALACCOUNT_PROVIDERS = {}
        page = soup_of(client.get(PAGE))
        assert not page.select("button[name=with]")
        assert page.select_one("[name=password]")
        assert not page.select("main h2")

    def test_without_passwords_it_has_networks_alone(self, client, monkeypatch):
        monkeypatch.setattr("smo_kit.login.password.has_password", lambda: False)
        page = soup_of(client.get(PAGE))
        assert page.select("button[name=with]")
        assert not page.select("[name=password]")

    def test_where_nobody_can_join_nobody_is_asked_to(self, client, monkeypatch):
        monkeypatch.setattr("smo_kit.login.adapters.AccountAdapter.is_open_for_signup", lambda *args: False)
        assert "Create an account" not in client.get(PAGE).content.decode()

    def test_inside_of_a_dialog_it_has_no_frame_and_can_be_closed(self, client):
        page = soup_of(client.get(PAGE, **PART))
        assert not page.select("html, main, h1, script")
        assert page.h2.text == "Sign in"
        assert page.select_one("form[method=dialog] button")["aria-label"] == "Close"
        assert page.select_one("link")["href"].endswith("page.css")  # the first one: the script waits for it


class TestMember:
    def test_is_told_and_led_on(self, client, ada):
        client.force_login(ada)
        page = soup_of(client.get(PAGE, {"next": "/about/"}))
        assert page.select_one("[role=status]").text == "You are signed in as Ada Byron."
        links = {one.text: one["href"] for one in page.select("main a")}
        assert links == {"Your account": "/smo/login/account/", "Go on": "/about/"}
        assert not page.select("[name=with], [name=password]")

    def test_can_sign_out(self, client, ada):
        client.force_login(ada)
        form = soup_of(client.get(PAGE, {"next": "/about/"})).select_one("main form")
        data = {one["name"]: one["value"] for one in form.select("input")}
        response = client.post(form["action"], data)
        assert response["Location"] == "/about/"
        assert "_auth_user_id" not in client.session


class TestFault:
    @pytest.mark.parametrize("fault", ["denied", "down", "lost", "unclear"])
    def test_is_a_sentence_and_the_same_way_comes_first(self, client, fault):
        page = soup_of(client.get(PAGE, {"fault": fault, "with": "vk", "next": "/about/"}))
        assert page.select_one("[role=alert]").text == str(Fault(fault).label) % {"name": "VK"}
        buttons = [(one["value"], one.text.strip()) for one in page.select("[name=with]")]
        assert buttons[0] == ("vk", "Try VK again")
        assert [value for value, _ in buttons[1:]] == ["github", "uni"]
        assert page.find("a", string="Back without signing in")["href"] == "/about/"

    @pytest.mark.parametrize("fault", ["refused", "inactive", "closed", "often"])
    def test_that_stays_offers_no_second_try(self, client, fault):
        page = soup_of(client.get(PAGE, {"fault": fault, "with": "vk"}))
        assert page.select_one("[role=alert]").text
        assert "again" not in " ".join(one.text for one in page.select("[name=with]"))

    def test_of_a_way_that_is_gone_names_no_stranger(self, client):
        page = soup_of(client.get(PAGE, {"fault": "down", "with": "<b>Evil"}))
        assert page.select_one("[role=alert]").text.startswith("The provider does not answer")
        assert "Evil" not in page.text

    @pytest.mark.parametrize("code", ["", "nonsense", "<script>"])
    def test_that_is_none_is_not_shown(self, client, code):
        assert not soup_of(client.get(PAGE, {"fault": code, "with": "github"})).select("[role=alert]")

    def test_speaks_the_language_of_the_page(self, client):
        page = client.get(PAGE, {"fault": "down", "with": "vk", "next": "/ru/stories/tea/"})
        assert "ВКонтакте" in soup_of(page).select_one("[role=alert]").text


class TestStart:
    def test_leads_to_the_network(self, client):
        response = client.post(START, {"with": "github", "next": "/about/"}, **HERE)
        assert response.status_code == 302
        assert urlsplit(response["Location"]).netloc == "github.com"

    def test_a_form_of_another_site_is_refused_and_the_page_shown(self, client):
        strict = Client(enforce_csrf_checks=True, headers={"Origin": "https://evil.example"})
        response = strict.post(START, {"with": "github", "next": "/about/"})
        assert response.status_code == 403
        page = soup_of(response)
        assert page.select_one("[role=alert]")
        assert page.select_one("[name=next]")["value"] == "/about/"

    def test_an_old_browser_that_says_nothing_is_led_to_the_page_whose_form_has_a_token(self):
        strict = Client(enforce_csrf_checks=True)
        response = strict.post(START, {"with": "github", "next": "/about/?a=1", "o": "key"})
        assert response.status_code == 303
        page = soup_of(strict.get(response["Location"]))
        form = page.select_one(f"form[action='{START}']")
        data = {one["name"]: one["value"] for one in form.select("input")}
        assert (data["next"], data["o"]) == ("/about/?a=1", "key")
        button = form.select_one("button")
        assert button["value"] == "github"
        again = strict.post(START, {**data, "with": button["value"]})
        assert urlsplit(again["Location"]).netloc == "github.com"

    def test_a_get_only_shows_the_page(self, client):
        assert client.get(START).status_code == 200
        assert client.put(START).status_code == 405


class TestPassword:
    def send(self, client, **data):
        return client.post(PASSWORD, {"login": "ada", "password": "pw", "next": "/about/", **data})

    def test_signs_in_and_goes_on(self, client, ada):
        response = self.send(client)
        assert response["Location"] == "/about/"
        assert client.session["_auth_user_id"] == str(ada.pk)

    def test_a_wrong_one_is_said_on_the_same_page_and_nothing_is_lost(self, client, ada):
        response = self.send(client, password="no")
        page = soup_of(response)
        assert "no-store" in response["Cache-Control"]
        assert "not correct" in page.select_one("[role=alert]").text
        assert page.select_one("[name=login]")["value"] == "ada"
        assert {one["value"] for one in page.select("[name=next]")} == {"/about/"}
        assert len(page.select("[name=with]")) == 3

    def test_it_is_said_in_the_language_of_the_page(self, client, ada):
        response = self.send(client, password="no", next="/ru/stories/tea/")
        assert soup_of(response).html["lang"] == "ru"

    def test_it_leads_to_no_other_site(self, client, ada):
        assert "evil" not in self.send(client, next="https://evil.example/")["Location"]

    def test_an_address_that_is_not_proved_must_be(self, client, ada):
        EmailAddress.objects.update(verified=False)
        response = self.send(client)
        assert response["Location"].startswith("/accounts/confirm-email/")
        assert "_auth_user_id" not in client.session
        assert len(mail.outbox) <= 1

    def test_limits_are_those_of_allauth(self, client, ada, settings):
        settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip"}
        answers = [self.send(client, password="no") for _ in range(3)]
        assert [one.status_code for one in answers] == [200, 200, 429]
        assert soup_of(answers[-1]).select_one("main [role=alert]")

    def test_it_wants_a_token(self, ada):
        strict = Client(enforce_csrf_checks=True, headers={"Origin": "http://testserver"})
        assert self.send(strict).status_code == 403

    def test_a_get_leads_to_the_page(self, client):
        assert client.get(PASSWORD, {"next": "/about/"})["Location"] == "/smo/login/?next=%2Fabout%2F"

    def test_a_site_without_passwords_has_no_such_view(self, client, monkeypatch):
        monkeypatch.setattr(views, "has_password", lambda: False)
        assert self.send(client).status_code == 404


class TestMe:
    def test_nobody_is_nothing_and_gets_no_cookie(self, client, django_assert_num_queries):
        with django_assert_num_queries(0):
            response = client.get("/smo/login/me/")
        assert response.json() == {}
        assert not response.cookies
        assert "no-store" in response["Cache-Control"]

    def test_a_member_is_told_who_he_is(self, client, ada, monkeypatch):
        monkeypatch.setattr("smo_kit.core.members._faces", [])
        register_faces(lambda ids: dict.fromkeys(ids, "/media/ada.webp"))
        client.force_login(ada)
        assert client.get("/smo/login/me/?l=en").json() == {
            "name": "Ada Byron",
            "label": "Ada Byron: your account",
            "picture": "/media/ada.webp",
            "account": "/smo/login/account/",
            "said": "You are signed in as Ada Byron.",
            "yours": "Your account",
        }

    def test_in_another_language_the_way_to_his_page_says_it(self, client, ada):
        client.force_login(ada)
        answer = client.get("/smo/login/me/?l=ru").json()
        assert answer["account"] == "/smo/login/account/?l=ru"
        assert BeautifulSoup(client.get(answer["account"]).content, "html.parser").html["lang"] == "ru"

    def test_who_has_no_picture_has_none(self, client, ada, monkeypatch):
        monkeypatch.setattr("smo_kit.core.members._faces", [])
        client.force_login(ada)
        assert client.get("/smo/login/me/").json()["picture"] == ""

    def test_it_takes_no_post(self, client):
        assert client.post("/smo/login/me/").status_code == 405
