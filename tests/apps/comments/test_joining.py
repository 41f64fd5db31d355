"""What a guest has typed survives his signing in."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils.safestring import SafeString

from smo_kit.comments.conf import LONGEST_TEXT
from smo_kit.comments.discussions import discussion_of
from smo_kit.comments.models import Discussion, Entry
from smo_kit.comments.rendering import form_address
from smo_kit.core import entrance
from smo_kit.core.answers import SeeOther, unstored
from smo_kit.core.entrance import Entrance, Way
from smo_kit.core.kept import kept
from smo_kit.core.models import Kept
from tests.blog.models import Post

TEXT = "My grandfather laid\nsome of <these> stones & bridges."
WAY = Way(id="club", name="The Club", mark=SafeString("<path d='M0 0h9'/>"), colour="#123456")
PART = {"X-Smo-Part": "1"}


@pytest.fixture(autouse=True)
def quick(settings):
    cache.clear()
    settings.SMO_KIT = {**settings.SMO_KIT, "SPAM": {"fast_seconds": 0}, "COMMENTS": {"confirm_guests": False}}


@pytest.fixture(autouse=True)
def entered(monkeypatch):
    """Let visitors sign in by a club; return what its entrance was asked."""
    asked = []

    def enter(request, way, then, subject):
        asked.append((way, then, subject))
        return unstored(SeeOther(f"https://club.example/?way={way}"))

    monkeypatch.setattr(entrance, "_entrances", [Entrance(ways=lambda: (WAY,), enter=enter)])
    return asked


@pytest.fixture
def key(article):
    return discussion_of(article).key


@pytest.fixture
def fill(key):
    """Return the form as a browser has it: its fields by name."""

    def fill(client, reply_to=None, part=False, **more):
        answer = client.get(form_address(key, reply_to), headers=PART if part else {})
        form = BeautifulSoup(answer.content, "html.parser").select_one("form[data-smo-form]")
        fields = {one["name"]: one.get("value", "") for one in form.select("input")}
        return {**fields, "comment": TEXT, "name": "Grace", "email": "grace@example.org", **more}

    return fill


@pytest.fixture
def join(client, fill, entered):
    """Press the button of a way as a guest; return the address that he comes back to."""

    def join(way="club", **more):
        answer = client.post(reverse("smo_comments:new"), {**fill(client, **more), "join": way})
        assert answer.status_code == 303, answer.content.decode()
        return entered[-1][1]

    return join


def word_in(then: str) -> str:
    parts = urlsplit(then)
    return parts.fragment.partition("=")[2] or parse_qs(parts.query)["kept"][0]


def form_in(answer):
    return BeautifulSoup(answer.content, "html.parser").select_one("form[data-smo-form]")


def text_in(answer) -> str:
    return form_in(answer).select_one("textarea").text.removeprefix("\n")


class TestTheForm:
    def test_it_offers_guests_the_ways_with_their_faces(self, client, key):
        soup = BeautifulSoup(client.get(form_address(key)).content, "html.parser")
        button = soup.select_one(".smo-join button[name=join]")
        assert (button["value"], button.text.strip()) == ("club", "The Club")
        assert button.has_attr("formnovalidate")
        assert button.svg["color"] == "#123456"
        before, after = soup.find(id="smo-comment"), soup.find(id="smo-name")
        assert before.sourceline <= button.sourceline <= after.sourceline

    def test_members_are_offered_none(self, client, key, member):
        client.force_login(member)
        assert b'name="join"' not in client.get(form_address(key)).content

    def test_nobody_is_offered_any_while_he_changes_a_comment(self, client, say, member):
        client.force_login(member)
        answer = client.get(reverse("smo_comments:edit", args=[say().pk]))
        client.logout()
        assert b'name="join"' not in answer.content

    def test_the_enter_key_sends_and_does_not_join(self, client, key):
        first = form_in(client.get(form_address(key))).select_one("button")
        assert not first.has_attr("name")
        assert (first["tabindex"], first["aria-hidden"]) == ("-1", "true")


class TestJoining:
    def test_nothing_is_posted_and_the_entrance_knows_the_way_back(self, client, join, entered, key):
        then = join()
        assert not Entry.objects.exists()
        assert then.startswith(form_address(key))
        (found,) = entered
        assert found[0] == "club"
        assert found[2] == key.speaking("")

    def test_in_the_page_itself_it_comes_back_to_the_page(self, join):
        then = join(part=True)
        assert then == f"/posts/bridges/#smo-kept={word_in(then)}"

    def test_a_reply_comes_back_to_the_page_that_it_stands_on(self, join, say, settings):
        first = say()
        settings.SMO_KIT = {**settings.SMO_KIT, "SPAM": {"fast_seconds": 0, "subject_limit": 100}}
        last = [say(f"Number {n}.") for n in range(55)][-1]
        assert "comments-after" not in join(part=True, reply_to=first.pk)
        assert "?comments-after=" in join(part=True, reply_to=last.pk)

    def test_only_what_was_typed_is_kept(self, join, say):
        root = say()
        word = word_in(join(reply_to=root.pk, followup="all", url="https://grace.example"))
        assert kept("comment", word) == {"comment": TEXT, "reply_to": str(root.pk), "followup": "all"}

    def test_the_field_that_nobody_sees_is_not(self, client, fill, entered):
        fields = fill(client)
        trap = next(name for name in fields if "_" in name)
        client.post(reverse("smo_comments:new"), {**fields, trap: "casino", "join": ""})
        assert trap not in kept("comment", word_in(entered[-1][1]))

    def test_other_fields_are_few_and_short(self, join):
        more = {f"field{n}": "x" for n in range(50)} | {"long": "y" * 1000}
        found = kept("comment", word_in(join(**more)))
        assert len(found) <= 1 + 20
        assert "long" not in found

    def test_an_empty_form_may_join(self, join):
        assert kept("comment", word_in(join(comment="", name="", email="")))["comment"] == ""

    def test_what_is_too_long_for_a_comment_is_kept(self, join):
        assert len(kept("comment", word_in(join(comment="a" * LONGEST_TEXT)))["comment"]) == LONGEST_TEXT

    def test_what_is_much_too_long_stays_in_the_form(self, client, fill, entered):
        fields = fill(client, comment="a" * (LONGEST_TEXT + 1))
        answer = client.post(reverse("smo_comments:new"), {**fields, "join": "club"})
        assert (answer.status_code, entered) == (413, [])
        assert len(text_in(answer)) == LONGEST_TEXT + 1
        assert not Kept.objects.exists()

    def test_of_one_address_only_so_many_are_kept(self, client, fill, entered, settings):
        own = {"confirm_guests": False, "drafts_an_hour": 2}
        settings.SMO_KIT = {**settings.SMO_KIT, "COMMENTS": own}
        fields = {**fill(client), "join": "club"}
        answers = [client.post(reverse("smo_comments:new"), fields) for _n in range(3)]
        assert [one.status_code for one in answers] == [303, 303, 429]
        assert text_in(answers[-1]) == TEXT

    def test_another_site_can_keep_nothing(self, fill, entered):
        client = Client(enforce_csrf_checks=True)
        fields = fill(client, join="club")
        del fields["csrfmiddlewaretoken"]
        answer = client.post(reverse("smo_comments:new"), fields, headers={"Sec-Fetch-Site": "cross-site"})
        assert (answer.status_code, entered) == (403, [])
        assert text_in(answer) == TEXT

    def test_where_all_is_closed_it_is_said(self, client, fill, entered):
        fields = fill(client, join="club")
        Discussion.objects.update(is_open=False)
        answer = client.post(reverse("smo_comments:new"), fields)
        assert (answer.status_code, entered) == (403, [])
        assert b"This discussion is closed." in answer.content

    def test_a_page_of_another_host_is_not_gone_to(self, join, article, key, monkeypatch):
        monkeypatch.setattr(Post, "get_absolute_url", lambda self: "https://elsewhere.example/bridges/")
        assert join(part=True).startswith(form_address(key))


class TestComingBack:
    def test_the_draft_is_there_for_whoever_he_is_now(self, join, say, member):
        root = say()
        then = join(reply_to=root.pk, followup="all")
        other = Client()
        other.force_login(member)
        answer = other.get(then)
        assert text_in(answer) == TEXT
        fields = {one["name"]: one.get("value") for one in form_in(answer).select("input")}
        assert fields["reply_to"] == str(root.pk)
        assert "name" not in fields
        assert form_in(answer).select_one("select[name=followup] option[selected]")["value"] == "all"
        assert "You write as Ada Byron." in form_in(answer).text

    def test_it_is_there_for_a_guest_whose_sign_in_failed_and_again_and_again(self, client, join):
        then = join()
        assert text_in(client.get(then)) == text_in(client.get(then)) == TEXT

    def test_by_script_the_form_is_the_same(self, client, join, key):
        word = word_in(join(part=True))
        answer = client.get(f"{form_address(key)}&kept={word}", headers=PART)
        assert text_in(answer) == TEXT
        assert form_in(answer).select_one("[name=here]")

    def test_it_is_forgotten_when_it_was_sent(self, join, member):
        then = join()
        client = Client()
        client.force_login(member)
        fields = {one["name"]: one.get("value", "") for one in form_in(client.get(then)).select("input")}
        answer = client.post(reverse("smo_comments:new"), {**fields, "comment": TEXT})
        assert answer.status_code == 303
        assert Entry.objects.get().comment.user == member
        assert not Kept.objects.exists()

    def test_it_is_kept_while_it_is_refused(self, client, join, member, settings):
        then = join()
        client.force_login(member)
        fields = {one["name"]: one.get("value", "") for one in form_in(client.get(then)).select("input")}
        answer = client.post(reverse("smo_comments:new"), {**fields, "comment": " "})
        assert form_in(answer).select_one("[name=kept]")["value"] == word_in(then)
        assert text_in(client.get(then)) == TEXT

    @pytest.mark.parametrize("word", ["wrong", "0" * 32, "x" * 5000, "\0", "ё"])
    def test_a_wrong_word_is_an_empty_form_and_a_sentence(self, client, key, word):
        answer = client.get(form_address(key), {"o": key.sign(), "l": "en", "kept": word})
        assert answer.status_code == 200
        assert text_in(answer) == ""
        assert b"could not be found again" in answer.content
        assert not form_in(answer).select_one("[name=kept]")

    def test_an_address_fills_in_nothing_by_itself(self, client, key):
        answer = client.get(f"{form_address(key)}&comment=Buy&name=Eve")
        assert text_in(answer) == ""
        assert b"could not be found" not in answer.content

    def test_what_it_answered_may_be_gone(self, client, join, say):
        root = say()
        then = join(reply_to=root.pk)
        root.delete()
        answer = client.get(then)
        assert answer.status_code == 404
        assert text_in(answer) == TEXT
        assert form_in(answer).select_one("[name=reply_to]")["value"] == "0"

    def test_who_may_not_write_can_copy_it(self, client, join, member, settings):
        then = join()
        settings.SMO_KIT = {**settings.SMO_KIT, "ACCESS": {"comment": "groups", "groups": ["Friends"]}}
        client.force_login(member)
        soup = BeautifulSoup(client.get(then).content, "html.parser")
        assert soup.select_one("textarea[readonly]").text.removeprefix("\n") == TEXT
        assert "your account is not among those that may" in soup.text
        assert not soup.select("[name=join]")


class TestWhereOnlyMembersMayWrite:
    @pytest.fixture(autouse=True)
    def members_only(self, settings):
        settings.SMO_KIT = {**settings.SMO_KIT, "ACCESS": {"comment": "members"}}

    def test_guests_find_the_ways_in(self, client, key, entered):
        soup = BeautifulSoup(client.get(form_address(key), headers=PART).content, "html.parser")
        fields = {one["name"]: one.get("value", "") for one in soup.select("form input")}
        answer = client.post(reverse("smo_comments:new"), {**fields, "join": "club"})
        assert answer.status_code == 303
        assert entered[-1][1].startswith("/posts/bridges/#smo-kept=")

    def test_what_a_guest_had_typed_before_goes_with_him(self, client, fill, settings, entered):
        settings.SMO_KIT = {**settings.SMO_KIT, "ACCESS": {"comment": "everyone"}}
        fields = fill(client)
        settings.SMO_KIT = {**settings.SMO_KIT, "ACCESS": {"comment": "members"}}
        refused = client.post(reverse("smo_comments:new"), fields)
        assert refused.status_code == 403
        form = BeautifulSoup(refused.content, "html.parser").select_one("form.smo-comment-form")
        again = {one["name"]: one.get("value", "") for one in form.select("input")}
        again["comment"] = form.textarea.text.removeprefix("\n")
        client.post(reverse("smo_comments:new"), {**again, "join": "club"})
        assert kept("comment", word_in(entered[-1][1]))["comment"] == TEXT

    def test_a_discussion_of_its_own_mind_is_open_to_guests(self, client, key, fill):
        Discussion.objects.update(options={"who": "everyone"})
        assert client.post(reverse("smo_comments:new"), fill(client)).status_code == 303


def test_without_an_app_that_signs_in_the_sites_own_page_does(monkeypatch, client, fill, settings):
    monkeypatch.setattr(entrance, "_entrances", [])
    settings.LOGIN_URL = "account_login"
    answer = client.post(reverse("smo_comments:new"), fill(client, join=""))
    parts = urlsplit(answer["Location"])
    assert parts.path == reverse("account_login")
    assert "kept=" in parse_qs(parts.query)["next"][0]


def test_the_script_leaves_the_buttons_of_ways_to_the_browser():
    script = Path(finders.find("smo_kit/comments/comments.js")).read_text(encoding="utf-8")
    assert 'submitter.name == "join"' in script
    assert "#smo-kept=" in script
