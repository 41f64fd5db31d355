"""Who may see what of personal links in the admin."""

from __future__ import annotations

import pytest

from smo_kit.share.models import PersonalLink
from tests.apps.share.shared import LIST, SHARES, SPREADERS, article, link_to, member
from tests.apps.staff import staff

pytestmark = pytest.mark.django_db

ROLES = {
    "nobody": (),
    "sees links": ("smo_share.view_personallink",),
    "sees ranges": ("smo_share.view_addressrange",),
    "sees accounts": ("auth.view_user",),
}
VIEWS = ("list", "story", "shares", "spreaders")


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("role", ROLES)
def test_role_and_view(client, role, view):
    link = link_to(article())
    client.force_login(staff(*ROLES[role]))
    addresses = {"list": LIST, "story": f"{LIST}{link.pk}/change/", "shares": SHARES, "spreaders": SPREADERS}
    assert client.get(addresses[view]).status_code == (200 if role == "sees links" else 403)


@pytest.mark.parametrize("address", [LIST, f"{LIST}1/change/", SHARES, SPREADERS])
def test_readers_are_asked_to_sign_in(client, address):
    client.force_login(member())
    assert client.get(address)["Location"].startswith("/admin/login/")


@pytest.mark.parametrize("what", ["add/", "{}/delete/", "{}/change/"])
def test_nothing_is_added_changed_or_deleted(admin_client, what):
    link = link_to(article())
    answer = admin_client.post(LIST + what.format(link.pk), {"token": "mine", "post": "yes"})
    assert answer.status_code in {200, 403}
    assert PersonalLink.objects.get().token == link.token


def test_an_account_is_a_link_for_who_may_see_it_alone(client):
    ada = member()
    link = link_to(article(), user=ada, visits=1)
    address = f'href="/admin/auth/user/{ada.pk}/change/"'
    for may in (True, False):
        client.force_login(staff("smo_share.view_personallink", *(["auth.view_user"] if may else [])))
        for page in (SPREADERS, f"{LIST}{link.pk}/change/"):
            text = client.get(page).content.decode()
            assert "ada" in text
            assert (address in text) == may
