"""The page of one's own notifications."""

from __future__ import annotations

import datetime as dt
import re
import time
from unittest import mock

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from smo_kit.comments.discussions import discussion_of
from smo_kit.core.rows import sync
from smo_kit.core.tokens import sign
from smo_kit.mail.models import Mail
from smo_kit.mail.sending import send_what_is_due
from smo_kit.mail.services import is_suppressed, suppress
from smo_kit.notify import lost_links
from smo_kit.notify.due_times import FOREVER
from smo_kit.notify.links import DONE, END, MANAGE, done_token, manage_token
from smo_kit.notify.models import Delivery, Subscriber, Subscription
from smo_kit.notify.preferences import masked
from smo_kit.notify.services import ask, follow, mute
from tests.blog.models import Post, Story, Telling

pytestmark = pytest.mark.django_db

HERE = {"headers": {"Origin": "http://testserver"}}


@pytest.fixture(autouse=True)
def uncounted():
    cache.clear()


@pytest.fixture
def stranger() -> Client:
    """A browser without cookies, at a site that asks for Django's token."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def one(reader):
    return reader()


@pytest.fixture
def page(one):
    return reverse("smo_notify:manage", args=[manage_token(one)])


@pytest.fixture
def press(stranger, page, one):
    """Press a button; return what the page then says. The subscriber knows what has become of him."""

    def press(act, **fields):
        answer = stranger.post(page, {"act": act, **fields})
        assert answer.status_code == 303
        one.refresh_from_db()
        return stranger.get(answer["Location"])

    return press


def soup_of(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def said(response) -> str:
    return soup_of(response).select_one("[role=status]").text


class TestLooking:
    def test_it_shows_what_one_follows_and_no_address(self, stranger, page, one, article):
        mute(one, discussion_of(Post.objects.create(slug="towers", title="Towers of wood")))
        answer = stranger.get(page)
        text = soup_of(answer).get_text(" ", strip=True)
        assert "r•••@example.org" in text
        assert "reader@example.org" not in answer.content.decode()
        assert "Bridges of stone" in text
        assert "Towers of wood muted" in text

    def test_nobody_keeps_it_lists_it_or_learns_its_address(self, stranger, page):
        answer = stranger.get(page)
        assert "no-store" in answer["Cache-Control"]
        assert answer["X-Robots-Tag"] == "noindex"
        assert answer["Referrer-Policy"] == "same-origin"
        assert not answer.cookies

    def test_it_changes_nothing_even_if_the_address_names_a_button(self, stranger, page, one):
        before = (Subscriber.objects.values().get(), list(Subscription.objects.values()))
        for address in (page, f"{page}?act=end", f"{page}?done=end&was=daily"):
            stranger.get(address)
            stranger.head(address)
        assert (Subscriber.objects.values().get(), list(Subscription.objects.values())) == before

    def test_it_speaks_the_subscribers_language(self, stranger, page, one):
        Subscriber.objects.update(language="ru")
        assert stranger.get(page)["Content-Language"] == "ru"

    def test_a_page_that_is_gone_can_still_be_left(self, stranger, page, article):
        article.is_public = False
        article.save()
        assert "A page that is not there any more" in stranger.get(page).content.decode()

    def test_many_discussions_stand_on_several_pages_and_cost_no_query_each(
        self, stranger, page, one, django_assert_max_num_queries, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True):  # snapshots of cards are made
            posts = [Post.objects.create(slug=f"p{number}", title=f"Page {number}") for number in range(60)]
        for post in posts:
            follow(one, discussion_of(post))
        with django_assert_max_num_queries(10):
            first = soup_of(stranger.get(page))
        assert len(first.select("li")) == 50
        assert len(soup_of(stranger.get(f"{page}?page=2")).select("li")) == 11

    @pytest.mark.parametrize(
        ("address", "shown"),
        [
            ("a@example.org", "a•••@example.org"),
            ("ada@x.test", "a•••@x.test"),
            ("ada@xn--e1afmkfd.xn--p1ai", "a•••@пример.рф"),
            ("", ""),
        ],
    )
    def test_an_address_is_masked(self, address, shown):
        assert masked(address) == shown


class TestButtons:
    def test_stop_and_follow_again(self, press, one, discussion):
        answer = press("leave", d=discussion.pk)
        assert said(answer) == "You follow this discussion no more."
        assert not one.subscriptions.exists()
        undo = soup_of(answer).select_one(".smo-said-here")
        press(undo.button["value"], **{field["name"]: field["value"] for field in undo.select("input[value]")})
        assert one.subscriptions.get().discussion == discussion

    def test_mute_and_hear_again(self, press, one, discussion):
        press("mute", d=discussion.pk)
        assert one.subscriptions.get().is_muted
        press("follow", d=discussion.pk)
        assert not one.subscriptions.get().is_muted

    @pytest.mark.parametrize("pk", ["", "0", "x", "-1", "²", "9" * 30, "0" * 20 + "9" * 30])
    def test_what_is_no_discussion_changes_nothing(self, press, one, pk):
        press("leave", d=pk)
        assert one.subscriptions.exists()

    def test_an_unknown_button_does_nothing(self, stranger, page, one):
        assert stranger.post(page, {"act": "nonsense"}).status_code == 303
        assert one.subscriptions.exists()

    def test_settings_are_saved(self, press, one):
        press("save", often="weekly", language="ru")
        assert (one.frequency, one.replies, one.language) == ("weekly", False, "ru")
        press("save", often="daily", language="en", replies="on")
        assert (one.frequency, one.replies, one.language) == ("daily", True, "en")

    def test_wrong_ones_are_left_as_they_were(self, press, one):
        press("save", often="never", language="xx", replies="on")
        assert (one.frequency, one.replies, one.language) == ("instant", True, "en")

    def test_another_frequency_moves_what_waits(self, press, say, ada, deliver):
        say(ada)
        press("save", often="daily", language="en", replies="on")
        assert not deliver(hours=0.01)
        assert len(deliver(hours=25)) == 1

    @pytest.mark.parametrize(("act", "days"), [("week", 7), ("month", 30)])
    def test_a_pause(self, press, one, act, days):
        assert "paused" in said(press(act))
        assert abs(one.paused_until - timezone.now() - dt.timedelta(days=days)) < dt.timedelta(minutes=1)

    def test_an_open_pause_holds_mails_back_and_its_end_sends_them(self, press, one, say, ada, deliver):
        assert "until you end the pause" in press("pause").content.decode()
        assert one.paused_until == FOREVER
        say(ada)
        assert not deliver(hours=10_000)
        press("resume")
        assert len(deliver()) == 1

    def test_ending_all_can_be_undone_as_it_was(self, press, one):
        press("save", often="daily", language="en", replies="on")
        answer = press("end")
        assert one.frequency == "never"
        undo = soup_of(answer).select_one(".smo-said-here")
        press(undo.button["value"], **{field["name"]: field["value"] for field in undo.select("input[value]")})
        assert one.frequency == "daily"
        assert one.subscriptions.exists()

    def test_nobodys_link_makes_a_page_say_what_was_not_done(self, stranger, page, one, reader):
        other = sign(DONE, str(reader("other").pk), "end", "daily", "")
        for done in ("end", "nonsense", other):
            soup = soup_of(stranger.get(page, {"done": done}))
            assert not soup.select("[role=status]")

    def test_what_was_done_is_said_for_an_hour(self, stranger, page, one):
        with mock.patch("django.core.signing.time.time", return_value=time.time() - 3601):
            done = done_token(one, "end")
        assert not soup_of(stranger.get(page, {"done": done})).select("[role=status]")

    def test_who_is_paused_is_not_said_to_get_mail_again(self, press):
        press("week")
        undo = soup_of(press("end")).select_one(".smo-said-here")
        answer = press(undo.button["value"], **{field["name"]: field["value"] for field in undo.select("input[value]")})
        assert said(answer) == "Your mails are not ended any more. They are paused."

    def test_who_begins_again_says_how_often(self, press, one):
        select = soup_of(press("end")).select_one("#smo-pace")
        assert [option["value"] for option in select.select("option")] == ["instant", "daily", "weekly"]
        press("again", **{select["name"]: "weekly"})
        assert one.frequency == "weekly"

    def test_who_has_ended_all_can_begin_again_later(self, press, stranger, page, one):
        press("end")
        assert "Send me mail again" in stranger.get(page).content.decode()
        press("again")
        assert one.frequency == "instant"

    @pytest.mark.parametrize("act", ["renew", "end"])
    def test_browsers_are_trusted_no_more(self, press, one, act):
        Subscriber.objects.update(browsers=["b1"])
        press(act)
        assert one.browsers == []

    def test_older_links_end_and_this_page_goes_on(self, stranger, page):
        answer = stranger.post(page, {"act": "renew"})
        assert stranger.get(page).status_code == 410
        assert "don't work any more" in said(stranger.get(answer["Location"]))


class TestAnAddressThatIsSuppressed:
    @pytest.mark.parametrize(
        ("reason", "words"),
        [("bounce", "mails came back"), ("complaint", "reported as spam"), ("unsubscribed", "mails to it were ended")],
    )
    @pytest.mark.parametrize("kind", ["", "notify"])
    def test_says_so_and_its_owner_can_lift_it(self, stranger, page, press, one, reason, words, kind):
        suppress(one.address, kind, reason)
        text = soup_of(stranger.get(page)).get_text(" ", strip=True)
        assert "Nothing is sent to r•••@example.org, for" in text
        assert words in text
        assert said(press("lift")) == "You get mails again."
        assert not is_suppressed(one.address, "notify")
        assert "News of comments is sent to r•••" in stranger.get(page).content.decode()

    def test_by_an_editor_is_not_lifted(self, stranger, page, one):
        suppress(one.address)
        suppress(one.address, "notify", "bounce")
        answer = stranger.get(page)
        assert "the editors of the site have ended mails" in answer.content.decode()
        assert not soup_of(answer).select("button[value=lift]")
        stranger.post(page, {"act": "lift"})
        assert is_suppressed(one.address, "notify")

    def test_is_not_lifted_by_who_has_not_proved_it(self, client, ada):
        suppress(ada.email, reason="complaint")
        client.force_login(ada)
        mine = reverse("smo_notify:mine")
        answer = client.get(mine)
        assert "reported as spam" in answer.content.decode()
        assert not soup_of(answer).select("button[value=lift]")
        client.post(mine, {"act": "lift"}, **HERE)
        assert is_suppressed(ada.email, "notify")


class TestLinksThatDoNotWork:
    @pytest.mark.parametrize(
        "token",
        ["nonsense", "a.b.c", sign(END, "1", "0"), sign("comments.own", "1", "0")],
        ids=["nonsense", "dots", "end", "comment"],
    )
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_a_forged_or_foreign_one_says_so_and_offers_another(self, stranger, token, method, one):
        answer = getattr(stranger, method)(reverse("smo_notify:manage", args=[token]), {"act": "end"})
        assert answer.status_code == 400
        assert "This link is not whole" in soup_of(answer).select_one("[role=alert]").text
        assert soup_of(answer).select_one("form [name=email]")
        one.refresh_from_db()
        assert one.frequency == "instant"

    def test_one_of_an_older_generation(self, stranger, page, one):
        Subscriber.objects.update(generation=1)
        answer = stranger.post(page, {"act": "end"})
        assert answer.status_code == 410
        assert "a newer one was asked for" in answer.content.decode()
        one.refresh_from_db()
        assert one.frequency == "instant"

    def test_one_of_an_erased_subscriber(self, stranger, page, one):
        one.delete()
        assert stranger.get(page).status_code == 410

    def test_one_of_a_number_that_is_too_large(self, stranger):
        assert stranger.get(reverse("smo_notify:manage", args=[sign(MANAGE, "9" * 18, "0")])).status_code == 410


class TestAnotherLink:
    def ask(self, client, address):
        return client.post(reverse("smo_notify:link"), {"email": address}, **HERE)

    def test_it_leads_to_the_page(self, client, one, deliver):
        self.ask(client, "Reader@example.org")
        (mail,) = deliver()
        path = re.search(r"https?://[^/\s]+(/\S+)", mail.body)[1]
        assert client.get(path).status_code == 200

    def test_no_editor_finds_it_in_the_outbox(self, client, one, discussion, monkeypatch, mailoutbox):
        monkeypatch.setattr("smo_kit.mail.writing.goes_out", lambda: True)
        ask("other@example.org", discussion, language="en")
        send_what_is_due()
        assert len(mailoutbox) == 1
        assert {mail.text + mail.html for mail in Mail.objects.all()} == {""}

    def test_whoever_asks_sees_the_same_and_waits_as_long(self, client, one, deliver, mailoutbox):
        with CaptureQueriesContext(connection) as known:
            at = self.ask(client, "reader@example.org").content
        with CaptureQueriesContext(connection) as unknown:
            assert self.ask(client, "nobody@example.org").content == at
        assert len(known) == len(unknown)
        assert mailoutbox == []
        assert [mail.to for mail in deliver()] == [["reader@example.org"]]

    def test_where_a_worker_does_it_he_is_told_in_any_case(self, client, one, monkeypatch):
        told = []
        monkeypatch.setattr(lost_links, "run_elsewhere", lambda: True)
        monkeypatch.setattr(lost_links, "post", lambda letter: told.append(letter.to))
        for address in ("reader@example.org", "nobody@example.org"):
            self.ask(client, address)
        assert told == ["reader@example.org", "nobody@example.org"]

    def test_an_address_that_nobody_has_proved_gets_none(self, client, one, deliver):
        Subscriber.objects.update(confirmed_at=None)
        self.ask(client, "reader@example.org")
        assert deliver() == []

    @pytest.mark.parametrize("address", ["", "x", "A <a@example.org>", "a@example.org\nBcc: b@example.org"])
    def test_a_wrong_address_is_told_and_kept(self, client, address):
        answer = self.ask(client, address)
        assert answer.status_code == 400
        assert soup_of(answer).select_one("[name=email]")["value"].split() == address.split()

    def test_they_are_few(self, client, one, settings):
        settings.SMO_KIT = settings.SMO_KIT | {"NOTIFY": {"confirm_most": (1, 20, 300)}}
        assert self.ask(client, "reader@example.org").status_code == 200
        assert self.ask(client, "reader@example.org").status_code == 429
        assert Mail.objects.count() == 1

    def test_another_site_can_cause_none(self, stranger, one):
        how = {"headers": {"Origin": "https://evil.test"}}
        assert stranger.post(reverse("smo_notify:link"), {"email": one.address}, **how).status_code == 403
        assert not Mail.objects.exists()


class TestMembers:
    @pytest.fixture
    def mine(self):
        return reverse("smo_notify:mine")

    @pytest.fixture
    def signed_in(self, client, ada):
        client.force_login(ada)
        return client

    def test_strangers_sign_in_first(self, client, mine, settings):
        settings.LOGIN_URL = "/sign-in/"
        assert client.get(mine)["Location"] == f"/sign-in/?next={mine}"

    def test_looking_makes_no_row(self, signed_in, mine):
        assert "a•••@example.org" in signed_in.get(mine).content.decode()
        assert not Subscriber.objects.exists()

    def test_an_address_that_is_not_proved_can_be(self, signed_in, mine):
        assert "please confirm that this address is yours" in signed_in.get(mine).content.decode()
        answer = signed_in.post(mine, {"act": "prove"}, **HERE)
        assert said(signed_in.get(answer["Location"])) == "A mail is on its way to you: press the button in it."
        assert Mail.objects.get().to == "ada@example.org"

    def test_his_own_language_is_spoken_where_no_page_says_one(self, signed_in, mine, ada, by_mail):
        by_mail(ada, language="ru")
        assert soup_of(signed_in.get(mine)).html["lang"] == "ru"
        assert soup_of(signed_in.get(mine, {"l": "en"})).html["lang"] == "en"
        assert soup_of(signed_in.get(mine, {"l": "xx"})).html["lang"] == "ru"

    def test_a_button_leads_back_to_the_page_in_its_language(self, signed_in, mine):
        form = soup_of(signed_in.get(mine, {"l": "ru"})).select_one("form[method=post]")
        assert signed_in.post(form["action"], {"act": "renew"}, **HERE)["Location"].endswith("&l=ru")

    def test_one_page_in_two_languages_are_two_lines_of_the_list(self, signed_in, mine, ada, by_mail, settings):
        settings.SMO_KIT = settings.SMO_KIT | {"COMMENTS": {"per_language": True}}
        story = Story.objects.create()
        for language, title in (("en", "Tale"), ("ru", "Сказка")):
            Telling.objects.create(story=story, language=language, slug=f"tale-{language}", title=title)
        list(sync())
        one = by_mail(ada)
        for language in ("en", "ru"):
            follow(one, discussion_of(story, language))
        links = soup_of(signed_in.get(mine)).select("li a")
        assert [link.text for link in links] == ["Сказка", "Tale"]
        assert len({link["href"] for link in links}) == 2

    def test_proving_it_changes_no_choice(self, signed_in, mine, ada, by_mail):
        by_mail(ada, confirmed_at=None, folded=None, frequency="never", replies=False)
        signed_in.post(mine, {"act": "prove"}, **HERE)
        signed_in.post(re.search(r"https?://[^/\s]+(/\S+)", Mail.objects.get().text)[1])
        row = Subscriber.objects.get()
        assert row.confirmed_at is not None
        assert (row.frequency, row.replies) == ("never", False)

    def test_without_an_address_there_is_no_such_button(self, signed_in, mine, ada):
        ada.email = ""
        ada.save()
        assert "prove" not in signed_in.get(mine).content.decode()

    def test_following_again_sends_nobody_mail_who_wants_none(self, signed_in, mine, ada, by_mail, discussion):
        by_mail(ada, frequency="never")
        signed_in.post(mine, {"act": "follow", "d": discussion.pk}, **HERE)
        assert Subscriber.objects.get().frequency == "never"
        assert Subscription.objects.get().discussion == discussion

    def test_comments_on_own_pages_can_be_ended(self, signed_in, mine, ada, by_mail):
        by_mail(ada)
        signed_in.post(mine, {"act": "save", "often": "never", "replies": "on"}, **HERE)
        row = Subscriber.objects.get()
        assert (row.frequency, row.replies, row.own_pages) == ("never", True, False)

    def test_another_site_can_do_nothing(self, ada, mine, by_mail):
        by_mail(ada)
        client = Client(enforce_csrf_checks=True)
        client.force_login(ada)
        assert client.post(mine, {"act": "end"}, headers={"Origin": "https://evil.test"}).status_code == 403
        assert Subscriber.objects.get().frequency == "instant"

    def test_news_already_told_is_not_touched_by_a_look(
        self, signed_in, mine, say, bob, ada, by_mail, discussion, deliver
    ):
        follow(by_mail(ada), discussion)
        say(bob)
        deliver()
        signed_in.get(mine)
        assert Delivery.objects.get().read_at is None
