"""What a member's own page shows of comments."""

from __future__ import annotations

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.core.management import call_command
from django.utils import timezone

from smo_kit.comments.moderation import decide
from smo_kit.comments.panels import MOST, SIZE, panel_html
from smo_kit.comments.storage import XtdComment
from smo_kit.core import members

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def unconfirmed(settings, monkeypatch):
    cache.clear()
    monkeypatch.setattr(members, "_proofs", [lambda user: [user.email]])
    spam = {"subject_limit": 1000}
    settings.SMO_KIT = {**settings.SMO_KIT, "COMMENTS": {"confirm_guests": False}, "SPAM": spam}


@pytest.fixture
def panel(rf, member, article):
    call_command("smo_sync", verbosity=0)

    def panel(address="/account/", user=member) -> BeautifulSoup:
        request = rf.get(address)
        request.user = user
        return BeautifulSoup(panel_html(request), "html.parser")

    return panel


@pytest.fixture
def guest(say):
    return lambda text="As a guest.", **more: say(text, user=None, name="Countess", email="ADA@example.org", **more)


def test_it_is_a_panel():
    assert "comments" in [one.id for one in members.panels()]


def test_who_has_written_nothing_sees_nothing(panel):
    assert not panel().text


def test_what_was_erased_is_not_listed(panel, say):
    gone, left = say("A word too much."), say("A good word.")
    XtdComment.norel_objects.filter(pk=gone.pk).update(comment="")
    assert [one.a["href"] for one in panel().select("li")] == [f"/smo/comments/{left.pk}/"]


def test_own_comments_with_their_page_their_state_and_the_way_to_change_them(panel, say, member):
    old, held, new = say("An <old> one."), say("A held one."), say("A new one.")
    XtdComment.norel_objects.filter(pk=old.pk).update(submit_date=timezone.now() - dt.timedelta(days=9))
    decide(held, "hold", user=member)
    first, second, third = panel().select("li")
    assert first.a["href"] == f"/smo/comments/{new.pk}/"
    assert "Bridges of stone" in first.text
    assert "published" in first.text
    assert first.select("a")[1]["href"] == f"/smo/comments/{new.pk}/edit/"
    assert "waits for a moderator" in second.text
    assert f"/smo/comments/{held.pk}/" not in [one["href"] for one in second.select("a")]
    assert third.a.text == "An <old> one."
    assert len(third.select("a")) == 1


def test_of_a_page_that_is_hidden_no_title_is_told(panel, say, guest, article):
    say(), guest()
    article.is_public = False
    article.save()
    call_command("smo_sync", verbosity=0)
    page = panel()
    assert "Bridges" not in page.text
    assert page.text.count("A page that is not there any more") == 2


def test_nothing_of_others(panel, say, django_user_model):
    say("Eve's.", user=django_user_model.objects.create_user("eve", "eve@example.org"))
    assert not panel().text


def test_older_ones_are_a_page_further(panel, say):
    for n in range(SIZE + 2):
        say(f"Number {n}.")
    page = panel()
    assert len(page.select("li")) == SIZE
    older = panel(page.select_one("a[rel=next]")["href"])
    assert [one.a.text for one in older.select("li")] == ["Number 1.", "Number 0."]
    assert older.find("a", string="The newest")["href"] == "/account/"


@pytest.mark.parametrize("before", ["x", "-1", "99999999999999999999999", "0"])
def test_a_wrong_address_shows_the_newest(panel, say, before):
    say()
    assert len(panel(f"/account/?comments-before={before}").select("li")) == 1


def test_what_may_be_claimed_is_shown_with_name_page_date_and_words(panel, guest):
    entry = guest()
    form = panel("/account/?x=1").form
    assert form["action"] == "/smo/comments/claim/"
    assert form.select_one("[name=next]")["value"] == "/account/?x=1"
    box = form.select_one("input[type=checkbox]")
    assert (box["value"], box.has_attr("checked")) == (str(entry.pk), False)
    assert form.find("label", attrs={"for": box["id"]}).text.strip() == "As a guest."
    assert "Countess" in form.text
    assert "Bridges of stone" in form.text
    assert form.time


def test_of_very_many_it_is_said_that_there_are_more(panel, guest):
    for n in range(MOST + 1):
        guest(f"Number {n}.")
    page = panel()
    assert len(page.select("input[type=checkbox]")) == MOST
    assert "There are more" in page.text


def test_it_costs_few_queries(panel, say, guest, django_assert_max_num_queries):
    for n in range(SIZE + 1):
        say(f"Number {n}.")
        guest(f"Number {n} of a guest.")
    with django_assert_max_num_queries(3):  # own ones, those of a guest, pages
        panel()


def test_it_brings_no_style_that_would_change_the_page_around_it(panel, say, guest):
    say(), guest()
    assert not panel().select("link, style, script, [style]")


def test_a_hostile_text_is_only_text(panel, guest):
    guest("</textarea><script>alert(1)</script>")
    assert not panel().select("script")
