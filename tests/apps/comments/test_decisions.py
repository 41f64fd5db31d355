"""Links of mails: a scanner's GET changes nothing, what is forged, old or meant for something else is refused."""

from __future__ import annotations

import re
import time

import pytest
from django.urls import reverse

from smo_kit.comments.decisions import MONTH
from smo_kit.comments.models import Action, Entry
from smo_kit.comments.moderation import decide
from smo_kit.comments.moves import move
from smo_kit.comments.notices import CONFIRM, MODERATE, VERDICTS, moderation_token, tell_of_held
from smo_kit.comments.seen_text import mark_of
from smo_kit.comments.states import State
from smo_kit.comments.storage import XtdComment
from smo_kit.core import tokens
from smo_kit.mail.models import Mail

SEEN = mark_of("The third arch is the oldest one.")
MODERATED = {"COMMENTS": {"hold": "all", "moderators": ("mod@example.org",)}, "CORE": {"site_name": "Test site"}}


@pytest.fixture
def held(say, settings):
    settings.SMO_KIT = MODERATED
    return say()


def test_a_mail_about_a_comment_without_a_name_says_a_guest(say, settings):
    """A blank is no name."""
    settings.SMO_KIT = MODERATED
    entry = say()
    XtdComment.norel_objects.update(user_name=" ")
    Mail.objects.all().delete()
    tell_of_held(Entry.objects.get(pk=entry.pk))
    mail = Mail.objects.get()
    assert mail.subject == "A comment of Guest waits for a moderator"
    assert "\nGuest <" in mail.text
    assert "<p>Guest &lt;" in mail.html


@pytest.fixture
def links(held):
    found = re.findall(r"https?://[^/\s]+(/smo/comments/decide/\S+)", Mail.objects.get().text)
    return dict(zip(VERDICTS, found, strict=True))


def state_of(entry):
    return Entry.objects.values_list("state", flat=True).get(pk=entry.pk)


def undo_field(answer):
    return {"undo": re.search(r'name="undo" value="(\d+)"', answer.content.decode())[1]}


@pytest.mark.parametrize(("verdict", "state"), [("publish", "published"), ("remove", "removed"), ("spam", "spam")])
def test_get_asks_and_post_decides(client, held, links, verdict, state):
    for method in (client.get, client.head, client.get):
        answer = method(links[verdict])
        assert answer.status_code == 200
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "no-store" in answer.headers["Cache-Control"]
    assert state_of(held) == State.HELD

    assert client.post(links[verdict]).status_code == 200

    assert state_of(held) == state
    assert Action.objects.values_list("verb", "user", "note").get() == (verdict, None, "by mail")


def test_the_page_shows_what_it_is_about_and_trusts_nothing_in_it(client, say, settings):
    settings.SMO_KIT = MODERATED
    entry = say("<script>alert(1)</script> on bridges")
    link = reverse("smo_comments:decide", args=[moderation_token(entry, "publish")])
    page = client.get(link).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; on bridges" in page
    assert "<script>alert" not in page


def test_a_slip_is_taken_back_on_the_same_page(client, held, links):
    answer = client.post(links["spam"])
    assert state_of(held) == State.SPAM

    client.post(links["spam"], undo_field(answer))

    assert state_of(held) == State.HELD


def test_the_page_of_a_slip_takes_back_no_others_decision(client, held, links, admin_user):
    answer = client.post(links["spam"])
    decide(Entry.objects.get(pk=held.pk), "publish", user=admin_user)

    client.post(links["spam"], undo_field(answer))

    assert state_of(held) == State.PUBLISHED


def test_who_comes_late_is_told_so(client, held, links):
    decide(held, "remove")

    page = client.get(links["publish"]).content.decode()
    assert "Now the comment is in this state: removed." in page
    assert "The comment is not published" in client.get(links["remove"]).content.decode()


def test_a_moderator_is_told_that_the_rules_took_it_for_spam(client, held, links):
    move(held, State.SPAM, verb="judged")
    assert "The rules take it for spam." in client.get(links["spam"]).content.decode()


def test_twice_is_once(client, held, links):
    client.post(links["publish"])
    client.post(links["publish"])
    assert Action.objects.count() == 1


@pytest.mark.parametrize(
    ("token", "status"),
    [
        (lambda pk: tokens.sign(MODERATE, pk, "publish", SEEN)[:-1], 400),
        (lambda pk: "x" + tokens.sign(MODERATE, pk, "publish", SEEN), 400),
        (lambda pk: tokens.sign(CONFIRM, pk), 400),
        (lambda pk: tokens.sign("mail.unsubscribe", pk, "publish"), 400),
        (lambda pk: tokens.sign(MODERATE, "999999", "publish", SEEN), 404),
    ],
    ids=["cut", "changed", "a confirmation", "of another app", "deleted"],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_foreign_and_forged_links_do_nothing(client, held, token, status, method):
    answer = getattr(client, method)(reverse("smo_comments:decide", args=[token(str(held.pk))]))
    assert answer.status_code == status
    assert state_of(held) == State.HELD


def test_a_moderators_link_confirms_nothing(client, held):
    token = moderation_token(held, "publish")
    assert client.post(reverse("smo_comments:confirm", args=[token])).status_code == 400


def test_an_old_link_has_run_out(client, held, monkeypatch):
    then = time.time() - MONTH - 60
    with monkeypatch.context() as past:
        past.setattr("django.core.signing.time.time", lambda: then)
        token = moderation_token(held, "publish")
    answer = client.post(reverse("smo_comments:decide", args=[token]))
    assert answer.status_code == 410
    assert state_of(held) == State.HELD


@pytest.mark.parametrize("undo", ["9" * 5000, "²", "x", ""])
def test_what_is_no_id_takes_nothing_back(client, held, links, undo):
    client.post(links["spam"])
    assert client.post(links["spam"], {"undo": undo}).status_code == 200
    assert state_of(held) == State.SPAM


@pytest.mark.parametrize("page", ["confirm", "decide"])
def test_the_page_speaks_the_language_of_its_mail(client, say, settings, page):
    settings.SMO_KIT = MODERATED if page == "decide" else {}
    say(language="ru", user=None, name="Grace", email="grace@example.org")
    if page == "decide":
        move(Entry.objects.select_related("discussion", "comment").get(), State.HELD)
        tell_of_held(Entry.objects.select_related("discussion", "comment").get())
    link = re.search(rf"https?://[^/\s]+(/smo/comments/{page}/\S+)", Mail.objects.latest("pk").text)[1]
    answer = client.get(link)
    assert (answer.status_code, answer.headers["Content-Language"]) == (200, "ru")
