"""The admin page "SMO settings"."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.contrib.admin.models import LogEntry

from smo_kit.core.conf import core_settings
from smo_kit.core.models import Settings
from tests.apps import staff as people

pytestmark = pytest.mark.django_db
URL = "/admin/smo_core/settings/core/"


def staff(client, *permissions):
    client.force_login(people.staff(*permissions, app="smo_core"))


def test_the_list_leads_to_the_first_tab(admin_client):
    assert admin_client.get("/admin/smo_core/settings/").headers["Location"] == "/admin/smo_core/settings/core/"


def test_a_tab_shows_label_help_default_and_value(admin_client):
    soup = BeautifulSoup(admin_client.get(URL).content, "html.parser")
    assert soup.find(id="id_site_name")["value"] == "Test site"
    assert soup.find("label", attrs={"for": "id_site_name"}).text.startswith("Name of the site")
    assert "Default: Test site." in soup.find(id="id_site_name_helptext").text
    assert soup.select_one(".smo-tabs [aria-current=page]")


def test_what_is_saved_holds_at_once_and_is_logged(admin_client):
    answer = admin_client.post(URL, {"site_name": "Edited"}, follow=True)
    assert b"Saved." in answer.content
    assert core_settings().site_name == "Edited"
    assert LogEntry.objects.count() == 1


def test_only_what_differs_from_the_code_is_saved(admin_client):
    admin_client.post(URL, {"site_name": "Test site"})
    assert Settings.objects.get(app="CORE").data == {}


def test_back_to_the_defaults(admin_client):
    admin_client.post(URL, {"site_name": "Edited"})
    admin_client.post(URL, {"reset": "1"})
    assert core_settings().site_name == "Test site"


def test_each_save_counts_the_version_up(admin_client):
    for name in ("One", "Two"):
        admin_client.post(URL, {"site_name": name})
    assert Settings.objects.get(app="CORE").version == 3


def test_an_unknown_tab_is_not_found(admin_client):
    assert admin_client.get("/admin/smo_core/settings/nothing/").status_code == 404


@pytest.mark.parametrize(
    ("permissions", "looks", "saves"),
    [((), 403, 403), (("view_settings",), 200, 403), (("change_settings",), 200, 302)],
)
def test_who_may_look_and_save(client, permissions, looks, saves):
    staff(client, *permissions)
    assert client.get(URL).status_code == looks
    assert client.post(URL, {"site_name": "Edited"}).status_code == saves


def test_a_stranger_is_asked_to_log_in(client):
    assert client.get(URL).headers["Location"].startswith("/admin/login/")


def test_who_may_only_look_gets_no_button(client):
    staff(client, "view_settings")
    assert b'type="submit" class="default"' not in client.get(URL).content


def test_the_stock_form_of_a_row_leads_to_its_tab(admin_client):
    row = Settings.objects.create(app="CORE")
    assert admin_client.get(f"/admin/smo_core/settings/{row.pk}/change/").headers["Location"] == URL
