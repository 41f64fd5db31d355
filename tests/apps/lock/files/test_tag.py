"""The tag, and what is behind its lock."""

from __future__ import annotations

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ObjectDoesNotExist
from django.test import Client, RequestFactory
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from smo_kit.core.blocks import all_blocks, render_block
from smo_kit.core.identities import of_member
from smo_kit.core.subjects import key_of
from smo_kit.lock.files.options import file_choices
from smo_kit.lock.files.panel import panel_html
from smo_kit.lock.models import Download, Lock, Opening, Spot
from smo_kit.lock.refs import Ref
from smo_kit.lock.sources import Gone, hidden_part
from smo_kit.lock.terms import terms_of
from tests.apps.lock.files.conftest import Reader, render, upload

pytestmark = pytest.mark.django_db


def offered(page, options=""):
    return render('{% smo_download "guide" ' + options + " %}", object=page)


def terms(page, label="", language="en"):
    where = f"guide|{label}" if label else "guide"
    return terms_of(Ref(key_of(page, language), "file:guide", "file", where, "/posts/bridges/"))


def test_everybody_sees_what_it_is(page, file):
    html = offered(page)
    for words in ("The guide", "All bridges.", "PDF, 10.0\xa0KB"):
        assert words in html


def test_no_page_has_the_way_to_the_file(page, file):
    html = offered(page)
    for secret in (file.file.name, file.sha256, "/lock/file/", file.name):
        assert secret not in html


def test_it_makes_the_lock_of_its_page(page, file):
    offered(page, 'ways="wait" days=7')
    spot = Spot.objects.get()
    assert (spot.lock.name, spot.source, spot.where, spot.path) == ("file:guide", "file", "guide", "/posts/bridges/")
    assert spot.lock.key == key_of(page)
    assert (terms(page).conf.ways, terms(page).conf.days) == (("wait",), 7)


def test_the_terms_of_the_file_go_before_those_of_the_tag(page, file):
    file.options = {"days": 3}
    file.save()
    offered(page, "days=7 wait_seconds=5")
    assert (terms(page).conf.days, terms(page).conf.wait_seconds) == (3, 5)


def test_a_download_is_as_good_as_its_short_name(page, file):
    assert render("{% smo_download file %}", object=page, file=file) == offered(page)


def test_a_warm_page_asks_the_database_nothing(page, file, django_assert_num_queries):
    cold = offered(page)
    with django_assert_num_queries(0):
        assert offered(page) == cold


def test_a_changed_file_shows_at_once(page, file):
    offered(page)
    file.title = "The great guide"
    file.save()
    assert "The great guide" in offered(page)
    file.delete()
    assert "not available at the moment" in offered(page)


def test_a_changed_file_has_the_terms_of_all_its_locks_read_anew(page, file):
    """However many pages offer it: that of a lock beyond the first thousand too."""
    kind = key_of(page).content_type_id
    Lock.objects.bulk_create(
        [Lock(content_type_id=kind, object_pk=str(10_000 + n), name="file:guide") for n in range(1001)]
    )
    offered(page)
    assert terms(page).conf.days == 30
    Lock.objects.filter(object_pk=str(page.pk)).update(options={"days": 7})
    file.save()
    assert terms(page).conf.days == 7


def test_an_unknown_file_is_a_sentence(page, caplog):
    assert "not available at the moment" in offered(page)
    assert "has no file 'guide'" in caplog.text


def test_an_unknown_file_is_a_fault_while_developing(page, settings):
    settings.DEBUG = True
    with pytest.raises(ObjectDoesNotExist, match="guide"):
        offered(page)


def test_one_that_is_switched_off_is_not_offered(page, file):
    Download.objects.update(is_on=False)
    assert "not available at the moment" in offered(page)


def test_a_wrong_option_is_a_fault_and_is_skipped(page, file, caplog):
    assert "The guide" in offered(page, 'dayz=7 days="x"')
    assert "dayz" in caplog.text
    assert terms(page).conf.days == 30


def test_files_root_is_no_option(page, file, caplog):
    offered(page, 'files_root="/"')
    assert "files_root" in caplog.text


def test_words_of_an_editor_are_escaped(page):
    upload(title="<script>", summary="<b>x</b>")
    html = offered(page)
    assert "<script>" not in html
    assert "<b>" not in html


def test_closed_it_says_what_is_to_be_done(page, file):
    card = BeautifulSoup(offered(page, 'ways="wait,sign_in"'), "html.parser").select_one(".smo-lock-card")
    assert card.h2.text == "The file is yours for a small thank-you"
    assert card.p.text == "To download it: wait a little or sign in."


def test_behind_the_lock_is_a_link(page, file, reader):
    soup = BeautifulSoup(reader.part(page), "html.parser")
    assert soup.a.text == "Download (PDF, 10.0\xa0KB)"
    assert soup.a["href"].endswith("/guide.pdf")
    assert "for you alone" in soup.small.text
    assert ".." not in soup.small.text


def test_the_link_says_what_the_tag_wants(page, file, reader):
    offered(page, 'label="Take | <it>"')
    soup = BeautifulSoup(reader.part(page, label="Take | <it>"), "html.parser")
    assert soup.a.text == "Take | <it> (PDF, 10.0\xa0KB)"


def test_a_newcomers_link_says_that_it_ends_when_the_lock_closes(page, file, reader):
    offered(page)
    lock = Lock.objects.get()
    lock.starts = timezone.now() + dt.timedelta(minutes=20)
    lock.save()
    closes = date_format(timezone.localtime(lock.starts), "DATETIME_FORMAT")
    assert f"Until {closes} this link works" in Reader(has_acted=False).part(page)
    assert f"Until {closes} this link works" not in reader.part(page)


def test_each_reader_and_each_time_another_link(page, file, reader):
    assert len({reader.link(page), reader.link(page), Reader().link(page)}) == 3


def test_a_file_that_is_gone_is_gone(page, file, reader):
    link = reader.link(page)
    file.delete()
    with pytest.raises(Gone):
        reader.part(page)
    assert Client().get(link).status_code == 410


def test_a_lock_that_nobody_made_hides_nothing(page, file, reader):
    with pytest.raises(Gone):
        hidden_part(reader.request(), Ref(key_of(page, "en"), "file:guide", "file", "guide", "/"))


def test_each_language_has_its_own_file(page, reader):
    upload(language="en")
    upload(language="ru", title="Путеводитель", name="Путеводитель.epub", body=b"ru")
    assert "The guide" in offered(page)
    with override("ru"):
        html = offered(page)
    assert "Путеводитель" in html
    assert "EPUB" in html
    assert "%D0%9F" in reader.link(page, language="ru")
    assert b"".join(reader.get(reader.link(page, language="ru")).streaming_content) == b"ru"


def test_a_language_without_its_own_has_the_one_for_all(page, reader):
    upload(title="For all")
    upload(language="en", title="English")
    with override("ru"):
        assert "For all" in offered(page)
    assert "English" in offered(page)


def test_without_a_page_there_is_nothing(file):
    request = RequestFactory().get("/nowhere/")
    request.user = AnonymousUser()
    assert render("{% smo_download 'guide' %}", request=request) == ""


def test_an_editor_can_place_it(page, file):
    block = all_blocks()["download"]
    html = render_block(block, {"file": "guide", "days": 5}, {"request": RequestFactory().get("/"), "object": page})
    assert "The guide" in html
    assert terms_of(Ref(key_of(page, "en"), "file:guide", "file", "guide", "/")).conf.days == 5
    assert file_choices() == [("guide", "The guide")]


def test_the_block_tells_what_the_site_has(settings):
    settings.SMO_KIT = {"LOCK": {"days": 9}}
    assert all_blocks()["download"].settings().days == 9


@pytest.fixture
def member(django_user_model):
    return Reader(has_acted=False, user=django_user_model.objects.create_user("ada"))


def opened(page, member, until=None, **fields):
    offered(page)
    now = timezone.now()
    return Opening.objects.create(
        lock=Lock.objects.get(),
        opener="m",
        user=member.user,
        way="share",
        tried=now,
        opened=now,
        until=until and now + until,
        **fields,
    )


def test_a_member_finds_his_files(page, file, member, django_assert_num_queries):
    opened(page, member)
    with django_assert_num_queries(3):
        soup = BeautifulSoup(panel_html(member.request()), "html.parser")
    assert [one.get_text(strip=True) for one in soup.select("a")] == [
        "The guide(PDF, 10.0\xa0KB)",
        "To the page of the file",
    ]
    assert "for good" in soup.text
    assert member.get(soup.a["href"]).status_code == 200
    assert Client().get(soup.a["href"]).status_code == 403


def test_what_is_known_by_his_mark_alone_is_his_too(page, file, member):
    """As in the list of what he has opened."""
    opening = opened(page, member)
    Opening.objects.filter(pk=opening.pk).update(user=None, opener=of_member(member.user.pk)[0])
    assert "The guide" in panel_html(member.request())


def test_the_panel_says_until_when(page, file, member):
    opened(page, member, dt.timedelta(days=3))
    assert "Open to you until" in panel_html(member.request())


def test_what_has_closed_again_is_not_there(page, file, member):
    opened(page, member, -dt.timedelta(days=3))
    assert panel_html(member.request()) == ""


def test_what_was_only_tried_is_not_there(page, file, member):
    opening = opened(page, member)
    Opening.objects.filter(pk=opening.pk).update(opened=None)
    assert panel_html(member.request()) == ""


def test_anothers_files_are_not_there(page, file, member, django_user_model):
    opened(page, member)
    other = Reader(has_acted=False, user=django_user_model.objects.create_user("bob"))
    assert panel_html(other.request()) == ""


def test_a_deleted_file_is_not_in_the_panel(page, file, member):
    opened(page, member)
    file.delete()
    assert panel_html(member.request()) == ""
