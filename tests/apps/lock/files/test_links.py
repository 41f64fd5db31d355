"""A link is good for one reader, for a while, and for a few downloads; each that is not says why, and what to do."""

from __future__ import annotations

import datetime as dt
import logging
from concurrent.futures import ThreadPoolExecutor
from time import time
from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from smo_kit.core.tokens import sign
from smo_kit.engagement.services import total
from smo_kit.lock.files.links import PURPOSE, read, starts_within
from smo_kit.lock.models import Count, Download, Lock, Opening
from tests.apps.lock.files.conftest import BODY, Reader, body_of, upload

pytestmark = pytest.mark.django_db

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
HOUR = dt.timedelta(hours=1)
OWN_PAGE = 'href="/posts/bridges/"'


def later(monkeypatch, minutes):
    """Let links be read so many minutes after they were made."""
    monkeypatch.setattr("django.core.signing.time", SimpleNamespace(time=lambda: time() + minutes * 60))


def got():
    return Count.objects.filter(what="got")


def refused(response, status, words):
    assert response.status_code == status
    assert words in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Content-Type"].startswith("text/html")
    return True


def test_a_link_gives_the_file_to_its_reader(reader, link):
    assert body_of(reader.get(link)) == BODY


def test_no_cookie_no_file(link):
    response = Client().get(link)
    assert refused(response, 403, "another browser or account")
    assert OWN_PAGE in response.content.decode()


def test_anothers_link_is_no_use(link):
    assert refused(Reader().get(link), 403, "another browser or account")


def test_a_members_link_ends_with_his_signing_out(page, file):
    member = Reader(has_acted=False, user=get_user_model().objects.create_user("ada"))
    link = member.link(page)
    assert member.get(link).status_code == 200
    member.client.logout()
    assert refused(member.get(link), 403, "another browser or account")


def test_who_signs_in_keeps_his_link(reader, link):
    reader.client.force_login(get_user_model().objects.create_user("ada"))
    assert reader.get(link).status_code == 200


def test_where_all_may_have_it_a_newcomer_gets_a_link(page, file):
    newcomer = Reader(has_acted=False)
    link = newcomer.link(page)
    Lock.objects.update(is_on=False)
    assert read(link.split("/")[-2]).who == ""
    assert body_of(newcomer.get(link)) == BODY
    assert "for you alone" not in newcomer.part(page)


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"is_on": False}, 200),
        ({"starts": HOUR}, 200),
        ({"ends": -HOUR}, 200),
        ({}, 403),
        ({"starts": -HOUR}, 403),
        ({"ends": HOUR}, 403),
        ({"starts": -HOUR, "ends": HOUR}, 403),
        ({"site_id": 2, "is_on": False}, 403),
    ],
)
def test_a_link_that_is_nobodys_is_good_while_its_lock_is_open(page, file, change, status):
    link = Reader(has_acted=False).link(page)
    times = {name: timezone.now() + value for name, value in change.items() if isinstance(value, dt.timedelta)}
    Lock.objects.update(**{**change, **times})
    response = Reader().get(link)
    assert response.status_code == status
    assert status == 200 or refused(response, 403, "Its page says how you get it")


def test_nor_does_it_outlive_its_lock(page, file):
    link = Reader(has_acted=False).link(page)
    Lock.objects.all().delete()
    assert Client().get(link).status_code == 403


def test_a_readers_own_link_outlives_a_change_of_the_lock(reader, link):
    Lock.objects.update(is_on=True, starts=timezone.now() - HOUR)
    assert reader.get(link).status_code == 200


def test_an_old_link_says_where_a_new_one_is(reader, link, monkeypatch):
    later(monkeypatch, 61)
    response = reader.get(link)
    assert refused(response, 410, "This link has run out")
    assert OWN_PAGE in response.content.decode()


def test_a_link_lives_as_long_as_its_file_says(reader, link, monkeypatch):
    Download.objects.update(expires_minutes=90)
    later(monkeypatch, 61)
    assert reader.get(link).status_code == 200


@pytest.mark.parametrize("change", ["cut", "add", "letter", "other purpose", "few parts", "no numbers", "junk"])
def test_a_forged_link_gives_nothing(reader, link, change):
    *start, token, name = link.split("/")
    forged = {
        "cut": token[:-1],
        "add": token + "A",
        "letter": ("B" if token[0] == "A" else "A") + token[1:],
        "other purpose": sign("mail", "1", "1", "en", "", "x"),
        "few parts": sign(PURPOSE, "1", "1"),
        "no numbers": sign(PURPOSE, "one", "1", "en", "", "x"),
        "junk": "%F0%9F%90%8C..%2e%2e",
    }[change]
    response = reader.get("/".join([*start, forged, name]))
    assert refused(response, 404, "not whole, or was not made here")


def test_a_link_of_one_file_gives_no_other(reader, link, page):
    """The name is for people: with another one the link gives what it was made for."""
    upload(b"secret", name="other.pdf", slug="other")
    assert body_of(reader.get(link.replace("guide.pdf", "other.pdf"))) == BODY


@pytest.mark.parametrize("name", ["..", "%2e%2e", "..%5c..%5cpasswd", "%00", "%0d%0aX-Evil:%201", "a" * 2000])
def test_no_name_leads_elsewhere(reader, link, name):
    response = reader.get(link.replace("guide.pdf", name))
    assert response.status_code == 404 or body_of(response) == BODY
    assert "X-Evil" not in response
    assert "passwd" not in response.get("Content-Disposition", "")


def test_names_with_folders_are_no_address(reader, link):
    assert reader.get(link.replace("guide.pdf", "..%2f..%2fetc%2fpasswd")).status_code == 404


def test_a_host_that_is_not_ours_changes_nothing(reader, link):
    assert body_of(reader.get(link, Host="evil.example")) == BODY
    assert "evil.example" not in Client().get(link, headers={"Host": "evil.example"}).content.decode()


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch", "options"])
def test_only_get_and_head(reader, link, method):
    assert getattr(reader.client, method)(link).status_code == 405


def test_a_deleted_download_is_gone(reader, link, file):
    file.delete()
    assert refused(reader.get(link), 410, "not given any more")


def test_one_that_is_switched_off_is_not_given(reader, link, file):
    file.is_on = False
    file.save()
    assert refused(reader.get(link), 410, "not given any more")


def test_anothers_site_file_is_not_given(reader, link):
    Download.objects.update(site_id=2)
    assert refused(reader.get(link), 410, "not given any more")


def test_a_lost_file_is_told_of_and_logged(reader, link, file, folder, caplog):
    (folder / file.file.name).unlink()
    with caplog.at_level(logging.ERROR):
        assert refused(reader.get(link), 404, "be found at the moment")
    assert "gone from its storage" in caplog.text
    assert not got().exists()


def test_a_path_out_of_the_folder_is_no_file(reader, link, folder):
    (folder.parent / "secret").write_text("x")
    Download.objects.update(file="../secret")
    assert refused(reader.get(link), 404, "be found at the moment")


def test_a_link_is_used_up(reader, link):
    Download.objects.update(per_link=2)
    assert [reader.get(link).status_code for _ in range(3)] == [200, 200, 429]
    assert refused(reader.get(link), 429, "This link was used as often")


def test_to_go_on_is_no_new_download(reader, link):
    Download.objects.update(per_link=1)
    assert reader.get(link).status_code == 200
    half = len(BODY) // 2
    assert [reader.get(link, Range=f"bytes={half + n}-").status_code for n in range(8)] == [206] * 8


def test_a_download_in_many_pieces_is_one(reader, link):
    Download.objects.update(per_link=1)
    piece = len(BODY) // 20
    asked = [reader.get(link, Range=f"bytes={n * piece}-{(n + 1) * piece - 1}") for n in range(20)]
    assert [response.status_code for response in asked] == [206] * 20
    assert b"".join(map(body_of, asked)) == BODY


def test_a_link_ends_however_small_the_pieces(reader, link):
    Download.objects.update(per_link=1)
    asked = [reader.get(link, Range=f"bytes={n}-{n}").status_code for n in range(41)]
    assert asked == [206] * 40 + [429]


@pytest.mark.parametrize("first", [1, len(BODY) // 2, len(BODY) - 1])
def test_what_a_link_gives_first_is_a_download_wherever_it_begins(reader, page, file, first):
    Download.objects.update(per_day=1)
    asked = [reader.get(reader.link(page), Range=f"bytes={first}-").status_code for _ in range(3)]
    assert asked == [206, 429, 429]


def test_all_but_the_first_byte_is_no_rest_for_long(reader, link):
    """One download, then rests of four files in all; the fifth would be a new download."""
    Download.objects.update(per_link=1)
    asked = [reader.get(link, Range=f"bytes={n}-").status_code for n in range(1, 8)]
    assert asked == [206] * 5 + [429] * 2


def test_a_refused_start_is_none(reader, page, file):
    Download.objects.update(per_day=1)
    reader.get(reader.link(page))
    link = reader.link(page)
    assert reader.get(link).status_code == 429
    assert reader.get(link, Range="bytes=1-").status_code == 429


def test_a_person_has_a_limit_for_a_day_by_whatever_links(reader, page, file):
    Download.objects.update(per_day=2)
    assert [reader.get(reader.link(page)).status_code for _ in range(2)] == [200, 200]
    assert refused(reader.get(reader.link(page)), 429, "come again tomorrow")
    other = Reader()
    assert other.get(other.link(page)).status_code == 200


def test_a_newcomer_without_cookies_has_the_limit_of_his_address(page, file):
    Download.objects.update(per_day=1)
    first, second = Reader(has_acted=False), Reader(has_acted=False)
    links = [first.link(page), second.link(page)]
    Lock.objects.update(is_on=False)
    assert first.get(links[0]).status_code == 200
    assert second.get(links[1]).status_code == 429


def test_many_at_once_get_no_more_than_the_limit(reader, link, file):
    found = read(link.split("/")[-2])
    with ThreadPoolExecutor(8) as pool:
        within = list(pool.map(lambda _: starts_within(found, file), range(200)))
    assert sum(within) == file.per_link


def test_a_used_link_counts_once(reader, link, page, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        reader.client.head(link)
    assert not got().exists()
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(3):
            reader.get(link, User_Agent=BROWSER)
        reader.get(link, User_Agent=BROWSER, Range="bytes=0-99")
    assert list(got().values_list("n", flat=True)) == [1]
    assert total(page, "downloaded") == 1


def test_a_link_whose_first_byte_nobody_wants_counts_all_the_same(reader, link, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            reader.get(link, Range="bytes=1-")
    assert list(got().values_list("n", flat=True)) == [1]


def test_who_downloads_is_written_nowhere(reader, link):
    reader.get(link)
    assert not Opening.objects.exists()


def test_a_lock_that_is_gone_ends_the_count_and_not_the_download(reader, link, django_capture_on_commit_callbacks):
    Lock.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        assert reader.get(link).status_code == 200
    assert not got().exists()


def test_a_cache_that_forgets_gives_the_file_all_the_same(reader, link):
    cache.clear()
    assert reader.get(link).status_code == 200


def test_the_sentence_is_in_the_language_of_the_page(page, file):
    link = Reader().link(page, language="ru")
    response = Client().get(link)
    assert response["Content-Language"] == "ru"
    assert '<html lang="ru"' in response.content.decode()
