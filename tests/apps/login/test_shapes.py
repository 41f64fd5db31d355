"""Answers in the shapes that providers document, through django-allauth's own views. The people are invented."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import get_user_model

from smo_kit.login.models import Health
from smo_kit.mail.models import Mail
from tests.apps.login.test_faults import telegram
from tests.apps.login.wire import Reader, Web, fault_in, id_token, path_of, query_of, state_of

pytestmark = pytest.mark.django_db

THEN = "/about/?draft=1"
FORM, CODE = "/accounts/3rdparty/signup/", "/accounts/confirm-email/"
TOKEN = {"access_token": "at", "token_type": "bearer", "expires_in": 3600, "refresh_token": "rt"}


@dataclass(frozen=True, kw_only=True)
class Shape:
    """What one provider answers, and what becomes of it."""

    app: str
    token_url: str
    answers: dict[str, Any]
    """By address; what the token endpoint says is ``token``."""
    token: Any = field(default_factory=lambda: TOKEN)
    back: dict[str, str] = field(default_factory=dict)
    """More that the provider puts into the address of the way back."""
    ends: str
    """Path of the page that follows; with ``fault`` in it: what the page is told."""
    uid: str = ""
    address: str = ""
    is_proved: bool = False
    name: str = ""


VK = {"app": "vk", "token_url": "https://id.vk.ru/oauth2/auth", "back": {"device_id": "d-1", "type": "code_v2"}}
VK_INFO = "https://id.vk.ru/oauth2/user_info"
VK_USER = {
    "user_id": "1234567890",
    "first_name": "Ива́н",
    "last_name": "Ручьёв",
    "phone": "79990000000",
    "avatar": "https://pictures.example/50.jpg",
    "email": "ivan@example.org",
    "sex": 2,
    "verified": False,
    "birthday": "01.01.1990",
}
OK = {"app": "odnoklassniki", "token_url": "https://api.odnoklassniki.ru/oauth/token.do"}
OK_INFO = "https://api.odnoklassniki.ru/fb.do"
OK_USER = {
    "uid": "555000111",
    "birthday": "1990-01-01",
    "first_name": "Вера",
    "last_name": "Лугова",
    "name": "Вера Лугова",
    "has_email": True,
    "email": "vera@example.org",
    "locale": "ru",
    "gender": "female",
    "pic_1": "https://pictures.example/50.png",
    "pic1024x768": "https://pictures.example/1024.png",
}
MAIL = {"app": "mailru", "token_url": "https://connect.mail.ru/oauth/token"}
MAIL_INFO = "https://www.appsmail.ru/platform/api"
MAIL_USER = {
    "uid": "15410773191172635989",
    "first_name": "Егор",
    "last_name": "Полянов",
    "nick": "egor",
    "email": "egor@example.org",
    "has_pic": "1",
    "pic_small": "https://pictures.example/45.jpg",
    "pic_big": "https://pictures.example/180.jpg",
    "link": "https://my.example/mail/egor/",
    "sex": 0,
    "location": {"country": {"name": "Country", "id": "24"}},
}
YANDEX = {"app": "yandex", "token_url": "https://oauth.yandex.ru/token"}
YANDEX_INFO = "https://login.yandex.ru/info"
YANDEX_USER = {
    "id": "1000034426",
    "login": "lena",
    "client_id": "us",
    "display_name": "lena",
    "first_name": "Лена",
    "last_name": "Садова",
    "default_email": "lena@example.org",
    "emails": ["lena@example.org", "other@example.org"],
    "default_avatar_id": "131652443",
    "is_avatar_empty": False,
    "psuid": "1.AAA.bbb",
}
GITHUB = {"app": "github", "token_url": "https://github.com/login/oauth/access_token"}
GITHUB_INFO, GITHUB_MAILS = "https://api.github.com/user", "https://api.github.com/user/emails"
GITHUB_USER = {
    "login": "octa",
    "id": 58,
    "node_id": "MDQ6VXNlcjU4",
    "avatar_url": "https://pictures.example/58",
    "html_url": "https://github.example/octa",
    "name": "Octa Reader",
    "company": "Company",
    "email": None,
    "bio": "Text",
    "two_factor_authentication": True,
}
GITHUB_ROWS = [
    {"email": "octa@noreply.example", "primary": False, "verified": True, "visibility": None},
    {"email": "octa@example.org", "primary": True, "verified": True, "visibility": "private"},
]
GOOGLE = {"app": "google", "token_url": "https://oauth2.googleapis.com/token"}
GOOGLE_USER = {
    "iss": "https://accounts.google.com",
    "aud": "us",
    "azp": "us",
    "sub": "110000000000000000001",
    "email": "gwen@example.org",
    "email_verified": True,
    "name": "Gwen Reader",
    "given_name": "Gwen",
    "family_name": "Reader",
    "picture": "https://pictures.example/gwen",
    "iat": 1,
    "exp": int(time.time()) + 10**8,
}


def without(person: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in person.items() if name not in names}


def google(**changes: Any) -> dict[str, Any]:
    return {**TOKEN, "id_token": id_token(**{**GOOGLE_USER, **changes})}


SHAPES = {
    "VK ID": Shape(
        **VK,
        answers={VK_INFO: {"user": VK_USER}},
        ends=CODE,
        uid="1234567890",
        address="ivan@example.org",
        name="Ива́н Ручьёв",
    ),
    "VK ID without an address": Shape(
        **VK, answers={VK_INFO: {"user": {**VK_USER, "email": ""}}}, ends=FORM, uid="1234567890"
    ),
    "VK ID, error of the token": Shape(
        **VK,
        token={"error": "invalid_grant", "error_description": "Code is invalid or expired"},
        answers={},
        ends="fault lost",
    ),
    "VK ID, error of the person": Shape(
        **VK, answers={VK_INFO: {"error": "invalid_token", "error_description": "access_token"}}, ends="fault unclear"
    ),
    "Odnoklassniki": Shape(
        **OK,
        answers={OK_INFO: OK_USER},
        ends=CODE,
        uid="555000111",
        address="vera@example.org",
        name="Вера Лугова",
    ),
    "Odnoklassniki without an address": Shape(
        **OK, answers={OK_INFO: {**without(OK_USER, "email"), "has_email": False}}, ends=FORM, uid="555000111"
    ),
    "Odnoklassniki, error with 200": Shape(
        **OK,
        answers={
            OK_INFO: {"error_code": 102, "error_msg": "PARAM_SESSION_EXPIRED : Session expired", "error_data": None}
        },
        ends="fault unclear",
    ),
    "Mail.ru": Shape(
        **MAIL,
        token={**TOKEN, "x_mailru_vid": "15410773191172635989"},
        answers={MAIL_INFO: [MAIL_USER]},
        ends=CODE,
        uid="15410773191172635989",
        address="egor@example.org",
        name="Егор Полянов",
    ),
    "Mail.ru without an address": Shape(
        **MAIL,
        token={**TOKEN, "x_mailru_vid": "15410773191172635989"},
        answers={MAIL_INFO: [without(MAIL_USER, "email")]},
        ends=FORM,
        uid="15410773191172635989",
    ),
    "Mail.ru, error with 200": Shape(
        **MAIL,
        token={**TOKEN, "x_mailru_vid": "1"},
        answers={MAIL_INFO: {"error": {"error_code": 102, "error_msg": "User authorization failed"}}},
        ends="fault unclear",
    ),
    "Mail.ru without the person's number": Shape(**MAIL, answers={}, ends="fault unclear"),
    "Mail.ru, nobody": Shape(
        **MAIL, token={**TOKEN, "x_mailru_vid": "1"}, answers={MAIL_INFO: []}, ends="fault unclear"
    ),
    "Yandex": Shape(
        **YANDEX,
        answers={YANDEX_INFO: YANDEX_USER},
        ends="/about/",
        uid="1000034426",
        address="lena@example.org",
        is_proved=True,
        name="Лена Садова",
    ),
    "Yandex without an address": Shape(
        **YANDEX, answers={YANDEX_INFO: without(YANDEX_USER, "default_email", "emails")}, ends=FORM, uid="1000034426"
    ),
    "Yandex, error of the token": Shape(
        **YANDEX,
        token={"error": "invalid_client", "error_description": "Client not found"},
        answers={},
        ends="fault refused",
    ),
    "GitHub": Shape(
        **GITHUB,
        answers={GITHUB_INFO: GITHUB_USER, GITHUB_MAILS: GITHUB_ROWS},
        ends="/about/",
        uid="58",
        address="octa@example.org",
        is_proved=True,
        name="Octa Reader",
    ),
    "GitHub, not proved": Shape(
        **GITHUB,
        answers={GITHUB_INFO: GITHUB_USER, GITHUB_MAILS: [{**GITHUB_ROWS[1], "verified": False}]},
        ends=CODE,
        uid="58",
        address="octa@example.org",
        name="Octa Reader",
    ),
    "GitHub without an address": Shape(
        **GITHUB, answers={GITHUB_INFO: GITHUB_USER, GITHUB_MAILS: []}, ends=FORM, uid="58"
    ),
    "GitHub, error with 200": Shape(
        **GITHUB,
        token={"error": "bad_verification_code", "error_description": "The code passed is incorrect or expired."},
        answers={},
        ends="fault lost",
    ),
    "GitHub, another callback address": Shape(
        **GITHUB, token={"error": "redirect_uri_mismatch"}, answers={}, ends="fault refused"
    ),
    "Google": Shape(
        **GOOGLE,
        token=google(),
        answers={},
        ends="/about/",
        uid="110000000000000000001",
        address="gwen@example.org",
        is_proved=True,
        name="Gwen Reader",
    ),
    "Google, not proved": Shape(
        **GOOGLE,
        token=google(email_verified=False),
        answers={},
        ends=CODE,
        uid="110000000000000000001",
        address="gwen@example.org",
        name="Gwen Reader",
    ),
    "Google without an address": Shape(
        **GOOGLE, token=google(email=None), answers={}, ends=FORM, uid="110000000000000000001"
    ),
    "Google, for another site": Shape(**GOOGLE, token=google(aud="them"), answers={}, ends="fault unclear"),
    "Google, of another issuer": Shape(
        **GOOGLE, token=google(iss="https://evil.example"), answers={}, ends="fault unclear"
    ),
    "Google, run out": Shape(**GOOGLE, token=google(exp=1), answers={}, ends="fault unclear"),
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_a_documented_answer(web: Web, reader: Reader, shape: Shape) -> None:
    web[shape.token_url] = shape.token
    for url, answer in shape.answers.items():
        web[url] = answer

    end = reader.sign_in(shape.app, f"/accounts/{shape.app}/login/callback/", THEN, **shape.back)

    if shape.ends.startswith("fault"):
        assert fault_in(end) == (shape.ends.removeprefix("fault "), THEN)
        assert get_user_model().objects.count() == 0
        return
    assert path_of(end) == shape.ends
    if shape.ends == FORM:
        end = reader.client.post(FORM, {"email": "typed@example.org", "username": "typed"})  # type: ignore[assignment]
        assert path_of(end) == CODE
    account = SocialAccount.objects.get()
    assert (account.provider, account.uid) == (shape.app, shape.uid)
    addresses = {(one.email, one.verified) for one in EmailAddress.objects.filter(primary=True)}
    assert addresses == {(shape.address or "typed@example.org", shape.is_proved)}
    assert bool(reader.user_id) is shape.is_proved
    assert Mail.objects.count() == (0 if shape.is_proved else 1)
    if shape.name:
        assert account.user.get_full_name() == shape.name


@pytest.mark.parametrize("name", ["VK ID", "Odnoklassniki", "Mail.ru", "Yandex", "GitHub", "Google"])
def test_nothing_private_is_kept(web: Web, reader: Reader, name: str) -> None:
    test_a_documented_answer(web, reader, SHAPES[name])

    kept = str(SocialAccount.objects.get().extra_data)
    for private in ("@", "7999", "1990-01", "01.01", "Country", "Company", "'sex'", "gender", "psuid"):
        assert private not in kept
    assert SHAPES[name].uid in kept


def test_telegram(web: Web, reader: Reader) -> None:
    """It never gives an address, and signs what it says by the token of the bot."""
    start = reader.start("telegram", THEN)
    back = query_of(start)["return_to"].removeprefix("http://testserver")
    assert reader.client.get(back).status_code == 200  # its script posts what stands behind the #

    end = reader.client.post(back, {"tgAuthResult": telegram(photo_url="https://pictures.example/tim.jpg")})

    assert path_of(end) == FORM
    assert path_of(reader.client.post(FORM, {"email": "tim@example.org", "username": "tim"})) == CODE
    account = SocialAccount.objects.get()
    assert (account.uid, account.user.first_name) == ("9", "Tim")
    assert account.extra_data["photo_url"] == "https://pictures.example/tim.jpg"


ISSUER = {"sub": "1", "email": "ann@example.org", "name": "Ann"}


@pytest.mark.parametrize(
    ("claim", "said", "is_believed"),
    [
        ({"email_verified": True}, {}, True),
        ({"email_verified": "true"}, {}, True),
        ({"email_verified": "false"}, {}, False),
        ({"email_verified": False}, {}, False),
        ({"email_verified": 1}, {}, True),
        ({"email_verified": "yes, of course"}, {}, False),
        ({"email_verified": [True]}, {}, False),
        ({}, {}, False),
        ({"email_verified": True}, {"verified_email": False}, False),
        ({}, {"verified_email": True}, True),
        ({}, {"verified_email": ["example.org"]}, True),
        ({}, {"verified_email": ["example.com"]}, False),
    ],
)
def test_whose_word_is_taken_for_an_address(
    web: Web, reader: Reader, settings: Any, claim: dict[str, Any], said: dict[str, Any], is_believed: bool
) -> None:
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    changed = {**app, "settings": {**app["settings"], **said}}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [changed]}}
    web.issues({**ISSUER, **claim})

    reader.back("/accounts/oidc/issuer/login/callback/", state_of(reader.start("issuer")))

    assert EmailAddress.objects.get().verified is is_believed


def test_a_network_that_proves_nothing_is_not_believed(
    web: Web, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """django-allauth may take for proved what the network's own record does not."""
    monkeypatch.setattr(
        "allauth.socialaccount.providers.vk.provider.VKProvider.extract_email_addresses",
        lambda self, data: [EmailAddress(email=data["email"], verified=True, primary=True)],
    )

    test_a_documented_answer(web, reader, SHAPES["VK ID"])

    assert not EmailAddress.objects.get().verified


def test_a_success_is_noted(web: Web, reader: Reader) -> None:
    test_a_documented_answer(web, reader, SHAPES["Yandex"])

    health = Health.objects.get()
    assert (health.app, health.failures, health.failed_at) == ("yandex", 0, None)
