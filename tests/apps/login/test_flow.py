"""From a provider, over the forms that ask for an address and a code, back to where the reader was."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from smo_kit.core.members import proved_addresses
from smo_kit.login.adapters import AccountAdapter
from smo_kit.login.claims import name_of, needed
from smo_kit.mail.models import Mail, State
from smo_kit.mail.sending import send_what_is_due
from tests.apps.login.wire import Reader, Web, fault_in, path_of, state_of
from tests.apps.mail.conftest import use_smtp

pytestmark = pytest.mark.django_db

FORM = "/accounts/3rdparty/signup/"
CODE = "/accounts/confirm-email/"
THEN = "/about/?draft=1&join=x#comments"


def code_in(mail: Mail) -> str:
    found = re.search(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$", mail.text, re.MULTILINE)
    assert found
    return found.group()


class ClosedAdapter(AccountAdapter):
    def is_open_for_signup(self, request: Any) -> bool:
        return False


def test_a_proved_address_needs_no_form(reader: Reader) -> None:
    answer = reader.dummy(then=THEN, email="new@example.org", email_verified=True, first_name="Neo")

    user = get_user_model().objects.get()
    assert answer["Location"] == THEN
    assert reader.user_id == str(user.pk)
    assert (user.first_name, user.email, user.has_usable_password()) == ("Neo", "new@example.org", False)
    assert proved_addresses(user) == {"new@example.org"}
    assert Mail.objects.count() == 0


def test_an_address_that_is_not_proved_needs_a_code(reader: Reader) -> None:
    assert path_of(reader.dummy(then=THEN, email="new@example.org")) == CODE
    assert reader.user_id == ""
    mail = Mail.objects.get()
    assert (mail.kind, mail.to, mail.subject) == ("login-code", "new@example.org", "Your code")

    answer = reader.client.post(CODE, {"code": code_in(mail)})

    assert answer["Location"] == THEN
    assert proved_addresses(get_user_model().objects.get(pk=reader.user_id)) == {"new@example.org"}


def test_without_an_address_a_form_asks_for_one_and_a_code_follows(reader: Reader) -> None:
    assert path_of(reader.dummy(then=THEN, first_name="Zed")) == FORM
    assert reader.client.get(FORM).status_code == 200

    assert path_of(reader.client.post(FORM, {"email": "zed@example.org", "username": "zed"})) == CODE
    assert reader.client.get(CODE).status_code == 200
    answer = reader.client.post(CODE, {"code": code_in(Mail.objects.get())})

    assert answer["Location"] == THEN
    assert SocialAccount.objects.get().user_id == int(reader.user_id)


@pytest.mark.parametrize("address", ["", "nobody", "a@b", "ann@exa mple.org", "ю@example.org", "a\u0000@example.org"])
def test_the_form_takes_no_bad_address(reader: Reader, address: str) -> None:
    reader.dummy(then=THEN)

    answer = reader.client.post(FORM, {"email": address, "username": "zed"})

    assert answer.status_code == 200
    assert get_user_model().objects.count() == 0


def test_a_wrong_code_is_a_sentence_and_may_be_mended(reader: Reader) -> None:
    reader.dummy(then=THEN, email="new@example.org")

    wrong = reader.client.post(CODE, {"code": "AAAA-AAAA"})

    assert wrong.status_code == 200
    assert "This is not the code of our newest mail." in wrong.content.decode()
    assert reader.client.post(CODE, {"code": code_in(Mail.objects.get())})["Location"] == THEN


def test_a_code_that_was_tried_too_often(reader: Reader) -> None:
    reader.dummy(then=THEN, email="new@example.org")

    answers = [reader.client.post(CODE, {"code": "AAAA-AAAA"}) for _ in range(3)]

    assert fault_in(answers[-1]) == ("code", THEN)
    assert fault_in(reader.client.post(CODE, {"code": code_in(Mail.objects.get())})) == ("code", THEN)
    assert reader.user_id == ""


def test_a_code_that_has_run_out(reader: Reader, settings: Any) -> None:
    reader.dummy(then=THEN, email="new@example.org")
    settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = -1

    assert fault_in(reader.client.post(CODE, {"code": code_in(Mail.objects.get())})) == ("code", THEN)
    assert reader.user_id == ""


def test_forms_that_nobody_waits_for_lead_to_the_start(reader: Reader) -> None:
    assert fault_in(reader.client.get(CODE)) == ("code", "/")
    assert fault_in(reader.client.get(FORM)) == ("lost", "/")


def test_who_comes_again_after_he_gave_up_gets_another_code(reader: Reader) -> None:
    reader.dummy(then="/about/", email="new@example.org")
    again = Reader(Client())
    cache.clear()  # three minutes later: until then django-allauth sends no other mail there

    assert path_of(again.dummy(then=THEN, email="new@example.org")) == CODE
    mails = Mail.objects.order_by("pk")
    assert [one.state for one in mails] == [State.RECALLED, State.WAITING]
    assert again.client.post(CODE, {"code": code_in(mails[1])})["Location"] == THEN
    assert get_user_model().objects.count() == 1


def test_closed_to_newcomers(reader: Reader, settings: Any, ann: Any) -> None:
    settings.ACCOUNT_ADAPTER = "tests.apps.login.test_flow.ClosedAdapter"
    SocialAccount.objects.create(user=ann, provider="dummy", uid="8")
    EmailAddress.objects.create(user=ann, email="ann@example.org", verified=True, primary=True)

    assert fault_in(reader.dummy(then=THEN, email="new@example.org", email_verified=True)) == ("closed", THEN)
    assert get_user_model().objects.count() == 1
    assert reader.dummy(then=THEN, id=8)["Location"] == THEN


def test_it_closes_while_somebody_fills_in_the_form(reader: Reader, settings: Any) -> None:
    reader.dummy(then=THEN)
    settings.ACCOUNT_ADAPTER = "tests.apps.login.test_flow.ClosedAdapter"

    assert fault_in(reader.client.get(FORM)) == ("closed", THEN)


def test_a_dead_mail_server_stops_nobody(
    reader: Reader, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    use_smtp(settings, 9, timeout=0.1)
    with django_capture_on_commit_callbacks(execute=True):
        answer = reader.dummy(then=THEN, email="new@example.org")

    mail = Mail.objects.get()
    assert path_of(answer) == CODE
    assert mail.state == State.WAITING
    assert reader.client.post(CODE, {"code": code_in(mail)})["Location"] == THEN


def test_a_code_that_has_run_out_is_not_sent(reader: Reader, mailoutbox: list[Any]) -> None:
    reader.dummy(then=THEN, email="new@example.org")
    Mail.objects.update(created=timezone.now() - dt.timedelta(minutes=16))

    send_what_is_due()

    assert Mail.objects.get().state == State.SKIPPED
    assert mailoutbox == []


def test_a_code_is_sent(reader: Reader, mailoutbox: list[Any]) -> None:
    reader.dummy(then=THEN, email="new@example.org")

    send_what_is_due()

    (sent,) = mailoutbox
    assert sent.to == ["new@example.org"]
    assert "Type this code into the page that waits for it:" in sent.body


def test_mails_speak_the_readers_language(client: Client) -> None:
    client.cookies.load({"django_language": "ru"})

    Reader(client).dummy(email="new@example.org")

    assert Mail.objects.get().language == "ru"


MAILS = {
    "password_changed": {},
    "password_reset": {},
    "password_set": {},
    "email_confirm": {},
    "email_changed": {"from_email": "a@example.org", "to_email": "b@example.org"},
    "email_deleted": {"deleted_email": "a@example.org"},
    "login_code": {"code": "ABCD"},
    "password_reset_code": {"code": "ABCD"},
    "unknown_account": {"signup_url": "http://testserver/accounts/signup/"},
    "email_confirmation": {"activate_url": "http://testserver/x/"},
    "email_confirmation_signup": {"key": "x", "activate_url": "http://testserver/x/"},
}


@pytest.mark.parametrize("name", MAILS)
def test_every_mail_is_in_our_words(name: str) -> None:
    AccountAdapter().send_mail(f"account/email/{name}", "ann@example.org", {"ip": "192.0.2.1", **MAILS[name]})

    mail = Mail.objects.get()
    assert "Hello from" not in mail.text
    assert "192.0.2.1" not in mail.text
    assert all(str(value) in mail.text for key, value in MAILS[name].items() if key != "key")
    opens = {"code": "login-code", "activate_url": "login-link"}
    assert mail.kind == next((kind for key, kind in opens.items() if key in MAILS[name]), "login-news")


def test_an_address_that_no_mail_can_be_sent_to_breaks_nothing() -> None:
    AccountAdapter().send_mail("account/email/password_set", "ю@example.org", {})

    assert Mail.objects.count() == 0


LONG = "x" * 10_000
HOSTILE = {
    "plain": ("Ann Reader", "Ann Reader"),
    "HTML": ("<b onclick=alert(1)>Ann</b> &amp; Bob", "Ann & Bob"),
    "hidden HTML": ("&lt;b&gt;Ann&#60;/b&#62;", "bAnn/b"),
    "a script": ("<script>alert(1)</script>", "alert(1)"),
    "turned": ("\u202eevil\u202c \u2066Ann\u2069", "evil Ann"),
    "control characters": ("A\x00n\x07n\r\nBcc: x@example.org", "Ann Bcc: x@example.org"),
    "spaces": (" \u3000\t\u00a0 ", ""),
    "nothing to see": ("\u200b\u200d\u2060\ufeff\u3164", ""),
    "a tower": ("A" + "\u0301" * 500 + "nn", None),
    "a lone surrogate": ("Ann\ud800", "Ann"),
    "admin": ("Admin", "Admin"),
    "a number": (5, ""),
    "a dict": ({"a": "b"}, ""),
    "none": (None, ""),
}


@pytest.mark.parametrize(("said", "name"), HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("field", ["name", "given_name", "preferred_username"])
def test_names_of_strangers_are_harmless(web: Web, reader: Reader, field: str, said: Any, name: str | None) -> None:
    web.issues({"sub": "1", "email": "new@example.org", "email_verified": True, field: said})

    reader.back("/accounts/oidc/issuer/login/callback/", state_of(reader.start("issuer")))

    user = get_user_model().objects.get()
    assert reader.user_id == str(user.pk)
    if field != "preferred_username" and name is not None:
        assert user.get_full_name() == name
    whole = user.username + user.get_full_name()
    assert whole.isprintable()
    assert "<" not in whole
    assert len(whole) < 100


def test_a_name_of_ten_thousand_letters_is_cut(web: Web, reader: Reader) -> None:
    web.issues(
        {"sub": "1", "email": "new@example.org", "email_verified": True, "given_name": LONG, "family_name": LONG}
    )

    reader.back("/accounts/oidc/issuer/login/callback/", state_of(reader.start("issuer")))

    user = get_user_model().objects.get()
    assert (len(user.first_name), len(user.last_name)) == (60, 60)
    assert user.first_name.endswith("…")


def test_a_tower_fits_into_its_column() -> None:
    assert len(name_of(("A" + "\u0301" * 9) * 60, "first_name")) <= 150


def test_a_name_that_is_taken_is_made_another(reader: Reader, ann: Any) -> None:
    reader.dummy(email="new@example.org", email_verified=True, username="ann")

    assert get_user_model().objects.get(email="new@example.org").username == "user"
    assert get_user_model().objects.count() == 2


def test_a_name_is_not_made_of_the_address(reader: Reader) -> None:
    """Names stand in pages."""
    reader.dummy(email="secret.person@example.org", email_verified=True)

    assert get_user_model().objects.get().username == "user"


def test_what_is_kept_of_an_answer_is_what_the_site_needs(web: Web, reader: Reader) -> None:
    person = {
        "sub": "1",
        "name": "Ann",
        "email": "ann@example.org",
        "email_verified": True,
        "picture": "https://pictures.example/ann.png",
        "profile": "https://issuer.example/ann",
        "locale": "de",
        "birthdate": "1990-01-01",
        "phone_number": "+49 1",
        "address": {"formatted": "Street 1", "name": "home"},
        "friends": [{"name": "Bob"}],
        "access_token": "at-secret",
    }
    web.issues(person)

    reader.back("/accounts/oidc/issuer/login/callback/", state_of(reader.start("issuer")))

    kept = {"sub", "name", "email_verified", "picture", "profile", "locale"}
    assert SocialAccount.objects.get().extra_data == {"userinfo": {key: person[key] for key in kept}}
    assert SocialToken.objects.count() == 0


def test_what_is_kept_is_cut_again_at_each_sign_in(reader: Reader, ann: Any) -> None:
    EmailAddress.objects.create(user=ann, email="ann@example.org", verified=True, primary=True)
    account = SocialAccount.objects.create(user=ann, provider="dummy", uid="7", extra_data={"phone": "1"})

    reader.dummy(phone="+1", first_name="Ann")

    account.refresh_from_db()
    assert account.extra_data == {"id": 7, "first_name": "Ann", "email_verified": False}


def test_pictures_stay_wherever_they_stand() -> None:
    """Addresses of pictures as networks name them."""
    names = [
        "avatar",
        "avatar_url",
        "photo_big",
        "pic1024x768",
        "pic_small",
        "has_pic",
        "profile_image_url",
        "photo_url",
    ]
    said = {**dict.fromkeys(names, "https://x.example/1.png"), "picture": {"data": {"url": "https://x.example/2.png"}}}

    assert needed(said) == said


def test_an_endless_answer_is_not_kept() -> None:
    assert needed({"name": LONG, "data": [{"id": number} for number in range(1000)]}) == {
        "data": [{"id": number} for number in range(20)]
    }
    deep: dict[str, Any] = {"name": "in"}
    for _ in range(50):
        deep = {"data": deep}
    assert needed(deep) == {}
    assert needed(["no", "dict"]) == {}
