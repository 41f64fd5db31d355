"""Who comes from a Russian page is spoken to in Russian all the way: on each page, after each form, and in mails."""

from __future__ import annotations

import re
from urllib.parse import urljoin

import pytest
from allauth.account.models import EmailAddress
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model

from smo_kit.mail.models import Mail

pytestmark = pytest.mark.django_db
RUSSIAN = re.compile("[а-яё]")
SITE = "http://testserver"


class Walker:
    """A browser that says from which page of the site it comes."""

    def __init__(self, client) -> None:
        self.client = client
        self.address = "/ru/articles/"
        self.page = BeautifulSoup()

    def go(self, address: str, data: dict[str, str] | None = None) -> None:
        before = {"referer": urljoin(SITE, self.address), "accept-language": "en", "sec-fetch-site": "same-origin"}
        act = self.client.get if data is None else self.client.post
        response = act(address, data or {}, headers=before)
        self.address = address
        if response.status_code in {302, 303}:
            self.go(urljoin(address, response["Location"]))
            return
        self.page = BeautifulSoup(response.content, "html.parser")
        assert self.page.html["lang"] == "ru", address

    def follow(self, part: str) -> None:
        self.go(urljoin(self.address, self.page.select_one(f"main a[href*='{part}']")["href"]))

    def send(self, having: str, **typed: str) -> None:
        """Send the form that has something in it."""
        form = next(one for one in self.page.select("main form") if one.select(having))
        known = {one["name"]: one.get("value", "") for one in form.select("input[type=hidden][name]")}
        self.go(urljoin(self.address, form.get("action") or self.address), {**known, **typed})


@pytest.fixture
def walker(client):
    return Walker(client)


@pytest.fixture
def ada():
    user = get_user_model().objects.create_user("ada", "ada@example.org", "strong-word-1")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def test_a_newcomer_with_a_password(walker):
    walker.go("/smo/login/?next=/ru/articles/")
    walker.follow("signup")
    walker.send("[name=password1]", email="bob@example.org", username="bob", password1="x7!kkwqweQ12")
    assert RUSSIAN.search(Mail.objects.get().subject)
    walker.send("[name=code]", code="WRONG")
    walker.send("[name=code]", code=walker.client.session["account_email_verification_code"]["code"])
    assert walker.address == "/ru/articles/"


def test_a_forgotten_password(walker, ada):
    walker.go("/smo/login/?next=/ru/articles/")
    walker.follow("password/reset")
    walker.send("[name=email]", email="ada@example.org")
    mail = Mail.objects.get()
    assert RUSSIAN.search(mail.subject)
    walker.address = "/"
    walker.go(re.search(r"https?://[^/\s]+(/accounts/password/reset/key/\S+)", mail.text)[1])
    walker.send("[name=password1]", password1="x7!kkwqweQ12", password2="x7!kkwqweQ12")


def test_a_member_on_his_own_page(walker, ada):
    walker.go("/smo/login/?next=/ru/articles/")
    walker.send("[name=login]", login="ada", password="strong-word-1")
    mine = walker.client.get("/smo/login/me/?l=ru").json()["account"]
    walker.go(mine)
    walker.send("[name=first_name]", act="name", first_name="Ada", last_name="")
    assert RUSSIAN.search(walker.page.select_one("[role=status]").text)
    walker.follow("/accounts/email/")
    walker.send("[name=email][type=email]", email="other@example.org", action_add="")
    walker.go(mine)
    walker.follow("password/change")
    walker.go(mine)
    walker.follow("leave")
    walker.send("[name=sure]", texts="keep")
    walker.send("[name=sure]", texts="keep", sure="yes")
    assert RUSSIAN.search(Mail.objects.latest("pk").subject)
