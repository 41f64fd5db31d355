"""Whatever goes wrong on the way to a provider and back: a page with a sentence, the other ways and the way on."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from typing import Any

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import get_user_model
from django.test import Client
from requests.exceptions import ChunkedEncodingError

from smo_kit.core.limits import networks_of
from smo_kit.login.faults import Fault, sentence_of
from smo_kit.login.models import Health
from tests.apps.login.wire import (
    CONFIG,
    DISCOVERY,
    OWN_FORM,
    TOKEN,
    USERINFO,
    Reader,
    Web,
    fault_in,
    id_token,
    path_of,
    query_of,
    state_of,
)

pytestmark = pytest.mark.django_db

THEN = "/about/?draft=1"
CALLBACK = "/accounts/oidc/issuer/login/callback/"
ANN = {"sub": "1", "email": "ann@example.org", "email_verified": True}

BROKEN = {
    "nobody is there": (requests.ConnectionError("refused"), 200, "down"),
    "too slow": (requests.Timeout("read timed out"), 200, "down"),
    "breaks off": (ChunkedEncodingError("cut"), 200, "down"),
    "is broken": ({"oops": 1}, 500, "down"),
    "has no time": ({"oops": 1}, 429, "down"),
    "HTML": ("<!doctype html><title>Maintenance</title>", 200, "unclear"),
    "an empty answer": ("", 200, "unclear"),
    "a list": ([1, 2], 200, "unclear"),
    "a number": (7, 200, "unclear"),
    "null": (None, 200, "unclear"),
    "an empty object": ({}, 200, "unclear"),
    "other names": ({"result": {"id": 1}}, 200, "unclear"),
    "nothing there": ({"oops": 1}, 404, "unclear"),
    "as deep as a well": ("[" * 100_000, 200, "unclear"),
}


@pytest.fixture
def issuer(web: Web) -> Web:
    web.issues(ANN)
    return web


@pytest.mark.parametrize(("answer", "status", "fault"), BROKEN.values(), ids=BROKEN)
@pytest.mark.parametrize("where", ["discovery", "token", "userinfo"])
def test_a_provider_breaks_off(issuer: Web, reader: Reader, where: str, answer: Any, status: int, fault: str) -> None:
    state = state_of(reader.start("issuer", THEN))
    issuer.say({"discovery": DISCOVERY, "token": TOKEN, "userinfo": USERINFO}[where], answer, status)

    back = reader.back(CALLBACK, state)

    if where == "token" and status != 200:
        fault = "unclear"  # django-allauth says of any status of this one that there is no token
    assert fault_in(back) == (fault, THEN)
    assert get_user_model().objects.count() == 0
    assert Health.objects.get().app == "issuer"


@pytest.mark.parametrize(("answer", "status", "fault"), BROKEN.values(), ids=BROKEN)
@pytest.mark.parametrize("start", ["ours", "django-allauth's"])
def test_a_provider_is_broken_before_it_begins(
    web: Web, reader: Reader, start: str, answer: Any, status: int, fault: str
) -> None:
    web.say(DISCOVERY, answer, status)

    if start == "ours":
        back = reader.start("issuer", THEN)
    else:
        back = reader.client.post("/accounts/oidc/issuer/login/", {"next": THEN})  # type: ignore[assignment]

    assert fault_in(back) == (fault, THEN)
    assert Health.objects.get().failures == 1


@pytest.mark.parametrize("app", ["github", "google", "mailru", "odnoklassniki", "vk", "yandex"])
@pytest.mark.parametrize("error", [requests.ConnectionError("no"), requests.Timeout("no")], ids=["away", "slow"])
def test_each_provider_may_be_away(web: Web, reader: Reader, app: str, error: Exception) -> None:
    back = reader.sign_in(app, f"/accounts/{app}/login/callback/", THEN)

    assert fault_in(back) == ("down", THEN)
    assert Health.objects.get().app == app


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ("access_denied", "denied"),
        ("user_cancelled_login", "denied"),
        ("consent_required", "denied"),
        ("server_error", "down"),
        ("temporarily_unavailable", "down"),
        ("invalid_scope", "refused"),
        ("redirect_uri_mismatch", "refused"),
        ("whatever_this_is", "unclear"),
        ("", "unclear"),
    ],
)
def test_a_provider_says_no(issuer: Web, reader: Reader, said: str, fault: str) -> None:
    state = state_of(reader.start("issuer", THEN))

    back = reader.back(CALLBACK, state, code="", error=said)

    assert fault_in(back) == (fault, THEN)
    assert not Health.objects.exists(), "the reader's address says so, and he may have typed it"


@pytest.mark.parametrize(
    ("error", "fault"),
    [("invalid_grant", "lost"), ("invalid_client", "refused"), ("unauthorized_client", "refused"), ("odd", "unclear")],
)
def test_a_provider_gives_no_token(issuer: Web, reader: Reader, error: str, fault: str) -> None:
    state = state_of(reader.start("issuer", THEN))
    issuer.say(TOKEN, {"error": error}, 400)

    assert fault_in(reader.back(CALLBACK, state)) == (fault, THEN)


@pytest.mark.parametrize("status", [401, 403])
def test_a_provider_tells_nothing_of_a_person(issuer: Web, reader: Reader, status: int) -> None:
    state = state_of(reader.start("issuer", THEN))
    issuer.say(USERINFO, {}, status)

    assert fault_in(reader.back(CALLBACK, state)) == ("refused", THEN)


@pytest.mark.parametrize(
    ("uid", "fault"),
    [("", "unclear"), ("a\x00b", "unclear"), ("a\nb", "unclear"), ("x" * 192, "refused")],
    ids=["none", "with NUL", "two lines", "too long"],
)
def test_a_person_whose_number_is_none(web: Web, reader: Reader, uid: str, fault: str) -> None:
    web.issues({**ANN, "sub": uid})

    back = reader.back(CALLBACK, state_of(reader.start("issuer", THEN)))

    assert fault_in(back) == (fault, THEN)
    assert get_user_model().objects.count() == 0


@pytest.mark.parametrize(("subject", "fault"), [("2", "unclear"), ("1", "")], ids=["another's", "his"])
def test_two_people_in_one_answer_are_nobody(web: Web, reader: Reader, subject: str, fault: str) -> None:
    token = id_token(iss=CONFIG["issuer"], aud="us", sub=subject, exp=int(time.time()) + 99)
    web.issues(ANN, id_token=token)

    back = reader.back(CALLBACK, state_of(reader.start("issuer", THEN)))

    assert (fault_in(back)[0] if fault else path_of(back)) == (fault or "/about/")
    assert get_user_model().objects.count() == (0 if fault else 1)


@pytest.mark.parametrize("said", ["invalid_client", "nonsense"])
def test_what_a_reader_makes_up_is_not_the_providers_word(web: Web, reader: Reader, said: str) -> None:
    """Else anybody could make the owner believe that signing in is broken."""
    start = reader.start("telegram", THEN)
    back = query_of(start)["return_to"].removeprefix("http://testserver")

    fault_in(reader.client.post(back, {"tgAuthResult": telegram(auth_date=said)}))

    assert not Health.objects.exists()


def test_a_state_that_nobody_knows(issuer: Web, reader: Reader) -> None:
    assert fault_in(reader.back(CALLBACK, "forged-state")) == ("lost", "/")
    assert fault_in(reader.back(CALLBACK, "")) == ("lost", "/")
    assert issuer.asked == []


def test_a_state_that_nobody_knows_denies_nothing(issuer: Web, reader: Reader) -> None:
    assert fault_in(reader.back(CALLBACK, "forged", code="", error="server_error"))[0] == "lost"
    assert not Health.objects.exists()


def test_an_answer_comes_twice(issuer: Web, reader: Reader) -> None:
    state = state_of(reader.start("issuer", THEN))
    reader.back(CALLBACK, state)
    asked = len(issuer.asked)

    assert fault_in(reader.back(CALLBACK, state)) == ("lost", THEN)
    assert len(issuer.asked) == asked


def test_a_forged_answer_leads_on_to_where_this_browser_was_going(issuer: Web, reader: Reader) -> None:
    reader.start("issuer", THEN)

    assert fault_in(reader.back(CALLBACK, "forged")) == ("lost", THEN)
    assert fault_in(Reader(Client()).back(CALLBACK, "forged")) == ("lost", "/")


def test_the_answer_of_another_provider(web: Web, reader: Reader) -> None:
    state = state_of(reader.start("github", THEN))

    assert fault_in(reader.back("/accounts/google/login/callback/", state)) == ("lost", THEN)
    assert web.asked == []


def test_the_answer_comes_to_another_browser(issuer: Web, reader: Reader) -> None:
    state = state_of(reader.start("issuer", THEN))

    assert fault_in(Reader(Client()).back(CALLBACK, state)) == ("lost", "/")
    assert SocialAccount.objects.count() == 0


def test_the_answer_comes_too_late(issuer: Web, reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    state = state_of(reader.start("issuer", THEN))
    now = time.time()
    monkeypatch.setattr("allauth.socialaccount.internal.statekit.time.time", lambda: now + 601)

    assert fault_in(reader.back(CALLBACK, state)) == ("lost", THEN)


def test_a_provider_for_trying_out_says_no(reader: Reader) -> None:
    state = reader.dummy_state(then=THEN)

    assert fault_in(reader.say(state, action="cancel")) == ("denied", THEN)


@pytest.mark.parametrize(
    "path", ["/accounts/google/login/", "/accounts/google/login/callback/?code=1&state=2"], ids=["start", "back"]
)
def test_a_provider_without_an_application(reader: Reader, path: str) -> None:
    assert fault_in(reader.client.post(path, {"next": THEN})) == ("unknown", THEN)


def test_a_way_that_there_is_not(web: Web, reader: Reader) -> None:
    assert fault_in(reader.start("nowhere", THEN)) == ("unknown", THEN)


def test_two_applications_of_one_provider_are_for_the_owner(web: Web, reader: Reader, settings: Any) -> None:
    one = {"client_id": "a", "secret": "s"}
    settings.SOCIALACCOUNT_PROVIDERS = {"github": {"APPS": [one, {**one, "client_id": "b"}]}}

    assert fault_in(reader.start("github", THEN)) == ("refused", THEN)
    assert Health.objects.get().app == "github"


def test_an_application_without_its_settings_is_for_the_owner(web: Web, reader: Reader, settings: Any) -> None:
    app = {"provider_id": "issuer", "name": "Issuer", "client_id": "us"}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}

    assert fault_in(reader.start("issuer", THEN)) == ("unclear", THEN)


def test_an_application_that_is_missing_is_for_the_owner_whoever_finds_out(
    web: Web, reader: Reader, settings: Any
) -> None:
    state = state_of(reader.start("github", THEN))
    one = {"client_id": "a", "secret": "s"}
    settings.SOCIALACCOUNT_PROVIDERS = {"github": {"APPS": [one, {**one, "client_id": "b"}]}}

    assert fault_in(reader.back("/accounts/github/login/callback/", state))[0] == "refused"
    assert Health.objects.get().app == "github"


TOKENS = {
    "in an address": requests.ConnectionError("Max retries exceeded with url: /me?v=5&access_token=hush-hush&x=1"),
    "in a header": ValueError("Authorization: Bearer hush-hush.hush"),
    "in JSON in bytes": ValueError(r"""Error retrieving token: b'{\"access_token\": \"hush-hush\"}'"""),
    "signed": ValueError("eyJhush-hush.eyJhush-hush.hush-hush is old"),
}


@pytest.mark.parametrize("error", TOKENS.values(), ids=TOKENS)
@pytest.mark.parametrize("where", [DISCOVERY, USERINFO], ids=["start", "back"])
def test_no_token_of_a_reader_stands_in_the_log(
    issuer: Web, reader: Reader, caplog: pytest.LogCaptureFixture, where: str, error: Exception
) -> None:
    caplog.set_level("INFO")
    state = state_of(reader.start("issuer", THEN))
    issuer[where] = error

    reader.back(CALLBACK, state)
    reader.start("issuer", THEN)

    assert type(error).__name__ in caplog.text
    assert "hush" not in caplog.text


def test_where_a_fault_of_the_sites_own_code_is_stands_in_the_log(
    issuer: Web, reader: Reader, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail_in_a_signal(*args: object) -> None:
        raise TypeError("ours")

    monkeypatch.setattr("smo_kit.login.adapters.tidy_names", fail_in_a_signal)

    reader.sign_in("issuer", CALLBACK)

    assert "in fail_in_a_signal" in caplog.text


def test_too_many_starts(web: Web, reader: Reader, settings: Any, caplog: pytest.LogCaptureFixture) -> None:
    settings.SMO_KIT = settings.SMO_KIT | {"LOGIN": {"starts_per_hour": 2}}
    caplog.set_level("INFO", "smo_kit.core.refusals")

    answers = [reader.start("github", THEN) for _ in range(3)]

    assert [one.status_code for one in answers] == [302, 302, 303]
    assert fault_in(answers[-1]) == ("often", THEN)
    assert [vars(one)["fields"]["reason"] for one in caplog.records if one.name == "smo_kit.core.refusals"] == [
        "throttle"
    ]


def test_starts_of_one_household_count_together(web: Web, client: Client, settings: Any) -> None:
    settings.SMO_KIT = settings.SMO_KIT | {"LOGIN": {"starts_per_hour": 1}}
    hosts = ["2001:db8:1:2::1", "2001:db8:1:2::2"]
    assert len({networks_of(host)[0] for host in hosts}) == 1

    answers = [
        client.post("/smo/login/start/", {"with": "github"}, headers=OWN_FORM, REMOTE_ADDR=host) for host in hosts
    ]

    assert query_of(answers[1])["fault"] == "often"


def test_starts_of_an_address_that_nobody_knows_are_not_counted(web: Web, client: Client, settings: Any) -> None:
    """Behind a socket every reader would share one."""
    settings.SMO_KIT = settings.SMO_KIT | {"LOGIN": {"starts_per_hour": 1}}

    answers = [client.post("/smo/login/start/", {"with": "github"}, headers=OWN_FORM, REMOTE_ADDR="") for _ in range(2)]

    assert [one.status_code for one in answers] == [302, 302]


def test_too_many_mails_are_a_sentence_too(web: Web, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"confirm_email": "1/3m/key"}
    for number in range(3):
        answer = Reader(Client()).dummy(then=THEN, id=number, email="new@example.org")

    assert fault_in(answer) == ("wait", THEN)


def telegram(**changes: Any) -> str:
    """Return what Telegram's page hands back: signed by the token of the bot."""
    data = {"id": 9, "first_name": "Tim", "username": "tim", "auth_date": int(time.time()), **changes}
    lines = "\n".join(sorted(f"{name}={value}" for name, value in data.items() if name != "hash"))
    key = hashlib.sha256(b"s3cret").digest()
    whole = {"hash": hmac.new(key, lines.encode(), hashlib.sha256).hexdigest(), **data}
    return base64.b64encode(json.dumps(whole).encode()).decode()


@pytest.mark.parametrize(
    ("result", "fault"),
    [
        (lambda: telegram(hash="0" * 64), "lost"),
        (lambda: telegram(auth_date=int(time.time()) - 3600), "lost"),
        (lambda: "bm9uc2Vuc2U=", "unclear"),
        (lambda: "", "unclear"),
        (lambda: telegram(auth_date="yesterday"), "unclear"),
    ],
    ids=["forged", "old", "nonsense", "empty", "no date"],
)
def test_a_signed_answer_that_is_none(web: Web, reader: Reader, result: Any, fault: str) -> None:
    start = reader.start("telegram", THEN)
    back = query_of(start)["return_to"].removeprefix("http://testserver")

    assert fault_in(reader.client.post(back, {"tgAuthResult": result()})) == (fault, THEN)
    assert get_user_model().objects.count() == 0


@pytest.mark.parametrize("state", ["forged", ""])
def test_a_signed_answer_that_nobody_has_begun(web: Web, reader: Reader, state: str) -> None:
    back = reader.client.post(f"/accounts/telegram/login/callback/?state={state}", {"tgAuthResult": telegram()})

    assert fault_in(back) == ("lost", "/")
    assert get_user_model().objects.count() == 0


def test_what_fails_elsewhere_is_none_of_ours(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise KeyError("ours")

    monkeypatch.setattr("smo_kit.login.views.ways", fail)

    with pytest.raises(KeyError):
        client.get("/smo/login/")


def test_other_pages_do_not_touch_the_session(client: Client) -> None:
    assert "Cookie" not in client.get("/about/").get("Vary", "")


@pytest.mark.parametrize("fault", Fault, ids=str)
def test_each_fault_is_a_sentence_with_a_name(fault: Fault) -> None:
    sentence = sentence_of(fault.value, "GitHub")

    assert sentence.endswith(".")
    assert "%" not in sentence
    assert ("GitHub" in sentence) is ("%(name)s" in str(fault.label))


def test_what_is_no_fault_says_nothing() -> None:
    assert sentence_of("<script>", "x") == ""
