"""Links of mails: a GET changes nothing, a POST acts, and what is wrong with a link is told."""

from __future__ import annotations

import re
import time
from unittest import mock
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from smo_kit.core.tokens import sign
from smo_kit.core.visitors import visitor_for_act
from smo_kit.mail.addresses import mark
from smo_kit.mail.models import Mail
from smo_kit.notify.links import CONFIRM, END, MANAGE, UNDO, confirm_url, end_url
from smo_kit.notify.models import Subscriber, Subscription
from smo_kit.notify.services import ask, set_frequency
from smo_kit.notify.subscribers import at_address, prove, subscriber_of

pytestmark = pytest.mark.django_db

LINK = re.compile(r"https?://\S+")
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def program() -> Client:
    """A mail program, or a scanner: no cookie, no token."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def one(reader):
    return reader()


@pytest.fixture
def end_this(one, discussion):
    return end_url(one, discussion.pk)


@pytest.fixture
def end_everything(one):
    return end_url(one, None)


@pytest.fixture
def asked(discussion):
    """Somebody who has asked and not confirmed yet, and the link in his mail."""
    someone = at_address("grace@example.org", language="en")
    return someone, confirm_url(someone, discussion.pk, frequency="daily")


def buttons(response) -> dict[str, dict[str, str]]:
    """Return what each button sends along, by its label."""
    forms = BeautifulSoup(response.content, "html.parser").select("form")
    return {form.button.text: {one["name"]: one["value"] for one in form.select("input")} for form in forms}


def own_page(response) -> str:
    """Return where the link "Your notifications" leads."""
    return BeautifulSoup(response.content, "html.parser").find("a", string="Your notifications")["href"]


def text_of(response) -> str:
    return BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)


class TestConfirm:
    def test_a_scanner_confirms_nothing(self, program, asked):
        for method in (program.get, program.head, program.options):
            assert method(asked[1]).status_code == 200
        assert Subscriber.objects.get().confirmed_at is None
        assert not Subscription.objects.exists()

    def test_it_says_what_the_button_does(self, program, asked):
        text = text_of(program.get(asked[1]))
        assert "comments on “Bridges of stone”" in text
        assert "one mail a day" in text

    def test_the_button_does_it_and_leads_to_ones_own_page(self, program, asked, discussion):
        answer = program.post(asked[1])
        someone = Subscriber.objects.get()
        assert (someone.frequency, someone.browsers) == ("daily", [])
        assert someone.subscriptions.get().discussion == discussion
        assert own_page(answer).startswith("/smo/notify/manage/")
        assert program.get(own_page(answer)).status_code == 200

    def test_once_the_address_was_proved_the_link_leads_to_nobodys_page(self, program, asked):
        program.post(asked[1])
        assert own_page(program.post(asked[1])) == reverse("smo_notify:link")

    def test_it_believes_the_browser_in_which_the_button_was_pressed(self, client, rf, asked):
        cookies = HttpResponse()
        visitor_for_act(rf.post("/"), cookies)
        client.cookies = cookies.cookies
        client.post(asked[1])
        assert len(Subscriber.objects.get().browsers) == 1

    def test_once_more_does_no_harm_and_says_so(self, program, asked):
        assert "Your address is confirmed already" not in text_of(program.post(asked[1]))
        assert "Your address is confirmed already" in text_of(program.post(asked[1]))
        assert Subscription.objects.count() == 1

    def test_a_link_that_has_run_out(self, program, discussion):
        someone = at_address("grace@example.org", language="en")
        with mock.patch("django.core.signing.time.time", return_value=time.time() - 49 * 3600):
            link = confirm_url(someone, discussion.pk)
        answer = program.post(link)
        assert answer.status_code == 410
        assert "Ask for a new one" in text_of(answer)
        assert Subscriber.objects.get().confirmed_at is None

    @pytest.mark.parametrize(
        "token", ["nonsense", sign(MANAGE, "1", "0"), sign(END, "1", "0")], ids=["nonsense", "manage", "end"]
    )
    def test_a_forged_or_foreign_one(self, program, token, asked):
        answer = program.post(f"/smo/notify/confirm/{token}/")
        assert answer.status_code == 400
        assert "This link is not whole" in text_of(answer)
        assert Subscriber.objects.get().confirmed_at is None

    def test_one_of_an_erased_subscriber(self, program, asked):
        asked[0].delete()
        answer = program.post(asked[1])
        assert answer.status_code == 410
        assert "Subscribe once more" in text_of(answer)

    def test_one_of_another_address(self, program, asked, discussion):
        token = sign(CONFIRM, str(asked[0].pk), mark("other@example.org"), str(discussion.pk), "")
        assert program.post(f"/smo/notify/confirm/{token}/").status_code == 410
        assert Subscriber.objects.get().confirmed_at is None

    def test_one_of_a_discussion_that_is_gone_confirms_the_address(self, program, asked, discussion):
        Subscriber.objects.update(replies=False)
        discussion.delete()
        assert program.post(asked[1]).status_code == 200
        someone = Subscriber.objects.get()
        assert someone.confirmed_at
        assert not someone.replies


class TestConfirmOfAMember:
    """Bob has given his account ada's address, at which she gets mail as a guest."""

    @pytest.fixture
    def guest(self, reader):
        return reader("ada")

    @pytest.fixture
    def link(self, bob, guest, discussion):
        bob.email = "ada@example.org"
        bob.save()
        ask("", discussion, language="en", frequency="instant", user=bob)
        return LINK.search(Mail.objects.get(kind="notify-confirm").text)[0]

    def test_the_mail_and_the_page_name_his_account(self, program, link):
        assert 'The account "bob" has asked for it.' in Mail.objects.get(kind="notify-confirm").text
        page = program.get(link)
        assert "The account “bob” has asked for this." in text_of(page)
        assert not buttons(page)
        way = BeautifulSoup(page.content, "html.parser").find("a", string="Sign in")["href"]
        assert parse_qs(urlsplit(way).query)["next"] == [urlsplit(link).path + "?l=en"]

    @pytest.mark.parametrize("who", ["nobody", "ada"])
    def test_nobody_else_gives_him_her_row(self, client, link, guest, ada, bob, who):
        if who == "ada":
            client.force_login(ada)
        assert client.post(link).status_code == 403
        guest.refresh_from_db()
        assert guest.user is None
        assert Subscriber.objects.get(user=bob).confirmed_at is None

    def test_he_himself_can_who_reads_her_mail(self, client, link, bob):
        client.force_login(bob)
        assert "the account “bob”" in text_of(client.get(link))
        assert own_page(client.post(link)) == reverse("smo_notify:mine")
        assert Subscriber.objects.get().user == bob

    def test_a_link_of_a_proved_one_needs_no_sign_in(self, program, by_mail, ada, discussion):
        row = by_mail(ada)
        assert program.post(confirm_url(row, discussion.pk)).status_code == 200
        assert row.subscriptions.get().discussion == discussion


class TestEnd:
    def test_a_scanner_ends_nothing(self, program, end_this, end_everything, one):
        for link in (end_this, end_everything):
            for method in (program.get, program.head, program.options):
                assert method(link).status_code == 200
        one.refresh_from_db()
        assert one.frequency == "instant"
        assert not Subscription.objects.get().is_muted

    def test_one_click_ends_only_that(self, program, end_this, one):
        for _ in range(2):
            answer = program.post(end_this, "List-Unsubscribe=One-Click", "application/x-www-form-urlencoded")
            assert answer.status_code == 200
            assert not answer.cookies
        one.refresh_from_db()
        assert one.frequency == "instant"
        assert Subscription.objects.get().is_muted

    def test_one_click_in_a_digest_ends_all(self, program, end_everything, one):
        program.post(end_everything, ONE_CLICK)
        one.refresh_from_db()
        assert one.frequency == "never"

    def test_the_way_back_is_no_button_to_press_by_the_way(self, program, end_this):
        soup = BeautifulSoup(program.post(end_this).content, "html.parser")
        assert soup.find("button", string="It was a slip: subscribe me again")["class"] == ["smo-other"]

    def test_before_it_is_done_no_page_says_that_it_is(self, program, end_everything, end_this, article):
        page = BeautifulSoup(program.get(end_everything).content, "html.parser").get_text(" ")
        assert "will send you no more news of comments" in page
        article.is_public = False
        article.save()
        done = BeautifulSoup(program.post(end_this).content, "html.parser").get_text(" ")
        assert "“a page that is not there any more”" in done

    def test_a_slip_is_undone(self, program, end_this):
        fields = buttons(program.post(end_this, ONE_CLICK))["It was a slip: subscribe me again"]
        assert "You get these mails again" in text_of(program.post(end_this, fields))
        assert not Subscription.objects.get().is_muted

    def test_undone_who_only_heard_of_answers_follows_nothing(self, program, reader, discussion):
        other = reader("other", follows=None)
        link = end_url(other, discussion.pk)
        fields = buttons(program.post(link, ONE_CLICK))["It was a slip: subscribe me again"]
        program.post(link, fields)
        assert not other.subscriptions.exists()

    def test_it_can_be_taken_back_for_an_hour(self, program, end_everything, one):
        with mock.patch("django.core.signing.time.time", return_value=time.time() - 3601):
            fields = buttons(program.post(end_everything, ONE_CLICK))["It was a slip: subscribe me again"]
        answer = program.post(end_everything, fields)
        assert answer.status_code == 410
        assert own_page(answer) == reverse("smo_notify:link")
        one.refresh_from_db()
        assert one.frequency == "never"

    @pytest.mark.parametrize(
        "again",
        ["instant", "followed", "", sign(UNDO, "0", "0", "daily")],
        ids=["often", "followed", "empty", "another's"],
    )
    def test_whoever_only_has_the_link_subscribes_nobody(self, program, end_this, end_everything, one, again):
        set_frequency(one, "never")
        for link in (end_this, end_everything):
            assert program.post(link, {"again": again}).status_code == 410
        one.refresh_from_db()
        assert one.frequency == "never"

    def test_who_had_ended_it_before_is_offered_no_way_back_by_the_link(self, program, end_this, end_everything, one):
        for link in (end_this, end_everything):
            program.post(link, ONE_CLICK)
            assert "It was a slip: subscribe me again" not in buttons(program.post(link, ONE_CLICK))

    def test_taking_back_one_discussion_begins_no_mail_that_was_ended(self, program, end_this, one):
        fields = buttons(program.post(end_this, ONE_CLICK))["It was a slip: subscribe me again"]
        set_frequency(one, "never")
        program.post(end_this, fields)
        one.refresh_from_db()
        assert one.frequency == "never"
        assert not Subscription.objects.get().is_muted

    def test_nothing_is_taken_back_of_somebody_who_was_erased(self, program, end_everything, one):
        fields = buttons(program.post(end_everything, ONE_CLICK))["It was a slip: subscribe me again"]
        one.delete()
        assert "Subscribe once more" in text_of(program.post(end_everything, fields))

    def test_after_one_all_can_be_ended_and_that_undone_as_it_was(self, program, end_this, one):
        set_frequency(one, "weekly")
        answer = program.post(end_this, buttons(program.post(end_this, ONE_CLICK))["End all mails about comments"])
        one.refresh_from_db()
        assert one.frequency == "never"
        program.post(end_this, buttons(answer)["It was a slip: subscribe me again"])
        one.refresh_from_db()
        assert one.frequency == "weekly"
        assert Subscription.objects.get().is_muted

    def test_it_works_for_links_of_all_generations(self, program, end_this):
        Subscriber.objects.update(generation=3)
        program.post(end_this, ONE_CLICK)
        assert Subscription.objects.get().is_muted

    @pytest.mark.parametrize(
        "token", ["nonsense", sign(MANAGE, "1", "0"), sign(CONFIRM, "1", "0")], ids=["nonsense", "manage", "confirm"]
    )
    def test_a_forged_or_foreign_one(self, program, token, one):
        answer = program.post(f"/smo/notify/end/{token}/", ONE_CLICK)
        assert answer.status_code == 400
        one.refresh_from_db()
        assert one.frequency == "instant"

    def test_one_of_an_erased_subscriber_is_satisfied(self, program, end_this, one):
        one.delete()
        assert "You are unsubscribed" in text_of(program.post(end_this, ONE_CLICK))

    def test_one_of_a_guest_who_is_a_member_by_now_ends_the_members_mail(self, program, reader, ada, discussion):
        links = [end_url(reader("ada"), about) for about in (discussion.pk, None)]
        member = prove(subscriber_of(ada))
        program.post(links[0], ONE_CLICK)
        assert member.subscriptions.get().is_muted
        program.post(links[1], ONE_CLICK)
        member.refresh_from_db()
        assert member.frequency == "never"

    def test_one_of_a_guest_who_was_deleted_and_has_come_back(self, program, reader, end_everything, one):
        one.delete()
        again = reader()
        program.post(end_everything, ONE_CLICK)
        again.refresh_from_db()
        assert again.frequency == "never"

    def test_one_of_nobody_ends_nobodys_mail(self, program, one):
        program.post(f"/smo/notify/end/{sign(END, '0', '', '0')}/", ONE_CLICK)
        one.refresh_from_db()
        assert one.frequency == "instant"

    def test_one_of_a_discussion_that_is_gone_ends_nothing_else(self, program, end_this, one, discussion):
        discussion.delete()
        assert program.get(end_this).status_code == 200
        assert "You are unsubscribed" in text_of(program.post(end_this, ONE_CLICK))
        one.refresh_from_db()
        assert one.frequency == "instant"

    def test_one_of_a_page_that_is_hidden_works(self, program, end_this, article):
        article.is_public = False
        article.save()
        program.post(end_this, ONE_CLICK)
        assert Subscription.objects.get().is_muted

    def test_it_leads_to_nobodys_page(self, program, end_this, end_everything, one):
        for link in (end_this, end_everything):
            answer = program.post(link, ONE_CLICK)
            undone = program.post(link, buttons(answer)["It was a slip: subscribe me again"])
            for page in (answer, undone):
                assert own_page(page) == reverse("smo_notify:link")
                assert "/smo/notify/manage/" not in page.content.decode()
