"""A member's own page: what it shows, what its buttons do, and that nobody loses his last way in."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.forms import DisconnectForm
from allauth.socialaccount.models import SocialAccount, SocialApp
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.sites.models import Site
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.safestring import mark_safe

from smo_kit.comments.people import member_mark
from smo_kit.core import members
from smo_kit.core.members import Panel, colour_of, disc_of, faces_of, is_proved, register_panel
from smo_kit.core.refusals import Refused
from smo_kit.login import connections
from smo_kit.login.adapters import SocialAdapter
from smo_kit.login.models import Portrait
from smo_kit.login.portraits import show_none
from tests.apps.engagement.threads import Meeting, side_by_side
from tests.apps.login.test_portraits import PHOTO, encoded, red, web  # noqa: F401

URL = "/smo/login/account/"
CONNECT = f"{URL}connect/"
APPS = ("github", "google", "yandex", "dummy")


@pytest.fixture
def apps(db):
    add_apps()


def add_apps() -> None:
    for provider in APPS:
        app = SocialApp.objects.create(provider=provider, name=provider.title(), client_id="id", secret="secret")
        app.sites.add(Site.objects.get_or_create(pk=1, defaults={"domain": "testserver"})[0])


@pytest.fixture
def ada(db):
    return get_user_model().objects.create_user("ada", "ada@example.org", "pw", first_name="Ada", last_name="King")


@pytest.fixture
def proved(ada):
    return EmailAddress.objects.create(user=ada, email="ada@example.org", verified=True, primary=True)


@pytest.fixture
def nobody(ada):
    """The same member without a password."""
    ada.set_unusable_password()
    ada.save()
    return ada


@pytest.fixture
def browser(ada):
    client = Client(headers={"Sec-Fetch-Site": "same-origin"})
    client.force_login(ada, backend="django.contrib.auth.backends.ModelBackend")
    return client


def connected(user, provider="github", uid="1", **data) -> SocialAccount:
    return SocialAccount.objects.create(user=user, provider=provider, uid=uid, extra_data=data)


def soup_of(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def acts_on(soup) -> list[str]:
    return [one["value"] for one in soup.select("button[name=act]")]


def press(browser, act, status=303, **fields):
    response = browser.post(URL, {"act": act, **fields})
    assert response.status_code == status
    return response


def shown(browser) -> str:
    return " ".join(soup_of(browser.get(URL)).get_text(" ").split())


def out_of_order(*args, **kwargs):
    raise OSError("No space left on device")


class TestPage:
    @pytest.mark.parametrize("url", [URL, CONNECT, f"{URL}leave/"])
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_strangers_are_led_to_the_sign_in_and_back(self, client, db, url, method):
        response = getattr(client, method)(url)

        assert response.status_code == 303
        assert response["Location"].startswith("/smo/login/?next=%2Fsmo%2Flogin%2Faccount%2F")

    def test_it_shows_who_one_is(self, browser, ada, apps):
        EmailAddress.objects.create(user=ada, email="ada@example.org", verified=True, primary=True)
        EmailAddress.objects.create(user=ada, email="new@example.org")
        connected(ada, "github", login="ada-at-github")

        soup = soup_of(browser.get(URL))

        text = " ".join(soup.get_text(" ").split())
        assert soup.h1.get_text() == "Ada King"
        assert "ada@example.org confirmed; mails go there" in text
        assert "new@example.org not confirmed yet" in text
        assert "GitHub ada-at-github since" in text
        assert soup.select_one('a[href="/accounts/password/change/"]')
        assert soup.select_one('a[href="/accounts/email/"]')
        assert [one["value"] for one in soup.select("button[name=with]")] == ["dummy", "google", "yandex"]

    def test_it_is_nobody_elses_and_nobody_keeps_it(self, browser):
        response = browser.get(URL)

        assert "no-store" in response["Cache-Control"]
        assert response["X-Robots-Tag"] == "noindex"

    def test_it_asks_no_other_site_for_anything_and_has_no_inline_script_or_style(self, browser, ada, apps, web):  # noqa: F811
        connected(ada, avatar_url=PHOTO)

        soup = soup_of(browser.get(URL))

        assert not [one for one in soup.select("[src]") if one["src"].startswith(("http", "//"))]
        assert not soup.select("[style], style, script")

    def test_every_control_has_a_label_and_every_form_a_token(self, browser, ada, apps):
        connected(ada)

        soup = soup_of(browser.get(URL))

        for one in soup.select("input:not([type=hidden])"):
            assert soup.select_one(f"label[for={one['id']}]"), one
        assert all(form.select_one("[name=csrfmiddlewaretoken]") for form in soup.select("form"))

    def test_a_form_of_another_site_changes_nothing(self, ada):
        client = Client(enforce_csrf_checks=True, headers={"Sec-Fetch-Site": "cross-site"})
        client.force_login(ada, backend="django.contrib.auth.backends.ModelBackend")

        response = client.post(URL, {"act": "name", "first_name": "Eve"})

        assert response.status_code == 403
        assert "was not sent from a page of this site" in response.content.decode()
        ada.refresh_from_db()
        assert ada.first_name == "Ada"

    def test_its_queries_do_not_grow_with_what_it_shows(self, browser, ada, apps, monkeypatch):
        monkeypatch.setattr(members, "_panels", {})
        monkeypatch.setattr(members, "load_modules", lambda name: ())

        def count() -> int:
            browser.get(URL)  # applications are remembered
            with CaptureQueriesContext(connection) as caught:
                assert browser.get(URL).status_code == 200
            return len(caught)

        connected(ada)
        few = count()
        for provider in APPS[1:]:
            connected(ada, provider)
        connected(ada, "vk", "7")
        for number in range(5):
            EmailAddress.objects.create(user=ada, email=f"a{number}@example.org")

        assert count() == few
        assert few <= 6, "session, member, picture, accounts at networks, addresses, is one confirmed"

    def test_parts_of_other_apps_stand_on_it_unless_they_are_empty(self, browser, monkeypatch):
        monkeypatch.setattr(members, "_panels", {})
        monkeypatch.setattr(members, "load_modules", lambda name: ())
        register_panel(Panel(id="one", label="Your comments", html=lambda request: mark_safe("<p>Two of them</p>")))
        register_panel(Panel(id="two", label="Nothing", html=lambda request: mark_safe("")))

        soup = soup_of(browser.get(URL))

        assert soup.select_one("#smo-account-one").get_text() == "Your comments"
        assert "Two of them" in soup.get_text()
        assert not soup.select_one("#smo-account-two")

    def test_a_part_that_fails_is_logged_and_left_out(self, browser, monkeypatch, caplog):
        monkeypatch.setattr(members, "_panels", {})
        monkeypatch.setattr(members, "load_modules", lambda name: ())
        register_panel(Panel(id="bad", label="Orders", html=lambda request: mark_safe(f"<p>{request.orders}</p>")))
        register_panel(Panel(id="good", label="Letters", html=lambda request: mark_safe("<p>Two of them</p>")))

        soup = soup_of(browser.get(URL))

        assert not soup.select_one("#smo-account-bad")
        assert soup.select_one("#smo-account-good")
        assert "The panel 'bad' of a member's page can't be shown." in caplog.text

    def test_hostile_names_of_a_network_are_only_text(self, browser, ada, apps):
        connected(ada, login="<script>alert(1)</script>\u202e\n" + "x" * 500)

        soup = soup_of(browser.get(URL))

        assert not soup.select("script")
        assert "\u202e" not in soup.get_text()
        assert "x" * 90 not in soup.get_text()

    def test_a_network_that_the_site_offers_no_more_is_still_shown(self, browser, ada):
        connected(ada, "vk")

        assert "vk since" in shown(browser)
        assert "the site offers it no more" in shown(browser)

    @pytest.mark.parametrize("data", [[], {"login": 7}, {"userinfo": []}], ids=repr)
    def test_an_answer_of_another_shape_breaks_nothing(self, browser, ada, apps, data):
        SocialAccount.objects.create(user=ada, provider="github", uid="1", extra_data=data)

        assert "GitHub" in shown(browser)

    def test_an_unknown_button_does_nothing(self, browser):
        press(browser, "fly")

        assert "It is saved." not in shown(browser)

    def test_a_member_without_a_name_and_address_has_a_page(self, client, db):
        client.force_login(
            get_user_model().objects.create_user("…"), backend="django.contrib.auth.backends.ModelBackend"
        )

        assert "Your account has no e-mail address." in shown(client)


class TestName:
    def test_it_is_saved_cleaned_and_said(self, browser, ada):
        press(browser, "name", first_name=" Ada\u202e \n", last_name="  Lovelace  King")

        ada.refresh_from_db()
        assert ada.get_full_name() == "Ada Lovelace King"
        assert "It is saved." in shown(browser)
        assert "It is saved." not in shown(browser), "once"

    def test_one_that_does_not_fit_is_shown_again(self, browser, ada):
        response = press(browser, "name", 400, first_name="x" * 151, last_name="Kept")

        soup = soup_of(response)
        assert soup.h1.get_text() == "Ada King"
        assert "may have 150 letters" in soup.select_one("[role=alert]").get_text()
        assert soup.select_one("#smo-last_name")["value"] == "Kept"
        assert soup.select_one("#smo-first_name")["aria-invalid"] == "true"
        ada.refresh_from_db()
        assert ada.first_name == "Ada"

    def test_who_has_none_is_called_by_his_username(self, browser, ada):
        press(browser, "name", first_name="", last_name="")

        assert soup_of(browser.get(URL)).h1.get_text() == "ada"


class TestPicture:
    def test_without_one_a_letter_stands_there_as_under_the_comments(self, browser, ada):
        disc = soup_of(browser.get(URL)).select_one(".smo-disc")

        assert disc.get_text() == "A"
        assert f"smo-disc-{colour_of(member_mark(ada.pk))}" in disc["class"]
        assert disc_of(ada).colour == colour_of(member_mark(ada.pk))

    def test_one_of_ones_own(self, browser, ada):
        press(browser, "upload", picture=SimpleUploadedFile("me.jpg", encoded(red())))

        assert soup_of(browser.get(URL)).select_one("img.smo-portrait")["src"] == faces_of([ada.pk])[ada.pk]

    @pytest.mark.parametrize("data", [b"<svg/>", b"", encoded(red((9, 9)))], ids=["svg", "empty", "tiny"])
    def test_what_is_no_picture_is_refused_with_the_cure(self, browser, ada, data):
        response = press(browser, "upload", 400, picture=SimpleUploadedFile("me.jpg", data))

        assert "Give a JPEG, PNG" in response.content.decode() or "choose a picture" in response.content.decode()
        assert not Portrait.objects.exists()

    def test_no_file_at_all(self, browser):
        assert "Please choose a picture first." in press(browser, "upload", 400).content.decode()

    def test_none(self, browser, ada):
        press(browser, "upload", picture=SimpleUploadedFile("me.jpg", encoded(red())))
        press(browser, "none")

        assert soup_of(browser.get(URL)).select_one(".smo-disc")
        assert "none" not in acts_on(soup_of(browser.get(URL)))

    def test_the_one_of_a_network(self, browser, ada, apps, web, django_capture_on_commit_callbacks):  # noqa: F811
        account = connected(ada, avatar_url=PHOTO)
        press(browser, "none")

        with django_capture_on_commit_callbacks(execute=True):
            press(browser, "from", account=account.pk)

        assert ada.pk in faces_of([ada.pk])
        assert "from" not in acts_on(soup_of(browser.get(URL)))

    def test_it_is_offered_where_the_network_has_one(self, browser, ada, apps):
        connected(ada, "github", avatar_url=PHOTO)
        connected(ada, "google", "2")
        connected(ada, "left-out", "3", picture=PHOTO)

        text = shown(browser)

        assert "The one that I have at GitHub" in text
        assert "The one that I have at Google" not in text
        assert text.count("The one that I have") == 1

    def test_a_network_that_has_none_says_so(self, browser, ada, apps):
        response = press(browser, "from", 400, account=connected(ada).pk)

        assert "There is no picture of you at this network." in response.content.decode()

    def test_nobody_takes_the_picture_of_anothers_account(self, browser, ada, apps):
        bob = get_user_model().objects.create_user("bob")

        press(browser, "from", 400, account=connected(bob, avatar_url=PHOTO).pk)

        assert not Portrait.objects.exists()

    def test_uploads_are_counted(self, browser, monkeypatch):
        monkeypatch.setattr("smo_kit.login.account.UPLOADS_AN_HOUR", 1)
        press(browser, "upload", picture=SimpleUploadedFile("me.jpg", encoded(red())))
        first = Portrait.objects.values().get()

        press(browser, "upload", 429, picture=SimpleUploadedFile("me.jpg", encoded(red())))

        assert Portrait.objects.values().get() == first

    def test_so_are_those_of_networks(self, browser, ada, apps, monkeypatch):
        monkeypatch.setattr("smo_kit.login.account.UPLOADS_AN_HOUR", 1)
        account = connected(ada, avatar_url=PHOTO)
        press(browser, "from", account=account.pk)
        show_none(ada)

        press(browser, "from", 429, account=account.pk)

        assert Portrait.objects.get().account_id is None

    def test_a_storage_that_is_away_is_a_sentence(self, browser, monkeypatch, caplog):
        monkeypatch.setattr(default_storage, "save", out_of_order)

        response = press(browser, "upload", 503, picture=SimpleUploadedFile("me.jpg", encoded(red())))

        assert "The picture can&#x27;t be stored at the moment" in response.content.decode()
        assert "can't be stored" in caplog.text
        assert not Portrait.objects.exists()


class TestNetworks:
    def test_connecting_goes_to_the_provider(self, browser, apps):
        response = browser.post(CONNECT, {"with": "github"})

        assert response.status_code == 302
        assert response["Location"].startswith("https://github.com/")
        (state,) = browser.session["socialaccount_states"].values()
        assert (state[0]["process"], state[0]["next"]) == ("connect", URL)

    def test_a_whole_way_to_a_provider_and_back(self, browser, ada, apps):
        there = browser.post(CONNECT, {"with": "dummy"})["Location"]
        response = browser.post(there, {"id": "7", "email": "ada@elsewhere.example", "username": "ada-there"})

        assert response["Location"] == URL
        assert SocialAccount.objects.get(provider="dummy").user == ada
        assert "connected" in shown(browser)
        assert not is_proved(ada, "ada@elsewhere.example")

    def test_an_account_of_another_members_stays_his(self, browser, ada, apps):
        bob = get_user_model().objects.create_user("bob")
        connected(bob, "dummy", "7")
        there = browser.post(CONNECT, {"with": "dummy"})["Location"]

        response = browser.post(there, {"id": "7", "email": "bob@elsewhere.example"}, follow=True)

        assert SocialAccount.objects.get().user == bob
        assert soup_of(response).h1.get_text() == "Ada King"
        assert soup_of(response).select_one("[role=alert]")

    def test_what_went_wrong_is_said_on_ones_own_page(self, browser, apps):
        response = browser.post(CONNECT, {"with": "nobody-knows-it"}, follow=True)

        assert soup_of(response).h1.get_text() == "Ada King"
        assert soup_of(response).select_one("[role=alert]").get_text()

    def test_opening_its_address_connects_nothing(self, browser, apps):
        assert browser.get(CONNECT)["Location"] == URL

    def test_who_signs_in_as_another_meanwhile_connects_nothing(self, browser, apps, ada):
        address = browser.post(CONNECT, {"with": "github"})["Location"]
        bob = get_user_model().objects.create_user("bob", password="pw")
        browser.force_login(bob, backend="django.contrib.auth.backends.ModelBackend")
        state = address.partition("state=")[2].partition("&")[0]

        browser.get("/accounts/github/login/callback/", {"code": "c", "state": state})

        assert not SocialAccount.objects.exists()

    def test_disconnecting(self, browser, ada, apps, proved):
        account = connected(ada)

        press(browser, "disconnect", account=account.pk)

        assert not SocialAccount.objects.exists()
        assert "disconnected" in shown(browser)

    def test_one_that_the_site_offers_no_more_can_be_disconnected(self, browser, ada, proved):
        press(browser, "disconnect", account=connected(ada, "vk").pk)

        assert not SocialAccount.objects.exists()
        assert "The account is disconnected." in shown(browser)

    def test_the_last_way_in_has_no_button_and_stays(self, browser, nobody, apps):
        account = connected(nobody)
        browser.force_login(nobody, backend="django.contrib.auth.backends.ModelBackend")
        assert "disconnect" not in acts_on(soup_of(browser.get(URL)))
        assert "This is your last way in" in shown(browser)

        response = press(browser, "disconnect", 400, account=account.pk)

        assert "To disconnect it, connect another network first" in response.content.decode()
        assert SocialAccount.objects.count() == 1

    def test_a_password_is_no_way_in_where_the_address_must_be_confirmed_and_is_not(self, browser, ada, apps, settings):
        account = connected(ada)
        assert "disconnect" not in acts_on(soup_of(browser.get(URL)))
        press(browser, "disconnect", 400, account=account.pk)

        settings.ACCOUNT_EMAIL_VERIFICATION = "optional"

        assert "disconnect" in acts_on(soup_of(browser.get(URL)))
        press(browser, "disconnect", account=account.pk)

    def test_a_network_that_is_offered_no_more_is_no_way_in(self, browser, nobody, apps):
        account = connected(nobody)
        gone = connected(nobody, "vk")
        browser.force_login(nobody, backend="django.contrib.auth.backends.ModelBackend")

        press(browser, "disconnect", 400, account=account.pk)
        press(browser, "disconnect", account=gone.pk)

        assert list(SocialAccount.objects.all()) == [account]

    def test_who_has_no_other_is_told_so(self, browser, nobody):
        gone = connected(nobody, "vk")
        browser.force_login(nobody, backend="django.contrib.auth.backends.ModelBackend")
        sentence = "The site does not offer this network any more, and you have no other way in."

        assert sentence in shown(browser)
        assert "This is your last way in" not in shown(browser)
        error = soup_of(press(browser, "disconnect", 400, account=gone.pk)).select_one(".smo-error")
        assert sentence in error.text

    def test_what_the_sites_adapter_refuses_is_refused(self, browser, ada, apps, proved, monkeypatch):
        def refuse(self, account, accounts):
            raise ValidationError("This one stays.")

        monkeypatch.setattr(SocialAdapter, "validate_disconnect", refuse)

        assert "This one stays." in press(browser, "disconnect", 400, account=connected(ada).pk).content.decode()

        assert SocialAccount.objects.exists()

    @pytest.mark.parametrize("pk", ["", "x", "0", "-1", "9" * 40, "other"])
    def test_nobody_elses_and_nonsense_change_nothing(self, browser, apps, pk):
        other = connected(get_user_model().objects.create_user("bob", password="pw"), "google", "9")

        response = press(browser, "disconnect", 400, account=other.pk if pk == "other" else pk)

        assert "not connected any more" in response.content.decode()
        assert SocialAccount.objects.count() == 1

    @pytest.mark.parametrize("has_other", [True, False], ids=["a password", "nothing"])
    def test_django_allauths_own_form_keeps_the_last_way_in(self, ada, apps, proved, rf, has_other):
        """It would count the network that the site offers no more."""
        if not has_other:
            ada.set_unusable_password()
            ada.save()
        account, _gone = connected(ada), connected(ada, "vk")
        request = rf.post("/")
        request.user = ada

        form = DisconnectForm({"account": account.pk}, request=request)

        assert form.is_valid() is has_other
        assert has_other or "last way in" in str(form.errors)

    def test_the_picture_from_there_goes_too(self, browser, ada, apps, proved):
        account = connected(ada)
        Portrait.objects.create(user=ada, account=account, file="smo/portraits/x.jpg")

        press(browser, "disconnect", account=account.pk)

        assert not Portrait.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_tabs_that_disconnect_the_last_two_leave_one(rf, monkeypatch):
    add_apps()
    bob = get_user_model().objects.create_user("bob")
    accounts = [connected(bob, "github"), connected(bob, "google")]
    monkeypatch.setattr(
        connections, "DisconnectForm", lambda data, request: FakeForm(data["account"])
    )  # what django-allauth does besides needs a whole request

    def tab(which: int) -> None:
        request = rf.post(URL)
        request.user = bob
        try:
            connections.disconnect(request, accounts[which].pk)
        except Refused:
            refused.append(which)

    refused: list[int] = []
    side_by_side(tab, 2)

    assert len(refused) == 1
    assert SocialAccount.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite in memory has no second connection to wait for.")
def test_two_tabs_look_what_is_left_one_after_the_other(rf, monkeypatch):
    """Without a lock each would find the other account still there."""
    add_apps()
    bob = get_user_model().objects.create_user("bob")
    accounts = [connected(bob, "github"), connected(bob, "google")]
    meeting = Meeting()
    monkeypatch.setattr(connections, "is_last", meeting.before(connections.is_last))
    monkeypatch.setattr(connections, "DisconnectForm", lambda data, request: FakeForm(data["account"]))

    def tab(which: int) -> None:
        request = rf.post(URL)
        request.user = bob
        with suppress(Refused):
            connections.disconnect(request, accounts[which].pk)

    side_by_side(tab, 2)

    assert not meeting.took_place
    assert SocialAccount.objects.count() == 1


class FakeForm:
    errors: dict[str, list[str]] = {}

    def __init__(self, pk):
        self.pk = pk

    def is_valid(self):
        return True

    def save(self):
        SocialAccount.objects.get(pk=self.pk).delete()


class TestExport:
    def test_it_is_a_file_with_all_apps(self, browser, ada, apps):
        EmailAddress.objects.create(user=ada, email="ada@example.org", verified=True, primary=True)
        connected(ada, login="ada-at-github")

        response = press(browser, "export", 200)

        found = json.loads(response.content)
        assert response["Content-Disposition"] == 'attachment; filename="personal-data.json"'
        assert "no-store" in response["Cache-Control"]
        assert found["addresses"] == ["ada@example.org"]
        assert found["login"]["networks"][0]["extra_data"] == {"login": "ada-at-github"}
        assert {"comments", "mail", "notify", "spam", "login"} <= set(found)

    def test_opening_an_address_exports_nothing(self, browser):
        assert browser.get(URL, {"act": "export"})["Content-Type"].startswith("text/html")

    def test_it_is_counted(self, browser, monkeypatch):
        monkeypatch.setattr("smo_kit.login.account.EXPORTS_AN_HOUR", 1)
        press(browser, "export", 200)

        press(browser, "export", 429)


class TestAnotherAddress:
    """A change of one's address: the new one counts when it is proved, the old one until then."""

    def test_a_new_one_is_not_believed_and_the_old_one_stays(self, browser, ada):
        EmailAddress.objects.create(user=ada, email="ada@example.org", verified=True, primary=True)

        browser.post("/accounts/email/", {"action_add": "", "email": "victim@example.org"})

        ada.refresh_from_db()
        assert ada.email == "ada@example.org"
        assert is_proved(ada, "ada@example.org")
        assert not is_proved(ada, "victim@example.org")

    def test_one_that_is_not_proved_does_not_become_the_first(self, browser, ada):
        EmailAddress.objects.create(user=ada, email="ada@example.org", verified=True, primary=True)
        EmailAddress.objects.create(user=ada, email="victim@example.org")

        browser.post("/accounts/email/", {"action_primary": "", "email": "victim@example.org"})

        ada.refresh_from_db()
        assert ada.email == "ada@example.org"

    def test_one_that_only_stands_in_the_account_is_shown_as_not_confirmed(self, browser, ada):
        assert "ada@example.org not confirmed yet" in shown(browser)
        assert not is_proved(ada, "ada@example.org")
