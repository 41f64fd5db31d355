"""Accounts in the admin."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from smo_kit.follow.models import Account

pytestmark = pytest.mark.django_db
LIST = "/admin/smo_follow/account/"
ADD = f"{LIST}add/"


def post(client, url=ADD, **values):
    data = {"network": "telegram", "handle": "teahouse", "title": "", "position": "0", "is_shown": "on", **values}
    return client.post(url, data)


def errors(answer):
    return [one.text.strip() for one in BeautifulSoup(answer.content, "html.parser").select(".errorlist li")]


def test_only_networks_that_live_and_have_accounts_are_offered(admin_client):
    soup = BeautifulSoup(admin_client.get(ADD).content, "html.parser")
    offered = {option["value"] for option in soup.select("#id_network option")}
    assert {"vk", "youtube", "rss"} <= offered
    assert offered.isdisjoint({"qr", "email", "googleplus", ""})


@pytest.mark.parametrize(
    ("network", "typed", "kept"),
    [
        ("telegram", "@teahouse", "teahouse"),
        ("telegram", "https://t.me/teahouse", "teahouse"),
        ("mastodon", "https://mas.to/@teahouse", "teahouse@mas.to"),
        ("rss", "/feed/", "/feed/"),
    ],
)
def test_the_bare_handle_is_kept(admin_client, network, typed, kept):
    assert post(admin_client, network=network, handle=typed).status_code == 302
    assert Account.objects.values_list("network", "handle", "site_id").get() == (network, kept, 1)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"handle": "https://evil.example/x"}, "Telegram can have no such account. One looks like “shareworthy”."),
        ({"handle": "javascript:alert(1)"}, "Telegram can have no such account. One looks like “shareworthy”."),
        ({"handle": ""}, "This field is required."),
        ({"network": "googleplus"}, "Select a valid choice. googleplus is not one of the available choices."),
        ({"network": "rss", "handle": "/" + "x" * 300}, "Ensure this value has at most 255 characters (it has 301)."),
    ],
)
def test_what_is_wrong_is_said_and_not_kept(admin_client, values, sentence):
    answer = post(admin_client, **values)
    assert answer.status_code == 200
    assert sentence in errors(answer)
    assert not Account.objects.exists()


def test_the_same_account_is_not_added_twice(admin_client, account):
    account("telegram", "teahouse")
    assert "This account is in the list already." in errors(post(admin_client, handle="t.me/teahouse"))


def test_an_account_may_be_saved_again(admin_client, account):
    row = account("telegram", "teahouse")
    assert post(admin_client, f"{LIST}{row.pk}/change/", title="Tea").status_code == 302
    row.refresh_from_db()
    assert row.title == "Tea"


def test_the_order_is_edited_in_the_list(admin_client, account):
    one, two = account("vk", "teahouse"), account("x", "teahouse", position=1)
    form = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "2", "_save": "Save"}
    for n, (row, position) in enumerate([(one, "5"), (two, "1")]):
        form |= {f"form-{n}-id": str(row.pk), f"form-{n}-position": position, f"form-{n}-is_shown": "on"}
    assert admin_client.post(LIST, form).status_code == 302
    assert list(Account.objects.values_list("network", flat=True)) == ["x", "vk"]


def test_the_list_leads_to_each_account(admin_client, account):
    account("vk", "teahouse")
    soup = BeautifulSoup(admin_client.get(LIST).content, "html.parser")
    assert soup.select_one("td.field-address a")["href"] == "https://vk.com/teahouse"


def test_the_list_warns_of_a_network_that_has_ended(admin_client, account):
    account("googleplus", "teahouse")
    text = admin_client.get(LIST).text
    assert "Google+ has ended" in text
    assert "googleplus (gone)" in text


def test_accounts_of_other_sites_are_not_in_the_list(admin_client, account):
    account("vk", "elsewhere", site_id=2)
    assert "elsewhere" not in admin_client.get(LIST).text
