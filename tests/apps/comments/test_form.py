"""The form's own page: what it takes, what it refuses and how it says so."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from bs4 import BeautifulSoup
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_comments.forms import CommentSecurityForm

from smo_kit.comments.discussions import discussion_of
from smo_kit.comments.models import Discussion, Entry
from smo_kit.comments.moderation import decide
from smo_kit.comments.moves import move
from smo_kit.comments.notices import CONFIRM
from smo_kit.comments.own_comment import own_token
from smo_kit.comments.rendering import form_address
from smo_kit.comments.services import confirm, take_back
from smo_kit.comments.states import State
from smo_kit.comments.storage import XtdComment
from smo_kit.core import tokens
from smo_kit.mail.models import Mail
from tests.blog.models import Post

TEXT = "My grandfather laid some of these stones."
PART = {"X-Smo-Part": "1"}


@pytest.fixture(autouse=True)
def quick(settings):
    """Tests fill in a form faster than any person."""
    settings.SMO_KIT = {**settings.SMO_KIT, "SPAM": {"fast_seconds": 0}}


@pytest.fixture
def key(article):
    return discussion_of(article).key


@pytest.fixture
def open_form(key):
    """Return the form as a browser has it: where it is sent, and its fields by name."""

    def open_form(client, reply_to=None, **more):
        soup = BeautifulSoup(client.get(form_address(key, reply_to)).content, "html.parser")
        form = soup.select_one("form[data-smo-form]")
        fields = {one["name"]: one.get("value", "") for one in form.select("input")}
        guest = {"name": "Grace", "email": "grace@example.org"} if "name" in fields else {}
        return form["action"], {**fields, "comment": TEXT, **guest, **more}

    return open_form


@pytest.fixture
def no_mail(quick, settings):
    settings.SMO_KIT = {**settings.SMO_KIT, "COMMENTS": {"confirm_guests": False}}


def error_of(response) -> str:
    return BeautifulSoup(response.content, "html.parser").select_one(".smo-error").text


def must_be_kept(response, sentence):
    """What was typed can be copied, why it is not taken is said once, and nothing offers to send it."""
    soup = BeautifulSoup(response.content, "html.parser")
    assert soup.text.count(sentence) == 1
    assert soup.select_one("textarea[readonly]").text.strip("\n") == TEXT
    assert not soup.select("form[data-smo-form], .smo-preview")


def test_a_member_writes_and_is_led_to_his_comment(client, member, open_form):
    client.force_login(member)
    action, fields = open_form(client)
    assert "name" not in fields

    response = client.post(action, fields)

    entry = Entry.objects.get()
    assert (response.status_code, response["Location"]) == (303, f"/smo/comments/{entry.pk}/")
    assert client.get(response["Location"])["Location"] == f"/posts/bridges/#c{entry.pk}"
    assert entry.comment.user_name == "Ada Byron"


def test_a_guest_confirms_by_mail(client, open_form):
    action, fields = open_form(client)

    response = client.post(action, fields, follow=True)

    entry = Entry.objects.get()
    assert "open the mail" in response.content.decode()
    assert Mail.objects.get().to == "grace@example.org"
    assert entry.state == State.PENDING
    assert confirm(entry)


def test_a_reply_stands_under_its_comment(client, say, open_form, no_mail):
    root = say()
    action, fields = open_form(client, root.pk)

    client.post(action, fields)

    assert Entry.objects.get(parent=root).level == 1


def test_the_form_is_kept_by_nobody(client, key):
    response = client.get(form_address(key))
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"


REFUSED = [
    ({"comment": ""}, 400, "write something"),
    ({"comment": "\u200b\x00 \n"}, 400, "write something"),
    ({"comment": "x" * 1_000_000}, 413, "5000 letters; yours has 1000000"),
    ({"name": ""}, 400, "what you are called"),
    ({"email": ""}, 400, "e-mail"),
    ({"email": "no address"}, 400, "e-mail"),
    ({"url": "javascript:alert(1)"}, 400, "address of a page"),
    ({"reply_to": "99999999"}, 400, "not there any more"),
    ({"reply_to": "99999999999999999999999999"}, 400, "not there any more"),
    ({"reply_to": "0" * 20 + "9" * 30}, 400, "not there any more"),
    ({"reply_to": "9" * 5000}, 400, "not there any more"),
    ({"reply_to": "-1"}, 400, "not there any more"),
    ({"reply_to": "x\x00"}, 400, "not there any more"),
    ({"opened": ""}, 400, "open the page anew"),
    ({"opened": "1xWRLr:forged"}, 400, "open the page anew"),
]


@pytest.mark.parametrize(("wrong", "status", "sentence"), REFUSED, ids=lambda one: str(one)[:30])
def test_what_is_refused_is_said_and_typed_text_stays(client, open_form, no_mail, wrong, status, sentence):
    action, fields = open_form(client)

    response = client.post(action, {**fields, **wrong})

    assert response.status_code == status
    assert sentence in error_of(response)
    assert not XtdComment.objects.exists()
    typed = BeautifulSoup(response.content, "html.parser")
    assert typed.select_one("textarea").text.strip("\n") == {**fields, **wrong}["comment"].replace("\0", "").strip("\n")
    assert not client.cookies.get("smo_visitor")


def test_what_is_too_much_to_be_read_is_said_too(client, open_form, no_mail, settings):
    action, fields = open_form(client)
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000

    response = client.post(action, {**fields, "comment": "я" * 10_000})

    assert response.status_code == 413
    assert "Go back to what you have written" in response.content.decode()


def test_what_was_typed_is_shown_as_text(client, open_form):
    action, fields = open_form(client)
    evil = '</textarea><script>alert(1)</script>"><b>'

    response = client.post(action, {**fields, "comment": evil, "name": evil, "email": evil, "url": evil})

    soup = BeautifulSoup(response.content, "html.parser")
    assert soup.select_one("textarea").text.strip("\n") == evil
    assert soup.select_one("[name=name]")["value"] == evil
    assert not soup.select("script, form b")


def test_a_corrected_form_is_taken(client, open_form, no_mail):
    action, fields = open_form(client, comment="")
    response = client.post(action, fields)
    soup = BeautifulSoup(response.content, "html.parser")
    again = {one["name"]: one.get("value", "") for one in soup.select("form input")}

    client.post(action, {**again, "comment": TEXT})

    assert Entry.objects.get().comment.comment == TEXT


@pytest.mark.parametrize("state", [State.HELD, State.REMOVED, State.SPAM])
def test_nobody_answers_what_is_not_published(client, say, open_form, no_mail, state):
    root = say()
    action, fields = open_form(client, root.pk)
    move(root, state)

    response = client.post(action, fields)

    assert (response.status_code, Entry.objects.count()) == (400, 1)
    assert "not there any more" in error_of(response)


def test_nobody_answers_a_comment_of_another_page(client, say, no_mail, open_form, member):
    root = say()
    other = Post.objects.create(slug="other", title="Other")
    soup = BeautifulSoup(client.get(form_address(discussion_of(other).key)).content, "html.parser")
    fields = {one["name"]: one.get("value", "") for one in soup.select("form input")}
    typed = {"comment": TEXT, "name": "Grace", "email": "g@example.org", "reply_to": root.pk}

    response = client.post(reverse("smo_comments:new"), {**fields, **typed})

    assert (response.status_code, Entry.objects.count()) == (400, 1)


def test_the_hidden_field_betrays_programs(client, open_form, no_mail):
    action, fields = open_form(client)
    (trap,) = [name for name, value in fields.items() if "_" in name and not value]

    response = client.post(action, {**fields, trap: "https://spam.example"})

    assert (response.status_code, Entry.objects.count()) == (400, 0)
    assert TEXT in response.content.decode()


def test_a_form_lives_for_a_day_and_not_for_ever(client, open_form, no_mail, monkeypatch):
    action, fields = open_form(client)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 3 * 86400)
    late = client.post(action, fields)
    assert (late.status_code, "too long" in error_of(late)) == (400, True)
    monkeypatch.setattr(time, "time", lambda: now + 86400)
    assert client.post(action, fields).status_code == 303


def test_a_double_click_is_one_comment(client, open_form, no_mail):
    action, fields = open_form(client)
    first, second = client.post(action, fields), client.post(action, fields)
    assert first["Location"] == second["Location"]
    assert Entry.objects.count() == 1


def test_too_many_are_refused_with_a_time_to_wait(client, open_form, settings):
    settings.SMO_KIT = {
        **settings.SMO_KIT,
        "COMMENTS": {"confirm_guests": False},
        "SPAM": {"fast_seconds": 0, "address_limit": 1},
    }
    action, fields = open_form(client)
    client.post(action, fields)

    response = client.post(action, {**fields, "comment": "The second one, an hour later."})

    assert (response.status_code, response["Retry-After"]) == (429, "600")
    assert Entry.objects.count() == 1


def test_a_moderator_may_answer_many_readers_in_a_row(client, admin_user, open_form, settings):
    settings.SMO_KIT = {**settings.SMO_KIT, "SPAM": {"fast_seconds": 0, "address_limit": 1}}
    client.force_login(admin_user)
    action, fields = open_form(client)
    for text in ("Thank you, that is mended.", "The other bridge is in chapter two."):
        assert client.post(action, {**fields, "comment": text}).status_code == 303


@pytest.mark.parametrize("o", ["", "1.2.3", "35..1:forged", "x" * 5000])
def test_a_forged_page_takes_nothing(client, article, o):
    response = client.post(reverse("smo_comments:new"), {"o": o, "comment": TEXT})
    assert response.status_code == 400
    assert TEXT in response.content.decode()


def test_a_page_that_is_not_public_takes_nothing(
    client, article, open_form, no_mail, django_capture_on_commit_callbacks
):
    action, fields = open_form(client)
    article.is_public = False
    with django_capture_on_commit_callbacks(execute=True):
        article.save()
    assert client.post(action, fields).status_code == 404
    assert not Entry.objects.exists()


def test_another_sites_page_can_send_no_form(article, member, open_form, no_mail):
    client = Client(enforce_csrf_checks=True)
    action, fields = open_form(client)
    fields.pop("csrfmiddlewaretoken")

    foreign = client.post(action, fields, headers={"Sec-Fetch-Site": "cross-site"})

    assert (foreign.status_code, Entry.objects.count()) == (403, 0)
    assert TEXT in foreign.content.decode()
    assert client.post(action, fields, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 303


def test_the_csrf_token_is_a_proof_too(article, open_form, no_mail):
    client = Client(enforce_csrf_checks=True)
    action, fields = open_form(client)
    assert client.post(action, fields).status_code == 303


def test_members_only_shows_the_way_in(client, article, key, open_form, member, settings):
    action, fields = open_form(client)
    settings.SMO_KIT = {**settings.SMO_KIT, "ACCESS": {"comment": "members"}}

    response = client.get(form_address(key))
    assert "Only members may write here. Please sign in." in response.content.decode()
    assert BeautifulSoup(response.content, "html.parser").select("button[name=join]")
    assert client.post(action, fields).status_code == 403
    client.force_login(member)
    action, fields = open_form(client)
    assert client.post(action, fields).status_code == 303


def test_a_closed_discussion_takes_nothing_and_keeps_what_was_typed(client, open_form, no_mail):
    action, fields = open_form(client)
    Discussion.objects.update(is_open=False)

    response = client.post(action, fields)

    assert (response.status_code, Entry.objects.count()) == (403, 0)
    must_be_kept(response, "This discussion is closed.")


def test_what_only_members_may_send_is_kept_too(client, open_form, no_mail, settings):
    action, fields = open_form(client)
    settings.SMO_KIT = {**settings.SMO_KIT, "ACCESS": {"comment": "members"}}
    must_be_kept(client.post(action, fields), "Only members may write here. Please sign in.")
    assert not Entry.objects.exists()


def test_where_nobody_can_write_nothing_is_previewed(client, open_form, no_mail):
    action, fields = open_form(client, preview="1")
    Discussion.objects.update(is_open=False)
    response = client.post(action, fields)
    assert response.status_code == 403
    must_be_kept(response, "This discussion is closed.")


def test_after_some_days_a_page_takes_no_comments(client, article, open_form, settings):
    settings.SMO_KIT = {**settings.SMO_KIT, "COMMENTS": {"close_after_days": 7}}
    Post.objects.update(published_at=timezone.now() - dt.timedelta(days=8))
    response = client.get(form_address(discussion_of(article).key))
    assert "This discussion is closed." in response.content.decode()


def test_a_preview_stores_nothing_and_keeps_the_form(client, open_form, no_mail):
    action, fields = open_form(client, comment="**Strong** words <script>", preview="1")

    response = client.post(action, fields)

    soup = BeautifulSoup(response.content, "html.parser")
    assert soup.select_one(".smo-preview strong").text == "Strong"
    assert not soup.select(".smo-preview script")
    assert soup.select_one("[name=opened]")["value"] == fields["opened"]
    assert not Entry.objects.exists()


def test_the_script_gets_a_part_of_a_page(client, say, open_form, no_mail):
    root = say()
    action, fields = open_form(client, root.pk)

    form = client.get(form_address(discussion_of(root.comment.content_object).key), headers=PART)
    assert b"<html" not in form.content
    response = client.post(action, fields, headers=PART)

    soup = BeautifulSoup(response.content, "html.parser")
    assert soup.select_one("article")["id"] == f"c{Entry.objects.get(parent=root).pk}"
    assert b"<html" not in response.content


def changed(client, entry, text):
    """Return what the script gets for another text of a comment, sent by its author."""
    typed = {"comment": text, "token": own_token(entry)}
    response = client.post(f"/smo/comments/{entry.pk}/edit/", typed, headers=PART)
    return BeautifulSoup(response.content, "html.parser")


def test_what_waits_after_a_change_takes_the_place_of_the_old_text(client, say, settings):
    entry = say("A reply.", say())
    settings.SMO_KIT = {**settings.SMO_KIT, "SPAM": {"muted_words": ["casino"]}}

    (article,) = changed(client, entry, "A casino.").select("article")

    assert (article["id"], "smo-depth-1" in article["class"]) == (f"c{entry.pk}", True)
    assert "waits for a moderator" in article.select_one("[role=status]").text
    assert "A reply." not in article.text


def test_a_new_comment_that_waits_takes_nobodys_place(client, open_form, settings):
    action, fields = open_form(client)
    soup = BeautifulSoup(client.post(action, fields, headers=PART).content, "html.parser")
    assert "One more step" in soup.text
    assert not soup.select("article")


@pytest.mark.urls("tests.apps.comments.urls")
def test_a_change_shows_nothing_that_goes_away_when_the_page_is_loaded_again(client, say):
    root = say()
    say("A reply.", root)
    last = say("Another reply.", root)
    page = BeautifulSoup(client.get("/posts/bridges/").content, "html.parser").select_one(f"#c{last.pk}")
    article = changed(client, last, "Other words.").select_one("article")
    assert article.select_one(".smo-answered") == page.select_one(".smo-answered")


def test_an_author_changes_and_removes_his_comment(client, open_form, no_mail):
    action, fields = open_form(client)
    client.post(action, fields)
    entry = Entry.objects.get()
    edit = f"/smo/comments/{entry.pk}/edit/"
    assert TEXT in client.get(edit).content.decode()

    assert client.post(edit, {"comment": "Better words than before."}).status_code == 303
    entry.refresh_from_db()
    assert (entry.comment.comment, bool(entry.edited_at)) == ("Better words than before.", True)
    assert "is removed" in client.post(edit, {"remove": "1"}, follow=True).content.decode()
    entry.refresh_from_db()
    assert entry.state == State.REMOVED


def test_a_guest_has_a_link_to_his_comment_in_any_browser(client, say):
    entry = say()
    edit = f"/smo/comments/{entry.pk}/edit/"
    assert Client().get(edit).status_code == 403
    assert Client().post(edit, {"comment": "Stolen words here."}).status_code == 403
    assert Client().post(edit, {"comment": "Better words.", "token": own_token(entry)}).status_code == 303
    entry.refresh_from_db()
    assert entry.comment.comment == "Better words."


def test_tokens_of_others_and_forged_ones_open_nothing(client, say):
    entry, other = say(), say("Another comment, not mine.")
    edit = f"/smo/comments/{entry.pk}/edit/"
    assert client.get(edit, {"token": own_token(other)}).status_code == 403
    assert client.get(edit, {"token": "forged"}).status_code == 403
    assert client.get("/smo/comments/sent/forged/").status_code == 404


def test_a_word_that_is_not_whole_loses_no_text(client, say):
    entry = say()
    typed = {"comment": TEXT, "token": own_token(entry)[:-1]}
    response = client.post(f"/smo/comments/{entry.pk}/edit/", typed)
    assert response.status_code == 403
    must_be_kept(response, "Only who wrote this comment may change it")
    assert "mail" not in response.content.decode()


def test_the_browser_that_wrote_needs_no_word(client, open_form, no_mail):
    client.post(*open_form(client))
    entry = Entry.objects.get()
    edit = f"/smo/comments/{entry.pk}/edit/"
    assert client.get(edit, {"token": "stale"}).status_code == 200
    assert client.post(edit, {"comment": "Better words than before.", "token": "stale"}).status_code == 303


def test_strangers_see_no_text_that_is_not_published(client, say):
    entry = say("Nobody has read this yet.")
    move(entry, State.HELD)
    response = client.get(f"/smo/comments/{entry.pk}/edit/")
    assert response.status_code == 403
    assert "Nobody has read" not in response.content.decode()


@pytest.mark.parametrize("button", [{}, {"preview": "1"}, {"remove": "1"}])
def test_when_it_is_too_late_the_typed_text_is_shown(client, say, settings, button):
    entry = say()
    settings.SMO_KIT = {**settings.SMO_KIT, "COMMENTS": {"edit_minutes": 0}}
    typed = {"comment": TEXT, "token": own_token(entry), **button}
    response = client.post(f"/smo/comments/{entry.pk}/edit/", typed)
    assert response.status_code == 403
    must_be_kept(response, "This comment can't be changed any more.")


@pytest.mark.parametrize("state", [State.PUBLISHED, State.REMOVED])
def test_when_it_is_too_late_there_is_no_form(client, say, settings, state):
    entry = say()
    move(entry, state)
    settings.SMO_KIT = {**settings.SMO_KIT, "COMMENTS": {"edit_minutes": 0}}
    response = client.get(f"/smo/comments/{entry.pk}/edit/", {"token": own_token(entry)})
    soup = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 403
    assert "can't be changed any more" in soup.text
    assert not soup.select("form[data-smo-form], textarea")


def test_forms_in_one_page_have_ids_of_their_own(client, say, key):
    entry = say()
    pages = [form_address(key), form_address(key, entry.pk), f"/smo/comments/{entry.pk}/report/"]
    pages.append(f"/smo/comments/{entry.pk}/edit/?token={own_token(entry)}")
    soups = [BeautifulSoup(client.get(page, headers=PART).content, "html.parser") for page in pages]
    ids = [one["id"] for soup in soups for one in soup.select("[id]")]
    assert len(ids) == len(set(ids))
    for soup in soups:
        assert {one["for"] for one in soup.select("label")} <= {one["id"] for one in soup.select("[id]")}


def test_a_form_of_django_comments_is_taken(client, article, no_mail):
    fields = CommentSecurityForm(article).generate_security_data()
    typed = {"name": "Grace", "email": "g@example.org", "comment": TEXT, "reply_to": "0", "next": "/posts/bridges/"}

    response = client.post(reverse("comments-post-comment"), {**fields, **typed})

    entry = Entry.objects.get()
    assert (response.status_code, response["Location"]) == (303, f"/posts/bridges/?c={entry.pk}")


@pytest.mark.parametrize(
    "wrong",
    [
        {"security_hash": "0" * 40},
        {"timestamp": "1"},
        {"object_pk": "77"},
        {"content_type": "auth.user"},
        {"content_type": "no.model"},
        {"content_type": ""},
        {"honeypot": "x"},
    ],
)
def test_a_wrong_form_of_django_comments_is_refused(client, article, no_mail, wrong):
    fields = CommentSecurityForm(article).generate_security_data()
    typed = {"name": "Grace", "email": "g@example.org", "comment": TEXT}

    response = client.post(reverse("comments-post-comment"), {**fields, **typed, **wrong})

    assert (response.status_code, Entry.objects.count()) == (400, 0)
    assert TEXT in response.content.decode()


def test_next_leads_nowhere_else(client, article, no_mail):
    fields = CommentSecurityForm(article).generate_security_data()
    typed = {"name": "Grace", "email": "g@example.org", "comment": TEXT, "next": "https://evil.example/"}
    assert client.post(reverse("comments-post-comment"), {**fields, **typed})["Location"].startswith("/smo/comments/")


def test_while_the_database_is_away_what_was_typed_is_given_back_and_can_be_sent_again(client, open_form, no_mail):
    action, fields = open_form(client, comment="Not lost: <b>this</b> sentence.")

    def away(execute, sql, params, many, context):
        raise OperationalError("the database system is shutting down")

    with connection.execute_wrapper(away):
        refused = client.post(action, fields)
    taken = client.post(action, fields)

    assert refused.status_code == 503
    assert "Not lost: &lt;b&gt;this&lt;/b&gt; sentence." in refused.content.decode()
    assert taken.status_code == 303
    assert Entry.objects.count() == 1


def test_two_clicks_of_a_newcomer_at_once_are_one_comment(client, open_form, no_mail):
    action, fields = open_form(client)
    token = client.cookies["csrftoken"].value
    browsers = [Client(), Client()]  # the second click leaves before the answer to the first brings a cookie
    for browser in browsers:
        browser.cookies["csrftoken"] = token

    first, second = (browser.post(action, fields) for browser in browsers)

    assert first["Location"] == second["Location"]
    assert Entry.objects.count() == 1


def test_who_repeats_anothers_words_under_his_address_is_not_taken_for_him(client, open_form):
    action, fields = open_form(client)
    client.post(action, fields)
    thief = Client()
    thief.post(*open_form(thief))
    assert Entry.objects.count() == 2


@pytest.mark.parametrize("url", ["https://example.org/\0", "https://example.org/\x1bx"])
def test_an_address_with_control_characters_is_refused(client, open_form, url):
    action, fields = open_form(client, url=url)
    response = client.post(action, fields)
    assert (response.status_code, "address of a page" in error_of(response)) == (400, True)
    assert not Entry.objects.exists()


def test_the_form_says_that_what_one_answers_is_gone(client, say, open_form, key):
    root = say()
    move(root, State.REMOVED, verb="removed")
    response = client.get(form_address(key, root.pk))
    assert (response.status_code, "not there any more" in error_of(response)) == (404, True)


@pytest.mark.parametrize("act", ["", "edit/", "vote/", "report/"])
def test_a_number_that_no_comment_can_have_is_no_address(client, db, act):
    address = f"/smo/comments/{10**20}/{act}"
    assert client.get(address).status_code == client.post(address).status_code == 404


class TestConfirmation:
    @pytest.fixture
    def link(self, client, open_form):
        action, fields = open_form(client)
        client.post(action, fields)
        return reverse("smo_comments:confirm", args=[tokens.sign(CONFIRM, str(Entry.objects.get().pk))])

    def test_the_page_shows_what_is_confirmed_and_where(self, client, link, article):
        page = BeautifulSoup(client.get(link).content, "html.parser").select_one(".smo-act")
        assert TEXT in page.text
        assert page.select_one("a").text == article.title

    @pytest.mark.parametrize(
        ("act", "said"),
        [
            (take_back, "Its author has taken it back."),
            (lambda entry: decide(entry, "remove"), "A moderator has decided so."),
            (lambda entry: move(entry, State.REMOVED, verb="erased"), "What its author had written is erased."),
            (lambda entry: move(entry, State.SPAM, verb="judged"), "A moderator looks at it before readers do."),
            (lambda entry: decide(entry, "spam"), "A moderator has decided so."),
        ],
        ids=["taken back", "removed", "erased", "spam by the rules", "spam by a moderator"],
    )
    def test_who_comes_late_hears_what_is_true(self, client, link, act, said):
        act(Entry.objects.select_related("comment", "discussion").get())
        assert said in client.get(link).content.decode()
        assert said in client.post(link).content.decode()


def test_who_confirms_may_go_on_writing_and_who_does_not_may_not(client, open_form, settings):
    settings.SMO_KIT = {**settings.SMO_KIT, "COMMENTS": {"confirm_most": (1, 9, 9)}}
    action, fields = open_form(client)
    client.post(action, {**fields, "comment": "The mortar is of lime and sand."})
    confirm(Entry.objects.get())
    assert client.post(action, {**fields, "comment": "It hardens for a hundred years."}).status_code == 303
    assert client.post(action, {**fields, "comment": "And then it cracks in the frost."}).status_code == 429


@pytest.mark.parametrize(("minutes", "status"), [(15, 403), (3 * 24 * 60, 200)])
def test_an_authors_word_is_believed_as_long_as_he_may_change_his_comment(
    client, open_form, no_mail, settings, monkeypatch, minutes, status
):
    action, fields = open_form(client)
    client.post(action, fields)
    entry = Entry.objects.get()
    then = time.time() - 2 * 24 * 3600
    with monkeypatch.context() as past:
        past.setattr("django.core.signing.time.time", lambda: then)
        token = own_token(entry)
    settings.SMO_KIT = {**settings.SMO_KIT, "COMMENTS": {"edit_minutes": minutes}}
    assert Client().get(f"/smo/comments/{entry.pk}/edit/", {"token": token}).status_code == status
