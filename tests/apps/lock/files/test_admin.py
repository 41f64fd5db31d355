"""Uploads in the admin, and a folder that nobody else reads."""

from __future__ import annotations

import hashlib
import os

import pytest
from django.contrib.auth.models import Permission, User
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import model_to_dict
from django.test import Client

from smo_kit.lock.conf import lock_settings
from smo_kit.lock.desk.forms import form_class
from smo_kit.lock.files.forms import DownloadForm
from smo_kit.lock.models import Count, Download, Lock
from smo_kit.lock.storage import files_root, folder_problem, private_storage
from tests.apps.lock.files.conftest import BODY, Reader, render, upload

pytestmark = pytest.mark.django_db

ADD = "/admin/smo_lock/download/add/"
LIST = "/admin/smo_lock/download/"


@pytest.fixture
def editor():
    client = Client()
    client.force_login(User.objects.create_superuser("root"))
    return client


def filled(**fields):
    return {
        "title": "The guide", "slug": "guide", "is_on": "on", "per_day": 10, "per_link": 5, "expires_minutes": 60,
        "file": SimpleUploadedFile("Путь.pdf", BODY), **fields,
    }  # fmt: skip


def errors(response):
    return [error for field in response.context["adminform"].form.errors.values() for error in field]


def found():
    return [one.id for one in run_checks(tags=["smo_kit"]) if one.id == "smo_kit.E811"]


def test_an_upload_is_kept_and_measured(editor, folder):
    assert editor.post(ADD, filled()).status_code == 302
    row = Download.objects.get()
    assert (row.name, row.size, row.type) == ("Путь.pdf", len(BODY), "application/pdf")
    assert row.sha256 == hashlib.sha256(BODY).hexdigest()
    assert (folder / row.file.name).read_bytes() == BODY


def test_terms_are_given_with_the_file(editor):
    editor.post(ADD, filled(smo_wait_seconds=0, smo_days=7))
    assert not Download.objects.exists()
    editor.post(ADD, filled(smo_wait_seconds=12, smo_days=0, smo_title="Thanks", **{"smo_ways-wait": "1"}))
    row = Download.objects.get()
    options = row.options
    assert (row.title, options["title"]) == ("The guide", "Thanks")
    assert (options["wait_seconds"], options["days"], list(options["ways"])) == (12, 0, ["wait"])
    assert "rung" not in options


@pytest.mark.parametrize("form", [DownloadForm, form_class()])
def test_each_form_of_terms_keeps_a_value_as_its_setting_does(form, monkeypatch, page):
    upload()
    render('{% smo_download "guide" %}', object=page)
    monkeypatch.setattr(type(lock_settings), "accept", lambda self, name, value: f"{name} as it is kept")
    row = form._meta.model.objects.get()
    row.options = {"other": "app's"}
    filled_in = form({**model_to_dict(row), "smo_days": 7, "site_id": 1}, instance=row)
    assert filled_in.is_valid(), filled_in.errors
    assert filled_in.save().options == {"other": "app's", "days": "days as it is kept"}


def test_its_page_shows_tag_and_count_and_keeps_the_file(editor, page, folder):
    row = upload()
    render('{% smo_download "guide" %}', object=page)
    Count.objects.create(lock=Lock.objects.get(), day="2026-01-01", what="got", n=1234)
    html = editor.get(f"{LIST}{row.pk}/change/").content.decode()
    assert "{% smo_download &quot;guide&quot; %}" in html
    assert "1234" in html
    editor.post(f"{LIST}{row.pk}/change/", {**filled(title="New"), "file": "", "name": row.name})
    row.refresh_from_db()
    assert (row.title, row.sha256) == ("New", hashlib.sha256(BODY).hexdigest())
    assert (folder / row.file.name).exists()


def test_the_list_asks_no_query_for_each(editor, django_assert_max_num_queries):
    for number in range(20):
        upload(slug=f"guide-{number}")
    with django_assert_max_num_queries(8):
        assert editor.get(LIST).status_code == 200


def test_who_may_only_look_sees_no_link(folder):
    row, clerk = upload(), User.objects.create_user("clerk", is_staff=True)
    clerk.user_permissions.add(Permission.objects.get(codename="view_download"))
    client = Client()
    client.force_login(clerk)
    response = client.get(f"{LIST}{row.pk}/change/")
    assert response.status_code == 200
    assert row.file.name not in response.content.decode()


def test_a_new_file_takes_the_place_of_the_old(folder, django_capture_on_commit_callbacks):
    row = upload()
    old = folder / row.file.name
    with django_capture_on_commit_callbacks(execute=True):
        row.file.save("new.pdf", ContentFile(b"new"))
        row.save()
    assert (old.exists(), (folder / row.file.name).read_bytes()) == (False, b"new")
    assert row.sha256 == hashlib.sha256(b"new").hexdigest()


def test_a_deleted_row_takes_its_file_along(folder, django_capture_on_commit_callbacks):
    row = upload()
    with django_capture_on_commit_callbacks(execute=True):
        Download.objects.all().delete()
    assert not (folder / row.file.name).exists()


def test_a_second_of_the_same_name_is_refused(editor):
    upload()
    assert "of this short name" in errors(editor.post(ADD, filled()))[0]
    assert editor.post(ADD, filled(language="ru")).status_code == 302


def test_a_folder_in_media_is_refused(editor, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    assert "everybody can read" in errors(editor.post(ADD, filled()))[0]
    assert "everybody can read" in editor.get(LIST).content.decode()
    assert found() == ["smo_kit.E811"]
    with pytest.raises(ImproperlyConfigured, match="everybody can read"):
        upload()


@pytest.mark.parametrize("name", ["STATIC_ROOT", "STATICFILES_DIRS"])
def test_nor_in_static_files(settings, tmp_path, name):
    assert found() == []
    setattr(settings, name, [("prefix", str(tmp_path))] if name == "STATICFILES_DIRS" else str(tmp_path))
    assert found() == ["smo_kit.E811"]


def test_a_link_into_media_is_seen_through(settings, tmp_path):
    (tmp_path / "media" / "in").mkdir(parents=True)
    (tmp_path / "seemingly").symlink_to(tmp_path / "media" / "in")
    settings.SMO_KIT = {"LOCK": {"files_root": str(tmp_path / "seemingly")}}
    assert found() == ["smo_kit.E811"]


def test_a_folder_that_is_no_folder_is_refused(editor, settings, tmp_path):
    (tmp_path / "taken").write_text("")
    settings.SMO_KIT = {"LOCK": {"files_root": str(tmp_path / "taken" / "x")}}
    assert errors(editor.post(ADD, filled()))[0].endswith("Give it the right to.")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_the_right_is_refused(folder):
    folder.mkdir(mode=0o500)
    assert folder_problem().endswith("Give it the right to.")


def test_without_a_setting_it_is_beside_media(settings, tmp_path):
    settings.SMO_KIT = {}
    assert files_root() == str(tmp_path / "smo_files")
    assert found() == []


def test_without_any_folder_it_is_said(settings, editor):
    settings.SMO_KIT, settings.MEDIA_ROOT = {}, ""
    assert "files_root" in errors(editor.post(ADD, filled()))[0]
    with pytest.raises(ImproperlyConfigured, match="files_root"):
        upload()
    assert found() == []


def test_a_storage_of_the_site_goes_before(settings, editor):
    memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = {**settings.STORAGES, "smo_files": memory}
    assert editor.post(ADD, filled()).status_code == 302
    assert Download.objects.get().file.read() == BODY


def test_a_storage_without_folders_gives_ranges_too(settings, page):
    settings.STORAGES = {**settings.STORAGES, "smo_files": {"BACKEND": "django.core.files.storage.InMemoryStorage"}}
    settings.SENDFILE_BACKEND = "django_sendfile.backends.nginx"
    upload()
    reader = Reader()
    assert b"".join(reader.get(reader.link(page), Range="bytes=5-9").streaming_content) == BODY[5:10]


def test_no_public_address_serves_it(folder):
    row = upload()
    with pytest.raises(ValueError, match="no address"):
        row.file.url  # noqa: B018
    for root in ("/media/", "/static/", "/"):
        assert Client().get(f"{root}{row.file.name}").status_code == 404
    assert private_storage().path(row.file.name).startswith(str(folder))


@pytest.mark.parametrize("wrong", ["files", "./files"])
def test_half_a_path_is_a_wrong_setting(settings, wrong):
    settings.SMO_KIT = {"LOCK": {"files_root": wrong}}
    assert "smo_kit.E002" in [one.id for one in run_checks(tags=["smo_kit"])]
