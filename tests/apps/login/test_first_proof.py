"""What opened an account before its address was proved is worth nothing: its owner need not have made it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from smo_kit.login.first_proof import OWNER, RECORDS
from smo_kit.mail.models import Mail
from tests.apps.login.wire import Reader, path_of

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.apps.login.urls_by_code")]

ADDRESS = "ann@example.org"
STRANGERS, OWNERS = "of-a-stranger-99", "long-enough-4-you"
NEW = {"email": ADDRESS, "username": "ann", "password1": STRANGERS}
ACCOUNT = "/smo/login/account/"


@pytest.fixture(autouse=True)
def by_code(settings: Any) -> None:
    settings.ACCOUNT_LOGIN_BY_CODE_ENABLED = True
    settings.ACCOUNT_LOGIN_METHODS = {"username", "email"}


def code(kind: str = "login-code") -> str:
    """Return the code in the newest mail."""
    found = re.search(r"^[A-Z0-9]{3,4}-?[A-Z0-9]{3,4}$", Mail.objects.filter(kind=kind).latest("pk").text, re.MULTILINE)
    assert found
    return found.group()


def comes_by_code(client: Client) -> Any:
    client.post("/accounts/login/code/", {"email": ADDRESS})
    return client.post("/accounts/login/code/confirm/", {"code": code()})


def resets_by_link(client: Client, password: str = OWNERS) -> None:
    client.post("/accounts/password/reset/", {"email": ADDRESS})
    text = Mail.objects.filter(kind="login-link").latest("pk").text
    link = next(word for word in text.split() if "/password/reset/key/" in word)
    form = client.get(link.removeprefix("http://testserver"), follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": password, "password2": password})


def opens(password: str) -> bool:
    client = Client()
    client.post("/smo/login/password/", {"login": "ann", "password": password})
    return "_auth_user_id" in client.session


def member() -> Any:
    return get_user_model().objects.get()


def is_in(client: Client) -> bool:
    return client.get(ACCOUNT).status_code == 200


class TestByACode:
    def test_a_strangers_password_is_dropped_and_the_owner_is_in(self) -> None:
        Client().post("/accounts/signup/", NEW)
        owner = Client()

        comes_by_code(owner)

        assert not member().has_usable_password()
        assert not opens(STRANGERS)
        assert EmailAddress.objects.get().verified
        page = owner.get(ACCOUNT)
        assert "works no more" in page.content.decode()

    def test_so_is_a_strangers_network(self) -> None:
        Reader(Client()).dummy(email=ADDRESS, id=666)
        owner = Client()

        comes_by_code(owner)

        assert not SocialAccount.objects.exists()
        assert is_in(owner)

    def test_also_where_the_address_has_no_row_yet(self, ann: Any) -> None:
        """django-allauth asks for a second code then."""
        SocialAccount.objects.create(user=ann, provider="dummy", uid="666")
        owner = Client()

        assert path_of(comes_by_code(owner)) == "/accounts/confirm-email/"
        owner.post("/accounts/confirm-email/", {"code": code()})

        assert is_in(owner)
        assert not opens("pw")
        assert not SocialAccount.objects.exists()

    def test_a_strangers_open_session_ends(self, ann: Any) -> None:
        """In an account from before addresses had to be proved."""
        EmailAddress.objects.create(user=ann, email=ADDRESS, primary=True)
        ann.set_unusable_password()
        ann.last_login = timezone.now()
        ann.save()
        SocialAccount.objects.create(user=ann, provider="dummy", uid="666")
        stranger, owner = Client(), Client()
        stranger.force_login(ann, backend="django.contrib.auth.backends.ModelBackend")
        assert is_in(stranger)

        comes_by_code(owner)

        assert (is_in(owner), is_in(stranger)) == (True, False)
        assert not SocialAccount.objects.exists()

    def test_who_has_proved_it_before_keeps_everything(self, ann: Any) -> None:
        EmailAddress.objects.create(user=ann, email=ADDRESS, primary=True, verified=True)
        EmailAddress.objects.create(user=ann, email="second@example.org")
        SocialAccount.objects.create(user=ann, provider="dummy", uid="7")

        client = Client()
        client.post("/accounts/login/code/", {"email": "second@example.org"})
        client.post("/accounts/login/code/confirm/", {"code": code()})

        assert EmailAddress.objects.filter(verified=True).count() == 2
        assert member().check_password("pw")
        assert SocialAccount.objects.exists()

    @pytest.mark.parametrize("way", ["password", "network"])
    def test_what_was_shown_in_the_same_session_stays(self, ann: Any, settings: Any, way: str) -> None:
        """Where a code is asked for besides."""
        settings.ACCOUNT_LOGIN_BY_CODE_REQUIRED = True
        EmailAddress.objects.create(user=ann, email=ADDRESS, primary=True)
        SocialAccount.objects.create(user=ann, provider="dummy", uid="7")
        SocialAccount.objects.create(user=ann, provider="dummy", uid="666")
        client = Client()
        if way == "password":
            client.post("/smo/login/password/", {"login": "ann", "password": "pw"})
        else:
            Reader(client).dummy(id=7)

        client.post("/accounts/login/code/confirm/", {"code": code()})

        assert is_in(client)
        assert member().has_usable_password() is (way == "password")
        assert list(SocialAccount.objects.values_list("uid", flat=True)) == ([] if way == "password" else ["7"])

    def test_what_was_shown_for_another_account_is_nothing(self, ann: Any, bob: Any) -> None:
        EmailAddress.objects.create(user=ann, email=ADDRESS, primary=True)
        client = Client()
        client.post("/accounts/login/code/", {"email": ADDRESS})
        session = client.session
        session.update({RECORDS: [{"method": "password"}], OWNER: str(bob.pk)})
        session.save()

        client.post("/accounts/login/code/confirm/", {"code": code()})

        ann.refresh_from_db()
        assert not ann.has_usable_password()


class TestBySignUp:
    def test_who_signs_up_himself_keeps_his_password(self) -> None:
        client = Client()
        client.post("/accounts/signup/", NEW)

        client.post("/accounts/confirm-email/", {"code": code()})

        assert is_in(client)
        assert opens(STRANGERS)

    def test_and_his_network(self) -> None:
        reader = Reader(Client())
        reader.dummy(email=ADDRESS, id=7)

        reader.client.post("/accounts/confirm-email/", {"code": code()})

        assert is_in(reader.client)
        assert SocialAccount.objects.get().uid == "7"

    def test_a_member_who_is_in_keeps_what_he_has(self, ann: Any) -> None:
        client = Client()
        client.force_login(ann, backend="django.contrib.auth.backends.ModelBackend")
        client.post("/accounts/email/", {"action_add": "", "email": "new@example.org"})

        client.post("/accounts/confirm-email/", {"code": code()})

        assert EmailAddress.objects.get(verified=True).email == "new@example.org"
        assert is_in(client)
        assert opens("pw")

    @pytest.mark.parametrize(("app", "stays"), [("admin", True), ("", False)], ids=["admin", "a link"])
    def test_the_admins_word_drops_nothing_and_a_click_does(self, ann: Any, rf: Any, app: str, stays: bool) -> None:
        """Settings that let a link prove an address are refused; who silences the check is safe none the less."""
        address = EmailAddress.objects.create(user=ann, email=ADDRESS, verified=True)
        request = rf.get("/")
        request.user, request.session, request.resolver_match = None, Client().session, Match(app)

        email_confirmed.send(sender=EmailAddress, request=request, email_address=address)

        assert member().has_usable_password() is stays


class Match:
    def __init__(self, app_name: str) -> None:
        self.app_name = app_name


class TestByANewPassword:
    @pytest.mark.parametrize("seen", [None, timezone.now()], ids=["never in", "was in"])
    def test_a_strangers_network_is_dropped(self, ann: Any, seen: Any) -> None:
        """He may have been in, before addresses had to be proved."""
        ann.last_login = seen
        ann.save()
        SocialAccount.objects.create(user=ann, provider="dummy", uid="666")

        resets_by_link(Client())

        assert not SocialAccount.objects.exists()
        assert member().check_password(OWNERS)

    def test_the_new_password_stays_when_the_address_is_proved(self, ann: Any, settings: Any) -> None:
        settings.ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
        client = Client()
        resets_by_link(client)

        client.post("/accounts/confirm-email/", {"code": code()})

        assert is_in(client)
        assert opens(OWNERS)

    def test_where_the_address_is_proved_networks_stay(self, ann: Any) -> None:
        EmailAddress.objects.create(user=ann, email=ADDRESS, primary=True, verified=True)
        SocialAccount.objects.create(user=ann, provider="dummy", uid="7")

        resets_by_link(Client())

        assert SocialAccount.objects.exists()

    def test_a_network_of_the_same_session_stays(self) -> None:
        reader = Reader(Client())
        reader.dummy(email=ADDRESS, id=7)

        resets_by_link(reader.client)

        assert SocialAccount.objects.get().uid == "7"

    def test_by_a_code_too(self, ann: Any, settings: Any) -> None:
        """The address is proved before the password is set."""
        settings.ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
        EmailAddress.objects.create(user=ann, email=ADDRESS, primary=True)
        SocialAccount.objects.create(user=ann, provider="dummy", uid="666")
        client = Client()
        client.post("/accounts/password/reset/", {"email": ADDRESS})
        client.post("/accounts/password/reset/confirm/", {"code": code()})

        client.post("/accounts/password/reset/complete/", {"password1": OWNERS, "password2": OWNERS})

        assert opens(OWNERS)
        assert not SocialAccount.objects.exists()
