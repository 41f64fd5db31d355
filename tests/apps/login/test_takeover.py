"""Nobody gets into another's account, whatever a provider says of his address."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from smo_kit.core.members import proved_addresses
from smo_kit.mail.models import Mail
from tests.apps.login.wire import Reader, Web, fault_in, path_of, query_of, state_of

pytestmark = pytest.mark.django_db

CODE_PAGE = "/accounts/confirm-email/"
CALLBACK = "/accounts/oidc/issuer/login/callback/"


def world() -> list[Any]:
    """Return all that could have been changed."""
    users = get_user_model().objects.order_by("pk").values_list("pk", "username", "email", "password", "last_login")
    addresses = EmailAddress.objects.order_by("pk").values_list("user_id", "email", "verified", "primary")
    return [*users, *addresses, *SocialAccount.objects.order_by("pk").values_list("user_id", "provider", "uid")]


def own(user: Any, address: str, *, verified: bool) -> None:
    EmailAddress.objects.create(user=user, email=address, verified=verified, primary=True)


ROWS = {"on the user alone": None, "not proved": False, "proved": True}
CLAIMS = {"unverified": False, "verified": True}


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
@pytest.mark.parametrize("claimed", CLAIMS.values(), ids=CLAIMS)
@pytest.mark.parametrize("way", ["dummy", "issuer"])
def test_an_address_opens_no_account(
    web: Web, reader: Reader, ann: Any, way: str, claimed: bool, row: bool | None
) -> None:
    if row is not None:
        own(ann, "ann@example.org", verified=row)
    before = world()

    answer = _claim(web, reader, way, "ann@example.org", claimed)

    assert path_of(answer) == CODE_PAGE
    assert reader.user_id == ""
    assert world() == before
    mail = Mail.objects.get()
    assert (mail.kind, mail.to, mail.subject) == ("login-news", "ann@example.org", "You have an account already")


@pytest.mark.parametrize("where", ["settings", "provider", "application"])
def test_no_setting_opens_one(web: Web, reader: Reader, ann: Any, settings: Any, where: str) -> None:
    """Checks refuse these settings; who silences the check is safe none the less."""
    own(ann, "ann@example.org", verified=True)
    whole = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]
    app = whole["APPS"][0]
    if where == "settings":
        settings.SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
        settings.SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
    elif where == "provider":
        whole = {**whole, "EMAIL_AUTHENTICATION": True}
    else:
        app = {**app, "settings": {**app["settings"], "email_authentication": True, "verified_email": True}}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {**whole, "APPS": [app]}}
    before = world()

    _claim(web, reader, "issuer", "ann@example.org", True)

    assert (reader.user_id, world()) == ("", before)


SAME = {
    "capitals": ("ann@example.org", "ANN@Example.ORG"),
    "Punycode there": ("ann@bücher.example", "ann@xn--bcher-kva.example"),
    "Punycode here": ("ann@xn--bcher-kva.example", "ann@bücher.example"),
    "capitals in letters": ("ann@bücher.example", "ann@BÜCHER.example"),
    "wide letters": ("ann@example.org", "ann@ｅxample.org"),
    "the sign of Kelvin": ("mike@example.org", "mi\u212ae@example.org"),
}


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
@pytest.mark.parametrize(("stored", "claimed"), SAME.values(), ids=SAME)
def test_one_mailbox_is_one_person(reader: Reader, ann: Any, stored: str, claimed: str, row: bool | None) -> None:
    ann.email = stored
    ann.save()
    if row is not None:
        own(ann, stored, verified=row)
    before = world()

    answer = reader.dummy(email=claimed, email_verified=True)

    assert path_of(answer) == CODE_PAGE
    assert (reader.user_id, world()) == ("", before)
    assert Mail.objects.get().subject == "You have an account already"


def test_an_address_in_capitals_that_only_the_admin_has_typed(reader: Reader, ann: Any) -> None:
    ann.email = "Ann@Example.org"
    ann.save()

    reader.dummy(email="ann@example.org", email_verified=True)

    assert reader.user_id == ""
    assert get_user_model().objects.count() == 1
    assert proved_addresses(ann) == set()


def test_the_form_for_an_address_is_no_way_around(reader: Reader, ann: Any) -> None:
    own(ann, "ann@bücher.example", verified=True)
    before = world()
    reader.dummy()

    answer = reader.client.post(
        reverse("socialaccount_signup"), {"email": "ann@xn--bcher-kva.example", "username": "x"}
    )

    assert path_of(answer) == CODE_PAGE
    assert (reader.user_id, world()) == ("", before)


def test_a_stranger_sees_what_he_sees_for_a_new_address(ann: Any, client: Client) -> None:
    own(ann, "ann@example.org", verified=True)

    seen = [_seen(Reader(Client()), address) for address in ("ann@example.org", "new@example.org")]

    assert seen[0] == seen[1]


def _seen(reader: Reader, address: str) -> list[Any]:
    """Return all that a stranger sees who gives an address, and then guesses codes."""
    answers = [reader.dummy(then="/about/?draft=1", email=address, email_verified=False), reader.client.get(CODE_PAGE)]
    answers += [reader.client.post(CODE_PAGE, {"code": "WRONG"}) for _ in range(3)]
    answers.append(reader.client.get(answers[-1]["Location"]))
    return [
        (one.status_code, one.get("Location"), one.content.decode().replace(address, "").partition("csrf")[0])
        for one in answers
    ]


def test_the_owner_is_told_how_he_comes_in(reader: Reader, ann: Any) -> None:
    own(ann, "ann@example.org", verified=True)
    for app in ("github", "google", "github"):
        SocialAccount.objects.create(user=ann, provider=app, uid=str(SocialAccount.objects.count()))

    reader.dummy(email="ann@example.org")

    text = Mail.objects.get().text
    assert "- GitHub\n- Google\n- your password\nhttp://testserver/smo/login/\n" in text
    assert "http://testserver/accounts/password/reset/" in text


def test_an_account_that_has_not_proved_the_address_tells_nothing_of_itself(reader: Reader, ann: Any) -> None:
    """Whoever reads the mail need not be who has made that account."""
    own(ann, "ann@example.org", verified=False)
    SocialAccount.objects.create(user=ann, provider="github", uid="1")

    reader.dummy(email="ann@example.org")

    text = Mail.objects.get().text
    assert "GitHub" not in text
    assert "sign in by" not in text
    assert "http://testserver/accounts/password/reset/" in text


def test_who_signed_up_with_anothers_address_is_out_when_the_owner_sets_a_password(reader: Reader) -> None:
    """Else he would wait until the account is worth something: its ways in are older than its proof."""
    reader.dummy(email="ann@example.org", id=666)
    owner = Reader(Client())
    owner.client.post("/accounts/password/reset/", {"email": "ann@example.org"})
    link = next(word for word in Mail.objects.get(kind="login-link").text.split() if "/password/reset/key/" in word)
    form = owner.client.get(link.removeprefix("http://testserver"), follow=True)
    password = {"password1": "long-enough-4-you", "password2": "long-enough-4-you"}
    owner.client.post(form.redirect_chain[-1][0], password)

    again = Reader(Client())
    again.dummy(email="ann@example.org", id=666)

    assert get_user_model().objects.get().check_password("long-enough-4-you")
    assert SocialAccount.objects.count() == 0
    assert again.user_id == ""


def test_a_member_keeps_his_networks_when_he_sets_a_password(reader: Reader) -> None:
    reader.dummy(email="ann@example.org", email_verified=True)
    other = Client()
    other.post("/accounts/password/reset/", {"email": "ann@example.org"})
    link = next(word for word in Mail.objects.get(kind="login-link").text.split() if "/password/reset/key/" in word)
    form = other.get(link.removeprefix("http://testserver"), follow=True)
    other.post(form.redirect_chain[-1][0], {"password1": "long-enough-4-you", "password2": "long-enough-4-you"})

    assert SocialAccount.objects.count() == 1


def test_a_network_of_another_member_is_not_connected(reader: Reader, ann: Any, bob: Any) -> None:
    SocialAccount.objects.create(user=bob, provider="dummy", uid="7")
    reader.client.force_login(ann)
    before = world()

    answer = reader.dummy(process="connect", then="/about/")

    assert path_of(answer) == "/smo/login/account/"
    assert query_of(answer)["fault"] == "taken"
    page = reader.client.get(answer["Location"]).content.decode()
    assert "This account of the provider is connected with another member already. Nothing was changed." in page
    assert reader.user_id == str(ann.pk)
    assert world()[2:] == before[2:]


def test_a_member_connects_his_own(reader: Reader, ann: Any, settings: Any) -> None:
    settings.ACCOUNT_EMAIL_NOTIFICATIONS = True
    own(ann, "ann@example.org", verified=True)
    reader.client.force_login(ann)

    answer = reader.dummy(process="connect", then="/about/")

    assert path_of(answer) == "/about/"
    assert SocialAccount.objects.get().user == ann
    assert Mail.objects.get().subject == "Dummy is connected"


def test_what_one_member_begins_is_not_connected_with_another(reader: Reader, ann: Any, bob: Any) -> None:
    """A session may be handed from one member to another, as tools for support do."""
    reader.client.force_login(ann)
    state = reader.dummy_state(process="connect")
    session = reader.client.session
    session.update({"_auth_user_id": str(bob.pk), "_auth_user_hash": bob.get_session_auth_hash()})
    session.save()

    answer = reader.say(state)

    assert query_of(answer)["fault"] == "swapped"
    assert SocialAccount.objects.count() == 0


def test_what_nobody_began_is_not_connected_with_who_signs_in_meanwhile(reader: Reader, bob: Any) -> None:
    state = reader.dummy_state(process="connect")
    reader.client.force_login(bob)

    answer = reader.say(state)

    assert query_of(answer)["fault"] == "swapped"
    assert SocialAccount.objects.count() == 0


def test_another_member_in_another_tab_ends_what_the_first_began(reader: Reader, ann: Any, bob: Any) -> None:
    reader.client.force_login(ann)
    state = reader.dummy_state(process="connect", then="/about/")
    reader.client.force_login(bob)  # Django makes a new session for another member

    answer = reader.say(state)

    assert fault_in(answer)[0] == "lost"
    assert SocialAccount.objects.count() == 0


def test_who_has_signed_out_meanwhile_connects_nothing(reader: Reader, ann: Any) -> None:
    reader.client.force_login(ann)
    state = reader.dummy_state(process="connect", then="/about/")
    session = reader.client.session
    del session["_auth_user_id"]
    session.save()

    assert fault_in(reader.say(state)) == ("lost", "/about/")
    assert SocialAccount.objects.count() == 0


def test_a_closed_account_stays_closed(reader: Reader, ann: Any) -> None:
    own(ann, "ann@example.org", verified=True)
    SocialAccount.objects.create(user=ann, provider="dummy", uid="7")
    ann.is_active = False
    ann.save()
    before = world()

    answer = reader.dummy(then="/about/?x=1")

    assert fault_in(answer) == ("inactive", "/about/?x=1")
    assert (reader.user_id, world()) == ("", before)


def test_the_session_gets_another_key(reader: Reader) -> None:
    state = reader.dummy_state()
    before = reader.client.session.session_key

    reader.say(state, email="new@example.org", email_verified=True)

    assert reader.user_id
    assert reader.client.session.session_key != before


def test_two_tabs_come_back_one_after_the_other(reader: Reader) -> None:
    first, second = reader.dummy_state(then="/about/?tab=1"), reader.dummy_state(then="/about/?tab=2")

    answers = [reader.say(state, email="new@example.org", email_verified=True) for state in (first, second)]

    assert [one["Location"] for one in answers] == ["/about/?tab=1", "/about/?tab=2"]
    assert get_user_model().objects.count() == 1


def test_two_tabs_make_one_account(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other tab was faster by a moment: it is there although it was not when this one looked."""
    reader.dummy(email="new@example.org", email_verified=True)
    monkeypatch.setattr("allauth.socialaccount.models.SocialLogin.lookup", lambda self: None)
    late = Reader(Client())

    answer = late.dummy(then="/about/", email="other@example.org", email_verified=True)

    assert fault_in(answer) == ("lost", "/about/")
    assert get_user_model().objects.count() == 1


def _claim(web: Web, reader: Reader, way: str, address: str, verified: bool) -> Any:
    if way == "dummy":
        return reader.dummy(email=address, email_verified=verified)
    web.issues({"sub": "7", "email": address, "email_verified": verified})
    return reader.back(CALLBACK, state_of(reader.start("issuer")))
