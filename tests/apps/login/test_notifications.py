"""Members are told what was changed; a mail that fails changes nothing of it."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.utils.translation import gettext_lazy

from smo_kit.login.adapters import AccountAdapter
from smo_kit.mail.models import Mail
from tests.apps.login.wire import OWN_FORM, Reader, Web, path_of, state_of

pytestmark = pytest.mark.django_db
CALLBACK = "/accounts/oidc/issuer/login/callback/"


@pytest.fixture
def member(client: Any, ann: Any, web: Web, settings: Any) -> Any:
    """Ann is in; the site has a lazy name for its network, and tells of changes."""
    (app,) = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    named = {**app, "name": gettext_lazy("Network")}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [named]}}
    settings.ACCOUNT_EMAIL_NOTIFICATIONS = True
    EmailAddress.objects.create(user=ann, email=ann.email, verified=True, primary=True)
    client.force_login(ann)
    web.issues({"sub": "7"})
    return ann


def connect(client: Any) -> Any:
    begun = client.post("/smo/login/account/connect/", {"with": "issuer"}, headers=OWN_FORM)
    return Reader(client).back(CALLBACK, state_of(begun))


def disconnect(client: Any, account: SocialAccount, **more: str) -> Any:
    data = {"act": "disconnect", "account": account.pk}
    return client.post("/smo/login/account/", data, headers={**OWN_FORM, **more})


def test_a_member_hears_of_what_is_connected_and_no_more(client: Any, member: Any) -> None:
    assert path_of(connect(client)) == "/smo/login/account/"
    account = SocialAccount.objects.get(user=member)
    assert disconnect(client, account).status_code == 303
    assert not SocialAccount.objects.exists()
    subjects = Mail.objects.order_by("pk").values_list("subject", flat=True)
    assert list(subjects) == ["Network is connected", "Network is disconnected"]


def test_the_name_is_in_the_language_of_the_mail(client: Any, member: Any) -> None:
    account = SocialAccount.objects.create(user=member, provider="issuer", uid="7")
    client.get("/smo/login/account/?l=en")
    data = {"act": "disconnect", "account": account.pk}
    client.post("/smo/login/account/?l=ru", data, headers=OWN_FORM)
    assert Mail.objects.get().subject.count("Сеть") == 1


def test_a_mail_that_fails_undoes_nothing(client: Any, member: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any) -> None:
        raise TypeError("no mail")

    monkeypatch.setattr(AccountAdapter, "send_mail", fail)
    assert "fault" not in connect(client)["Location"]
    account = SocialAccount.objects.get(user=member)
    assert disconnect(client, account).status_code == 303
    assert not SocialAccount.objects.exists()
