"""Who may see and do what of best materials in the admin."""

from __future__ import annotations

import pytest

from smo_kit.best.models import Choice, Pick
from tests.apps.best.desk_pages import CLICKS, LIST, PICKS, desk, page, staff

pytestmark = pytest.mark.django_db

ROLES = {
    "nobody": (),
    "sees the list": ("view_curation",),
    "decides": ("change_curation",),
    "sees picks": ("view_pick",),
    "picks": ("add_pick", "change_pick", "delete_pick"),
    "reads numbers": ("view_offer",),
}
VIEWS = {
    "list": {"sees the list", "decides"},
    "desk": {"decides"},
    "decision": {"decides"},
    "picks": {"sees picks", "picks"},
    "new pick": {"picks"},
    "a pick": {"sees picks", "picks"},
    "clicks": {"reads numbers"},
}


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("role", ROLES)
def test_role_and_view(client, role, view):
    row, other = page(), page()
    pick = Pick.objects.create(**other.key.fields)
    client.force_login(staff(*ROLES[role]))
    if view == "decision":
        value = f"pin:{other.content_type_id}:{other.object_pk}"
        assert client.post(desk(row), {"smo_do": value}).status_code == (302 if role in VIEWS[view] else 403)
        assert Choice.objects.exists() == (role in VIEWS[view])
        return
    addresses = {
        "list": LIST,
        "desk": desk(row),
        "picks": PICKS,
        "new pick": f"{PICKS}add/",
        "a pick": f"{PICKS}{pick.pk}/change/",
        "clicks": CLICKS,
    }
    assert client.get(addresses[view]).status_code == (200 if role in VIEWS[view] else 403)


@pytest.mark.parametrize("address", [LIST, f"{LIST}beside/1/", PICKS, CLICKS])
def test_readers_are_asked_to_sign_in(client, django_user_model, address):
    client.force_login(django_user_model.objects.create_user("reader", password="pw"))
    assert client.get(address)["Location"].startswith("/admin/login/")


def test_who_sees_the_list_alone_has_no_way_to_a_desk(client):
    row = page("Tea")
    client.force_login(staff("view_curation"))
    text = client.get(LIST).content.decode()
    assert "Tea" in text
    assert desk(row) not in text


@pytest.mark.parametrize("address", [f"{LIST}add/", f"{LIST}1/delete/", f"{CLICKS}add/", f"{CLICKS}1/change/"])
def test_nothing_else_is_added_or_deleted(admin_client, address):
    assert admin_client.get(address).status_code in {302, 403, 404}
