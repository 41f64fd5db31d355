"""The field of the form for a comment."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache

from smo_kit.comments.models import Discussion, Entry
from smo_kit.comments.own_comment import own_token
from smo_kit.comments.rendering import form_address
from smo_kit.comments.services import confirm
from smo_kit.comments.states import State
from smo_kit.mail.addresses import mark
from smo_kit.mail.models import Mail
from smo_kit.notify import receivers
from smo_kit.notify.models import Delivery, Subscriber, Subscription, Wish
from smo_kit.notify.services import confirm as confirm_address
from smo_kit.notify.services import follow, granted
from smo_kit.notify.subscribers import at_address, prove
from smo_kit.spam.services import Signal

pytestmark = pytest.mark.django_db

HERE = {"headers": {"Origin": "http://testserver"}}
PART = {"headers": {"Origin": "http://testserver", "X-Smo-Part": "1"}}
GUEST = {"name": "Grace", "email": "grace@example.org"}


class ItIsSpam:
    """A rule of a site that takes everything for spam."""

    def judge(self, submission):
        return Signal(99.0, "It is.")


@pytest.fixture(autouse=True)
def uncounted():
    cache.clear()


@pytest.fixture
def write(client, discussion, fields_of):
    def write(followup, how=HERE, **more):
        answer = client.get(form_address(discussion.key))
        fields = {**fields_of(answer, has="comment"), "comment": "My grandfather laid some of them.", **more}
        return client.post("/smo/comments/new/", {**fields, "followup": followup}, **how)

    return write


@pytest.fixture
def confirming(settings):
    settings.SMO_KIT = settings.SMO_KIT | {"COMMENTS": {"confirm_guests": True}}


def words(response) -> str:
    return BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)


def test_nothing_is_chosen_at_first(client, discussion):
    soup = BeautifulSoup(client.get(form_address(discussion.key)).content, "html.parser")
    select = soup.select_one("[name=followup]")
    assert [one["value"] for one in select.select("option")] == ["", "replies", "all"]
    assert select.select_one("[selected]")["value"] == ""


def test_nothing_is_nothing(write):
    assert write("", **GUEST).status_code == 303
    assert not Subscriber.objects.exists()
    assert not Mail.objects.exists()


def test_a_choice_stays_when_something_else_is_wrong(write):
    soup = BeautifulSoup(write("all", comment="", **GUEST).content, "html.parser")
    assert soup.select_one("[name=followup] [selected]")["value"] == "all"


def test_a_guest_is_asked_by_mail_and_told_so(client, write):
    page = client.get(write("replies", **GUEST)["Location"])
    assert "Your comment is published" in words(page)
    assert "press the button in the one we have sent you" in words(page)
    assert Mail.objects.get().kind == "notify-confirm"


def test_the_script_shows_the_comment_and_what_happens(write):
    soup = BeautifulSoup(write("replies", how=PART, **GUEST).content, "html.parser")
    assert soup.select_one("article").find_next_sibling("p")["role"] == "status"


def test_one_mail_confirms_comment_and_wish_in_one_transaction(confirming, client, write, discussion):
    page = client.get(write("all", **GUEST)["Location"])
    assert "You get a mail when somebody writes here." in words(page)
    assert Mail.objects.get().kind != "notify-confirm"
    assert Wish.objects.get().is_whole
    confirm(Entry.objects.get())  # no callback on commit is run here
    assert Subscriber.objects.get().confirmed_at
    assert Subscriber.objects.get().browsers == []  # who wrote need not be who confirmed
    assert Subscription.objects.get().discussion == discussion
    assert not Wish.objects.exists()


def test_a_wish_that_fails_leaves_the_comment_to_be_confirmed_again(confirming, write, monkeypatch):
    write("all", **GUEST)
    entry = Entry.objects.get()
    with monkeypatch.context() as broken:
        broken.setattr(receivers, "granted", lambda entry: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            confirm(entry)
    entry = Entry.objects.get()
    assert entry.state == State.PENDING
    assert confirm(entry)
    assert Subscription.objects.exists()


def test_a_wish_for_an_address_that_takes_no_mail_keeps_no_comment_back(confirming, write):
    write("all", **GUEST)
    entry = Entry.objects.get()
    entry.comment.user_email = '"ab"@example.org'
    granted(entry)
    assert not Wish.objects.exists()
    assert not Subscriber.objects.exists()


def test_what_looks_like_spam_causes_no_mail_to_whose_address_it_names(client, write, settings):
    settings.SMO_KIT = settings.SMO_KIT | {"SPAM": {"fast_seconds": 0, "rules": [f"{__name__}.ItIsSpam"]}}
    page = words(client.get(write("all", **GUEST)["Location"]))
    assert Entry.objects.get().state == State.SPAM
    assert "your comment is looked at first" in page
    assert not Mail.objects.exists()
    assert not Subscriber.objects.exists()


def test_a_guest_hears_of_answers_only_when_he_asks_for_them(client, write, say, bob, deliver):
    write("", **GUEST)
    own = Entry.objects.get()
    one = prove(at_address(GUEST["email"], language="en"))
    say(bob, "The first answer.", reply_to=own)
    assert deliver() == []
    follow(one, None)
    say(bob, "The second answer.", reply_to=own)
    assert [mail.to for mail in deliver()] == [["grace@example.org"]]


def test_a_guest_who_follows_all_hears_of_the_answers_that_came_before_he_confirmed(client, write, say, bob, deliver):
    write("all", **GUEST)
    say(bob, "An early answer.", reply_to=Entry.objects.get())
    one = Subscriber.objects.get()
    confirm_address(one.pk, mark(one.address), Discussion.objects.get())
    assert not Subscriber.objects.get().replies
    assert [mail.to for mail in deliver() if "An early answer." in mail.body] == [["grace@example.org"]]


def test_a_member_finds_answers_on_the_site_from_the_beginning(say, ada, bob, deliver):
    say(bob, "It is the second one.", reply_to=say(ada))
    assert deliver() == []
    assert Delivery.objects.filter(subscriber__user=ada).exists()


@pytest.mark.parametrize(
    ("choice", "says"),
    [("all", "when somebody writes on this page"), ("replies", "when somebody answers you"), ("", "")],
)
def test_the_page_that_confirms_a_comment_says_what_else_it_does(confirming, client, write, choice, says):
    write(choice, **GUEST)
    page = words(client.get(urlsplit(re.search(r"http\S+/confirm/\S+", Mail.objects.get().text)[0]).path))
    assert says in page
    assert ("The button also subscribes you" in page) is bool(choice)


def test_a_member_whose_address_is_proved_is_asked_nothing(client, write, ada, by_mail):
    by_mail(ada)
    client.force_login(ada)
    assert "You get a mail when somebody answers you." in words(client.get(write("replies")["Location"]))
    assert not Mail.objects.exists()


def test_a_member_without_an_address_is_told(client, write, ada):
    ada.email = ""
    ada.save()
    client.force_login(ada)
    assert "your account has no e-mail address" in words(client.get(write("all")["Location"]))


def test_too_many_do_not_lose_the_comment(client, write, settings):
    settings.SMO_KIT = settings.SMO_KIT | {"NOTIFY": {"confirm_most": (0, 20, 300)}}
    assert "many were asked for" in words(client.get(write("replies", **GUEST)["Location"]))
    assert Entry.objects.count() == 1


def test_an_address_that_takes_no_mail_does_not_lose_the_comment(client, write):
    page = client.get(write("replies", name="Grace", email='"ab"@example.org')["Location"])
    assert "none can be sent to your address" in words(page)


def test_what_is_no_choice_is_none(write):
    assert write("everything", **GUEST).status_code == 303
    assert not Subscriber.objects.exists()


def test_a_closed_discussion_and_a_change_have_no_field(client, say, ada, discussion):
    entry = say(ada)
    client.force_login(ada)
    assert b"followup" not in client.get(f"/smo/comments/{entry.pk}/edit/?token={own_token(entry)}").content
    Discussion.objects.update(is_open=False)
    assert b"followup" not in client.get(form_address(discussion.key)).content


def test_the_word_of_an_author_lets_him_change_his_comment_too(client, say, ada):
    entry = say(ada)
    token = own_token(entry, "You get a mail when somebody answers you.")
    assert client.get(f"/smo/comments/{entry.pk}/edit/?token={token}").status_code == 200
