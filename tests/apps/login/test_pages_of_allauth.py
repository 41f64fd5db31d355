"""Every page of django-allauth that a reader can meet stands in the suite's frame, whole and labelled."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.template.loader import render_to_string

from tests.apps.login.networks import THREE

pytestmark = pytest.mark.django_db

OPEN = [
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/1-set/",
    "/accounts/password/reset/key/done/",
    "/accounts/inactive/",
    "/accounts/3rdparty/login/cancelled/",
    "/accounts/3rdparty/login/error/",
    "/accounts/github/login/",
]
OWN = [
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/logout/",
    "/accounts/reauthenticate/",
]
SHOWN = ["account/verification_sent.html", "account/signup_closed.html", "account/email_confirm.html", "429.html"]
NEW = {"email": "bob@example.org", "username": "bob", "password1": "x7!kkwqweQ12", "next": "/about/"}


@pytest.fixture(autouse=True)
def three_ways(settings):
    settings.SOCIALACCOUNT_PROVIDERS = THREE


@pytest.fixture
def ada(client):
    user = get_user_model().objects.create_user("ada", "ada@example.org", "pw")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    client.post("/smo/login/password/", {"login": "ada", "password": "pw"})
    return user


def page_of(response) -> BeautifulSoup:
    """Return a page that is whole: in our frame, with one heading, a title, and a label for each field."""
    page = BeautifulSoup(response.content if hasattr(response, "content") else response, "html.parser")
    assert page.html["lang"]
    assert page.select_one("main.smo-page > .smo-entrance")
    assert len(page.select("h1")) == 1
    assert page.title.text.strip()
    labelled = {one["for"] for one in page.select("label[for]")}
    for field in page.select("main input:not([type=hidden]), main select, main textarea"):
        assert field.find_parent("label") or field["id"] in labelled
    ids = [one["id"] for one in page.select("[id]")]
    assert len(ids) == len(set(ids))
    described = {id_ for one in page.select("[aria-describedby]") for id_ in one["aria-describedby"].split()}
    assert described <= set(ids)
    assert all(one.get_text().strip() or one.get("aria-label") for one in page.select("main button, main a"))
    return page


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("path", OPEN)
def test_a_page_for_everybody_is_whole(client, path, language):
    page = page_of(client.get(path, headers={"Accept-Language": language}))
    assert page.html["lang"] == language


@pytest.mark.parametrize("path", OWN)
def test_a_page_for_members_is_whole(client, ada, path):
    response = client.get(path)
    assert response.status_code == 200
    page_of(response)


@pytest.mark.parametrize("template", SHOWN)
def test_what_is_shown_at_times_is_whole(rf, template):
    page_of(render_to_string(template, request=rf.get("/accounts/")))


def test_nothing_is_written_into_a_page_that_runs(client, ada):
    for path in (*OPEN, *OWN):
        page = BeautifulSoup(client.get(path).content, "html.parser")
        assert not page.select("style, [style], [onclick]")
        assert all(one.get("src") or one["type"] == "application/json" for one in page.select("script"))


class TestSignIn:
    """A site whose LOGIN_URL is django-allauth's has the same page there."""

    def test_shows_networks_and_a_password_and_keeps_where_to_go(self, client):
        page = page_of(client.get("/accounts/login/?next=/about/%3Fa=1"))
        assert len(page.select("[name=with]")) == 3
        assert page.select_one("form[action='/smo/login/password/']")
        assert {one["value"] for one in page.select("[name=next]")} == {"/about/?a=1"}

    def test_its_own_form_is_taken_too(self, client):
        page = page_of(client.post("/accounts/login/", {"login": "nobody", "password": "x", "next": "/about/"}))
        assert page.select_one("[role=alert]")
        assert len(page.select("[name=with]")) == 3


class TestSignUp:
    def test_without_networks_a_new_account_is_asked_for_a_password_alone(self, client, settings):
        settings.SOCIALACCOUNT_PROVIDERS = {}
        page = page_of(client.get("/accounts/signup/"))
        assert not page.select("main h2")
        assert [one.text for one in page.select("main a")] == ["I have an account"]

    def test_keeps_where_to_go(self, client):
        page = page_of(client.get("/accounts/signup/?next=/about/"))
        assert {one["value"] for one in page.select("[name=next]")} == {"/about/"}
        assert page.find("a", string="I have an account")["href"] == "/smo/login/?next=%2Fabout%2F"

    def test_what_is_wrong_stands_at_its_field(self, client):
        page = page_of(client.post("/accounts/signup/", {**NEW, "email": "nonsense"}))
        field = page.select_one("[name=email]")
        assert field["aria-invalid"] == "true"
        assert field["value"] == "nonsense"
        assert page.select_one(".smo-field:has([name=email]) .smo-error").text.strip()

    def test_a_code_is_asked_for_and_a_wrong_one_is_said(self, client, settings):
        settings.ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
        settings.ACCOUNT_RATE_LIMITS = {"confirm_email": "9/m/key"}
        asked = client.post("/accounts/signup/", NEW, follow=True)
        assert asked.redirect_chain[-1][0].startswith("/accounts/confirm-email/")
        page = page_of(asked)
        assert page.select_one("[name=code]")
        assert page.text.count("bob@example.org") == 1
        assert not page.select("[href^=mailto]")
        again = client.post("/accounts/confirm-email/", {"action": "resend"}, follow=True)
        assert page_of(again).select_one("[role=status]").text == "A new code is on its way."
        wrong = page_of(client.post("/accounts/confirm-email/", {"code": "WRONG"}))
        assert wrong.select_one(".smo-error").text.strip()

    def test_giving_up_leads_to_the_other_ways_and_loses_nothing(self, client):
        page = page_of(client.post("/accounts/signup/", NEW, follow=True))
        form = page.select_one("form#smo-cancel")
        assert page.select_one("button[form=smo-cancel]").text == "Cancel"
        response = client.post(form["action"], {"next": form.select_one("[name=next]")["value"]})
        assert response["Location"] == "/smo/login/?next=%2Fabout%2F"
        assert client.get("/accounts/confirm-email/")["Location"].startswith("/smo/login/")

    def test_who_has_joined_has_just_shown_who_he_is(self, client):
        client.post("/accounts/signup/", NEW)
        code = client.session["account_email_verification_code"]["code"]
        assert client.post("/accounts/confirm-email/", {"code": code})["Location"] == "/about/"
        page = BeautifulSoup(client.get("/smo/login/account/leave/").content, "html.parser")
        assert page.select_one("[name=sure]")

    def test_after_a_network_only_what_is_missing_is_asked_for(self, client):
        begun = client.post("/accounts/dummy/login/?next=/about/")
        client.post(begun["Location"], {"id": "7", "username": "bob", "action": "login"})
        page = page_of(client.get("/accounts/3rdparty/signup/"))
        assert page.h1.text == "Almost there"
        assert "Dummy has told us who you are" in page.text
        assert [one["name"] for one in page.select("main input:not([type=hidden])")] == ["email"]
        assert not page.select("[name=with]")
        client.post("/accounts/3rdparty/signup/", {"email": "bob@example.org"})
        assert get_user_model().objects.get(email="bob@example.org").username == "user"


def test_a_forgotten_password_leads_to_a_page_that_says_so(client):
    page = page_of(client.get("/accounts/password/reset/?next=/about/"))
    assert not page.select("form [name=next]")
    done = client.post("/accounts/password/reset/", {"email": "who@example.org"}, follow=True)
    assert done.redirect_chain[-1][0] == "/accounts/password/reset/done/"
    page_of(done)


@pytest.mark.parametrize("method", ["get", "post"])
def test_connected_networks_stand_on_ones_own_page(client, ada, method):
    """Which locks their rows, so that the last way in stays in two tabs too."""
    one = SocialAccount.objects.create(user=ada, provider="vk", uid="1")

    answer = getattr(client, method)("/accounts/3rdparty/", {"account": one.pk})

    assert (answer.status_code, answer["Location"]) == (303, "/smo/login/account/")
    assert SocialAccount.objects.exists()


def test_what_allauth_has_to_tell_is_shown_but_not_that_one_is_in_or_out(client, ada):
    assert not page_of(client.get("/accounts/email/")).select("[role=status]")
    client.post("/accounts/email/", {"action_primary": "", "email": "ada@example.org"})
    assert "primary" in page_of(client.get("/accounts/email/")).select_one("[role=status]").text.lower()
    client.post("/accounts/logout/")
    assert not page_of(client.get("/accounts/login/")).select("[role=status]")
